import { Controller, Get, HttpCode, Inject, Param, Post, Query } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import { ApiTags } from '@nestjs/swagger';
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
import { conflict, notFound, Problem } from '../problems/problem.js';
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
      if (error instanceof LogLostError) {
        const { group, topic, partition } = error.lost;
        throw conflict(
          `${this.definition.name}.event-log-lost`,
          {
            vi: 'Nhật ký sự kiện mà dịch vụ đã đọc không còn nữa',
            en: 'The event log that the service has read is lost',
          },
          { vi: `${group} đã đọc quá chỗ kết thúc của ${topic}/${partition}`, en: error.message },
        );
      }
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

  /** Rebuilds the read model from the log beside the live one, swaps, and answers when it is done. */
  @Post('rebuild')
  @HttpCode(200)
  async rebuild(): Promise<RebuildReport> {
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
    this.rebuilding = this.consumers.rebuild(rebuildTarget(this.dataSource));
    try {
      return await this.rebuilding;
    } catch (error) {
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
}
