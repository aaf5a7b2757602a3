import { setTimeout as sleep } from 'node:timers/promises';
import { Controller, HttpCode, Inject, Post, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiPropertyOptional, ApiTags } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsInt, IsOptional, IsString, Max, MaxLength, Min } from 'class-validator';
import { isTransient, Outbox, Relay, type Restatable } from '#events';
import { actorOf, AuditLog } from '../audit/audit-log.js';
import { AllowRoles, Caller } from '../auth/decorators.js';
import type { Principal } from '../auth/principal.js';
import { decodeCursor, encodeCursor } from '../http/page.js';
import { BEFORE_ALL } from '../http/version-list.js';
import { Problem } from '../problems/problem.js';
import type { ServiceDefinition } from '../service/definition.js';
import { SERVICE_DEFINITION } from '../service/tokens.js';

/** More than this in the outbox, and the events of present changes would wait behind what is restated. */
const MOST_WAITING = 2_000;
const WAIT_MS = 20_000;
const ATTEMPTS = 3;

class RepublishQuery {
  @ApiPropertyOptional({ type: 'integer', minimum: 1, maximum: 1000, default: 500 })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(1000)
  limit = 500;

  @ApiPropertyOptional({ description: 'nextCursor of the step before; without it, from the start' })
  @IsOptional()
  @IsString()
  @MaxLength(500)
  cursor?: string;
}

/** What one step has put into the outbox. */
export interface RepublishStep {
  topic: string;
  /** How many states, or tombstones. */
  restated: number;
  /** Whether they are tombstones of erased aggregates. */
  erased: boolean;
  /** Where the next step begins; absent when all is said. */
  nextCursor?: string;
}

type Backlog = Awaited<ReturnType<Relay['backlog']>>;
type Position = [part: number, after: string];

/** An owner says its states again, for a log that has lost them. */
@ApiTags('operations')
@ApiBearerAuth()
@Controller('admin/republish')
@AllowRoles('administrator')
export class RepublishController {
  constructor(
    @Inject(SERVICE_DEFINITION) private readonly definition: ServiceDefinition,
    private readonly outbox: Outbox,
    private readonly relay: Relay,
    private readonly audit: AuditLog,
  ) {}

  /**
   * One step of saying all present states again, in one transaction. Call it with each answer's `nextCursor` until
   * there is none; then all that was said is in the log. Repeating a step does no harm: versions stay the same. It waits
   * while much is in the outbox; 503 when the log takes nothing.
   */
  @Post()
  @HttpCode(200)
  async republish(
    @Query() { limit, cursor }: RepublishQuery,
    @Caller() caller: Principal,
  ): Promise<RepublishStep> {
    const parts = this.definition.restates ?? [];
    const isPosition = (value: unknown): value is Position =>
      Array.isArray(value) &&
      value.length === 2 &&
      Number.isInteger(value[0]) &&
      (value[0] as number) in parts &&
      /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(String(value[1]));
    const [index, after] = cursor ? decodeCursor(cursor, isPosition) : [0, BEFORE_ALL];
    const part = parts[index];
    if (!part) throw new Error(`${this.definition.name} has nothing to restate`);
    await this.until(({ events }) => events <= MOST_WAITING);
    const ids = await this.restate(part, after, limit, caller);
    const last = ids.length === limit ? ids.at(-1) : undefined;
    const next: Position = last ? [index, last] : [index + 1, BEFORE_ALL];
    if (!parts[next[0]]) await this.inLog();
    return {
      topic: part.topic,
      restated: ids.length,
      erased: part.erased,
      nextCursor: parts[next[0]] && encodeCursor(next),
    };
  }

  private async restate(
    part: Restatable,
    after: string,
    limit: number,
    caller: Principal,
  ): Promise<string[]> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.outbox.transaction(async (tx) => {
          const ids = await part.restate(this.outbox, tx, after, limit);
          const { topic, erased } = part;
          const details = { topic, erased, count: ids.length, from: ids[0] ?? null, to: ids.at(-1) ?? null };
          await this.audit.append(tx, [
            { action: 'log.restated', subject: null, ...actorOf(caller), details },
          ]);
          return ids;
        });
      } catch (error) {
        // Writers that lock several rows do so in orders of their own.
        if (attempt === ATTEMPTS || !isTransient(error)) throw error;
      }
    }
  }

  /** Waits until nothing is left in the outbox of what is in it now. */
  private async inLog(): Promise<void> {
    const began = performance.now();
    await this.until(
      ({ events, oldestSeconds }, asked) => events === 0 || oldestSeconds * 1000 < asked - began,
    );
  }

  /** Waits until the relay has brought so much of the outbox into the log. */
  private async until(enough: (backlog: Backlog, asked: number) => boolean): Promise<void> {
    for (const deadline = Date.now() + WAIT_MS; ; await sleep(50)) {
      // The answer may be long on its way: what waits is older by then.
      const asked = performance.now();
      if (enough(await this.relay.backlog(), asked)) return;
      if (Date.now() < deadline) continue;
      throw new Problem({
        status: 503,
        code: `${this.definition.name}.outbox-full`,
        title: {
          vi: 'Nhật ký sự kiện chưa nhận các sự kiện đang chờ; hãy xem nhật ký có chạy không rồi thử lại',
          en: 'The event log does not take the events that wait; see whether it is up, then try again',
        },
        headers: { 'retry-after': '30' },
      });
    }
  }
}
