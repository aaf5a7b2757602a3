import { Controller, Get, Param, ParseUUIDPipe, Query } from '@nestjs/common';
import { ApiPropertyOptional, ApiTags } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsInt, IsOptional, Max, Min } from 'class-validator';
import { DataSource } from 'typeorm';
import type { JobOpeningState } from '#contracts';
import { Problem, Public } from '#platform';
import { JobOpening } from '../job-opening/job-opening.entity.js';
import { stateOf } from '../job-opening/job-opening.events.js';
import { openingNotFound } from '../job-opening/opening-access.js';

class FeedQuery {
  @ApiPropertyOptional({ description: 'nextAfter of the previous page; 0 is the start' })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(0)
  @Max(Number.MAX_SAFE_INTEGER)
  after = 0;

  @ApiPropertyOptional({ minimum: 1, maximum: 1000 })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(1000)
  limit = 100;
}

interface FeedItem {
  seq: number;
  id: string;
  version: number;
  removed: boolean;
  changedAt: string;
  opening?: JobOpeningState;
}

/** What anyone may read: a published posting, and the feed of all changes to them. */
@ApiTags('public')
@Controller()
@Public()
export class PublicController {
  constructor(private readonly dataSource: DataSource) {}

  /** A published posting; 410 when it has ended. */
  @Get('public/job-openings/:id')
  async opening(@Param('id', ParseUUIDPipe) id: string): Promise<JobOpeningState> {
    const opening = await this.dataSource.getRepository(JobOpening).findOneBy({ id });
    if (
      !opening ||
      opening.publishedAt === null ||
      ['draft', 'pending', 'returned'].includes(opening.status)
    ) {
      throw openingNotFound();
    }
    if (opening.status !== 'published') {
      throw new Problem({
        status: 410,
        code: 'openings.job-opening-ended',
        title: { vi: 'Tin tuyển dụng đã kết thúc', en: 'The posting has ended' },
        extensions: { openingStatus: opening.status, openingTitle: opening.title },
      });
    }
    return stateOf(opening);
  }

  /** Changes after `after`, oldest first; a removal says only which posting is gone. */
  @Get('feed')
  async feed(@Query() query: FeedQuery): Promise<{ items: FeedItem[]; nextAfter: number }> {
    const entries = await this.dataSource.query<
      { seq: string; opening_id: string; version: number; removed: boolean; changed_at: Date }[]
    >(
      'SELECT seq, opening_id, version, removed, changed_at FROM feed_entry WHERE seq > $1 ORDER BY seq LIMIT $2',
      [query.after, query.limit],
    );
    // What has been withdrawn since the entries were read is a removal already; its own entry follows.
    const openings = await this.dataSource
      .createQueryBuilder(JobOpening, 'o')
      .where("o.status = 'published' AND o.id = ANY(:ids)", {
        ids: entries.filter((e) => !e.removed).map((e) => e.opening_id),
      })
      .getMany();
    const byId = new Map(openings.map((opening) => [opening.id, opening]));
    const items = entries.map((entry) => {
      const opening = byId.get(entry.opening_id);
      return {
        seq: Number(entry.seq),
        id: entry.opening_id,
        version: opening?.version ?? entry.version,
        removed: opening === undefined,
        changedAt: entry.changed_at.toISOString(),
        opening: opening && stateOf(opening),
      };
    });
    return { items, nextAfter: items.at(-1)?.seq ?? query.after };
  }
}
