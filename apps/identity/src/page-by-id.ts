import type { ObjectLiteral, SelectQueryBuilder } from 'typeorm';
import { decodeCursor, encodeCursor, type Page, type PageQuery } from '#platform';

const isUuid = (value: unknown): value is string =>
  typeof value === 'string' && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(value);

/** One page of what a query finds, newest first (ids are UUIDv7: they rise with time), with the exact total. */
export async function pageById<T extends ObjectLiteral & { id: string }>(
  found: SelectQueryBuilder<T>,
  alias: string,
  { limit, cursor }: PageQuery,
): Promise<Page<T>> {
  const total = await found.getCount();
  if (cursor) found.andWhere(`${alias}.id < :cursor`, { cursor: decodeCursor(cursor, isUuid) });
  const items = await found.orderBy(`${alias}.id`, 'DESC').limit(limit).getMany();
  const last = items.length === limit ? items.at(-1) : undefined;
  return { items, total, totalIsExact: true, nextCursor: last && encodeCursor(last.id) };
}
