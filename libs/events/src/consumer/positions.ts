import type { DataSource, EntityManager } from 'typeorm';

/** Positions of consumer groups, in the consumer's own database: handler and position commit together. */
export async function loadPosition(
  db: DataSource | EntityManager,
  group: string,
  topic: string,
  partition: number,
): Promise<number> {
  const [row] = await db.query<{ next_offset: string }[]>(
    'SELECT next_offset FROM consumer_position WHERE group_id = $1 AND topic = $2 AND partition = $3',
    [group, topic, partition],
  );
  return Number(row?.next_offset ?? 0);
}

/** A group's next offsets. */
export class Positions {
  private readonly next = new Map<string, number>();

  constructor(rows: readonly { topic: string; partition: number; next_offset: string }[]) {
    for (const { topic, partition, next_offset } of rows) {
      this.next.set(`${topic}/${partition}`, Number(next_offset));
    }
  }

  of(topic: string, partition: number): number {
    return this.next.get(`${topic}/${partition}`) ?? 0;
  }
}

/** All positions of a group in one query. */
export async function loadPositions(db: DataSource | EntityManager, group: string): Promise<Positions> {
  return new Positions(
    await db.query<{ topic: string; partition: number; next_offset: string }[]>(
      'SELECT topic, partition, next_offset FROM consumer_position WHERE group_id = $1',
      [group],
    ),
  );
}

/**
 * Locks the position until the transaction ends: of two consumers that hold a partition for a moment both,
 * the second waits and then sees what the first has done.
 */
export async function lockPosition(
  tx: EntityManager,
  group: string,
  topic: string,
  partition: number,
): Promise<number> {
  for (;;) {
    const [row] = await tx.query<{ next_offset: string }[]>(
      `SELECT next_offset FROM consumer_position
       WHERE group_id = $1 AND topic = $2 AND partition = $3 FOR UPDATE`,
      [group, topic, partition],
    );
    if (row) return Number(row.next_offset);
    await ensurePositions(tx, group, [{ topic, partition }]);
  }
}

/** Makes the rows of partitions that the group has not begun, so that they can be locked. */
export async function ensurePositions(
  tx: EntityManager,
  group: string,
  partitions: readonly { topic: string; partition: number }[],
): Promise<void> {
  await tx.query(
    `INSERT INTO consumer_position (group_id, topic, partition, next_offset)
     SELECT $1, topic, partition, 0 FROM unnest($2::text[], $3::int[]) AS p(topic, partition)
     ORDER BY topic, partition ON CONFLICT DO NOTHING`,
    [group, partitions.map((p) => p.topic), partitions.map((p) => p.partition)],
  );
}

/** From the log's start again: of those positions alone that nobody has moved since they were looked at. */
export async function restartPositions(
  db: DataSource | EntityManager,
  positions: readonly { group: string; topic: string; partition: number; position: number }[],
): Promise<void> {
  await db.query(
    `UPDATE consumer_position c SET next_offset = 0, updated_at = now()
     FROM unnest($1::text[], $2::text[], $3::int[], $4::bigint[]) AS p(group_id, topic, partition, next_offset)
     WHERE (c.group_id, c.topic, c.partition, c.next_offset) = (p.group_id, p.topic, p.partition, p.next_offset)`,
    [
      positions.map(({ group }) => group),
      positions.map(({ topic }) => topic),
      positions.map(({ partition }) => partition),
      positions.map(({ position }) => position),
    ],
  );
}

/** Locks all of a group's positions, always in one order. */
export async function lockPositions(tx: EntityManager, group: string): Promise<Positions> {
  return new Positions(
    await tx.query<{ topic: string; partition: number; next_offset: string }[]>(
      `SELECT topic, partition, next_offset FROM consumer_position
       WHERE group_id = $1 ORDER BY topic, partition FOR UPDATE`,
      [group],
    ),
  );
}

export async function storePosition(
  tx: EntityManager,
  group: string,
  topic: string,
  partition: number,
  next: number,
): Promise<void> {
  await tx.query(
    `UPDATE consumer_position SET next_offset = $4, updated_at = now()
     WHERE group_id = $1 AND topic = $2 AND partition = $3`,
    [group, topic, partition, next],
  );
}

/** Of these events, those that the group's inbox has not seen; they are in it from now on. */
export async function enterInbox(tx: EntityManager, group: string, eventIds: string[]): Promise<Set<string>> {
  const rows = await tx.query<{ event_id: string }[]>(
    `INSERT INTO inbox (group_id, event_id) SELECT $1, id FROM unnest($2::uuid[]) AS id
     ON CONFLICT DO NOTHING RETURNING event_id`,
    [group, eventIds],
  );
  return new Set(rows.map((row) => row.event_id));
}
