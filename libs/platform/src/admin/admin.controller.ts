import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import { ApiPropertyOptional, ApiTags } from '@nestjs/swagger';
import { ArrayMaxSize, IsArray, IsIn, IsOptional, IsString, MaxLength } from 'class-validator';
import { DataSource } from 'typeorm';
import {
  ConsumerRuntime,
  type DeadLetter,
  DeadLetters,
  LogLostError,
  type PartitionLag,
  RebuildError,
  type RebuildReport,
} from '#events';
import { AllowRoles } from '../auth/decorators.js';
import { AsksAboutWork } from '../http/give-way.js';
import { decodeCursor, encodeCursor, type Page, PageQuery } from '../http/page.js';
import { type Bilingual, conflict, notFound, Problem } from '../problems/problem.js';
import type { ServiceDefinition } from '../service/definition.js';
import { SERVICE_DEFINITION } from '../service/tokens.js';

/** Asking whether all has been handled is answered within this (ms). */
const PATIENCE_MS = 30_000;

/** Why a rebuild was given up. */
const NOT_REBUILT: Record<RebuildError['reason'], string> = {
  running: 'một lần dựng lại khác đang chạy',
  stopping: 'dịch vụ đang dừng',
  stuck: 'nhật ký còn sự kiện nhưng đã lâu không đọc thêm được sự kiện nào',
};

class RebuildQuery {
  @ApiPropertyOptional({
    enum: ['true', 'false'],
    description:
      'also from a log that is not the one that was read; what it lacks is then lost in the read model',
  })
  @IsOptional()
  @IsIn(['true', 'false'])
  force?: 'true' | 'false';
}

class ReadAnewBody {
  @IsArray()
  @ArrayMaxSize(100)
  @IsString({ each: true })
  @MaxLength(200, { each: true })
  topics!: string[];
}

const isId = (value: unknown): value is string => typeof value === 'string' && /^\d+$/.test(value);

/** A service's own operations: what could not be handled, how far behind it is, rebuilding its read model. */
@ApiTags('operations')
@Controller('admin')
@AllowRoles('administrator')
export class AdminController {
  private rebuilding?: Promise<RebuildReport>;

  constructor(
    @Inject(SERVICE_DEFINITION) private readonly definition: ServiceDefinition,
    private readonly dataSource: DataSource,
    private readonly deadLetters: DeadLetters,
    private readonly consumers: ConsumerRuntime,
    private readonly modules: ModuleRef,
  ) {}

  /** Events that could not be handled and wait for a replay, with the cause. */
  @Get('dead-letters')
  async listDeadLetters(@Query() query: PageQuery): Promise<Page<DeadLetter>> {
    const after = query.cursor ? decodeCursor(query.cursor, isId) : '0';
    const items = await this.deadLetters.list(after, query.limit);
    const last = items.length === query.limit ? items.at(-1) : undefined;
    return {
      items,
      total: await this.deadLetters.count(),
      totalIsExact: true,
      nextCursor: last && encodeCursor(last.id),
    };
  }

  /** Handles a dead letter once more, after what hindered it was mended. */
  @Post('dead-letters/:id/replay')
  @HttpCode(200)
  async replay(@Param('id') id: string): Promise<{ replayed: true }> {
    let replayed: boolean;
    try {
      replayed = isId(id) && (await this.consumers.replay(id));
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      throw conflict(
        `${this.definition.name}.replay-failed`,
        { vi: 'Thông điệp vẫn chưa xử lý được', en: 'The message still cannot be handled' },
        { vi: message, en: message },
      );
    }
    if (!replayed) {
      throw notFound(
        `${this.definition.name}.dead-letter-not-found`,
        'Không có thông điệp chờ nào mang mã này',
        'There is no open dead letter with this id',
      );
    }
    return { replayed: true };
  }

  /** How far the service is behind the event log, by consumer group, topic and partition. */
  @Get('lag')
  @AsksAboutWork()
  async lag(): Promise<{ items: PartitionLag[]; total: number }> {
    const items = await this.consumers.lag();
    return { items, total: items.reduce((sum, { lag }) => sum + lag, 0) };
  }

  /**
   * Answers when everything that is in the log now has been handled, and can be found; 503 when that takes over 30 s, 409 when the
   * service has read another log, which is lost.
   */
  @Post('caught-up')
  @HttpCode(200)
  @AsksAboutWork()
  // Officers wait so for what they have imported.
  @AllowRoles('administrator', 'centreOfficer')
  async caughtUp(): Promise<{ caughtUp: true }> {
    try {
      const deadline = Date.now() + PATIENCE_MS;
      await this.consumers.caughtUp(PATIENCE_MS);
      const get: ModuleRef['get'] = (type: Parameters<ModuleRef['get']>[0]) =>
        this.modules.get(type, { strict: false });
      await this.definition.followed?.({ get }, deadline - Date.now());
    } catch (error) {
      if (error instanceof LogLostError) throw this.logLost(error);
      throw new Problem({
        status: 503,
        code: `${this.definition.name}.behind`,
        title: {
          vi: 'Dịch vụ chưa theo kịp nhật ký sự kiện',
          en: 'The service is still behind the event log',
        },
        headers: { 'retry-after': '5' },
      });
    }
    return { caughtUp: true };
  }

  /**
   * After the owners have said all states of these topics again: groups whose position lies beyond the log's end, so in
   * a log that is lost, read them from the start.
   */
  @Post('read-anew')
  @HttpCode(200)
  async readAnew(@Body() { topics }: ReadAnewBody): Promise<{ positions: number }> {
    return { positions: await this.consumers.readAnew(topics) };
  }

  /**
   * Rebuilds the read model from the log beside the live one, swaps, and answers when it is done. 409 when the log is not
   * the one that was read: it may lack what the read model has.
   */
  @Post('rebuild')
  @HttpCode(200)
  async rebuild(@Query() { force }: RebuildQuery): Promise<RebuildReport> {
    const { name, rebuildTarget } = this.definition;
    if (!rebuildTarget) {
      throw new Problem({
        status: 404,
        code: `${name}.no-read-model`,
        title: { vi: 'Dịch vụ này không có mô hình đọc', en: 'This service has no read model' },
      });
    }
    if (this.rebuilding) {
      throw conflict(`${name}.rebuild-running`, {
        vi: 'Đang dựng lại rồi',
        en: 'A rebuild is already running',
      });
    }
    this.rebuilding = this.consumers.rebuild(rebuildTarget(this.dataSource), { force: force === 'true' });
    try {
      return await this.rebuilding;
    } catch (error) {
      if (error instanceof LogLostError) {
        throw this.logLost(error, {
          vi: '; dựng lại từ đó sẽ làm mất những gì nhật ký không còn. Hãy chạy npm run cli -- republish all trước, rồi dựng lại; --force dựng lại từ những gì còn đó',
          en: '; a rebuild would lose what the log lacks. Let the owners say their states again first (npm run cli -- republish all), or force it',
        });
      }
      if (!(error instanceof RebuildError)) throw error;
      throw conflict(
        `${name}.rebuild-refused`,
        {
          vi: 'Không dựng lại được; dữ liệu vẫn như cũ',
          en: 'The rebuild was given up; nothing has changed',
        },
        { vi: NOT_REBUILT[error.reason], en: error.message },
      );
    } finally {
      this.rebuilding = undefined;
    }
  }

  private logLost({ lost: { group, topic, partition }, message }: LogLostError, more?: Bilingual): Problem {
    return conflict(
      `${this.definition.name}.event-log-lost`,
      {
        vi: 'Nhật ký sự kiện mà dịch vụ đã đọc không còn nữa',
        en: 'The event log that the service has read is lost',
      },
      {
        vi: `${group} đã đọc quá chỗ kết thúc của ${topic}/${partition}${more?.vi ?? ''}`,
        en: `${message}${more?.en ?? ''}`,
      },
    );
  }
}
