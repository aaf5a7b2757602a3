import { ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsInt, IsOptional, Matches, Max, Min } from 'class-validator';
import type { DataSource } from 'typeorm';
import type { Outbox } from '#events';

/** No aggregate's id is as small. */
export const BEFORE_ALL = '00000000-0000-0000-0000-000000000000';

export class VersionsQuery {
  @ApiPropertyOptional({ format: 'uuid', description: 'next of the previous page' })
  @IsOptional()
  @Matches(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/)
  after?: string;

  @ApiPropertyOptional({ type: 'integer', minimum: 1, maximum: 5000, default: 1000 })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(5000)
  limit = 1000;
}

export interface AggregateVersion {
  id: string;
  version: number;
}

/** A stretch of all that read models must hold, in the order of the ids; the last page has no `next`. */
export interface VersionPage {
  items: AggregateVersion[];
  /** Ids of this stretch, listed or no longer, of which an event is not in the log yet. */
  unsent: string[];
  next?: string;
}

/** What read models must hold of a service: the aggregates of a topic whose `id` and `version` a statement selects. */
export interface HeldByOthers {
  topic: string;
  /** `SELECT id, version FROM …` */
  rows: string;
}

/**
 * A page of what read models must hold, for those who check theirs.
 * Items and `unsent` are of one moment: what is not unsent is in the log.
 */
export function versionPage(
  dataSource: DataSource,
  outbox: Outbox,
  { topic, rows }: HeldByOthers,
  { after = BEFORE_ALL, limit }: VersionsQuery,
): Promise<VersionPage> {
  return dataSource.transaction('REPEATABLE READ', async (tx) => {
    const items = await tx.query<AggregateVersion[]>(
      `SELECT id, version FROM (${rows}) AS held WHERE id > $1 ORDER BY id LIMIT $2`,
      [after, limit],
    );
    const unsent = await outbox.unsent(tx, topic, after, limit);
    const ends = [items.map(({ id }) => id), unsent].flatMap((ids) =>
      ids.length === limit ? (ids.at(-1) ?? []) : [],
    );
    const [next] = ends.sort();
    const within = (id: string): boolean => next === undefined || id <= next;
    return { items: items.filter(({ id }) => within(id)), unsent: unsent.filter(within), next };
  });
}
