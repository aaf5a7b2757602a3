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
  await tx.query(
    `INSERT INTO consumer_position (group_id, topic, partition, next_offset) VALUES ($1, $2, $3, 0)
     ON CONFLICT DO NOTHING`,
    [group, topic, partition],
  );
  const [row] = await tx.query<{ next_offset: string }[]>(
    `SELECT next_offset FROM consumer_position
     WHERE group_id = $1 AND topic = $2 AND partition = $3 FOR UPDATE`,
    [group, topic, partition],
  );
  return Number(row?.next_offset ?? 0);
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
