import type { ObjectLiteral, SelectQueryBuilder } from 'typeorm';

/** Lists tell how many there are up to here; counting on would cost more than the page itself. */
export const MAX_COUNTED = 1000;

/** How many rows a query has, exactly up to `most`. */
export async function countUpTo<T extends ObjectLiteral>(
  most: number,
  query: SelectQueryBuilder<T>,
  column: string,
): Promise<{ total: number; totalIsExact: boolean }> {
  const [sql, parameters] = query
    .clone()
    .select(column)
    .limit(most + 1)
    .getQueryAndParameters();
  const [row] = await query.connection.query<{ n: number }[]>(
    `SELECT count(*)::int AS n FROM (${sql}) AS counted`,
    parameters,
  );
  const n = row?.n ?? 0;
  return { total: Math.min(n, most), totalIsExact: n <= most };
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
export const isUuid = (value: unknown): value is string => typeof value === 'string' && UUID.test(value);
