import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import type { LogRecord } from '../driver.js';

export interface DeadLetter {
  id: string;
  group: string;
  topic: string;
  partition: number;
  offset: number;
  key: string;
  headers: Record<string, string>;
  value: string | null;
  cause: string;
  failedAt: Date;
  replayedAt: Date | null;
}

const COLUMNS = `id, group_id AS "group", topic, partition, "offset"::float8 AS "offset", key, headers, value, cause,
  failed_at AS "failedAt", replayed_at AS "replayedAt"`;

/** Messages that could not be handled, with the cause; the rest of the partition has gone on. */
@Injectable()
export class DeadLetters {
  constructor(private readonly dataSource: DataSource) {}

  async bury(tx: EntityManager, group: string, record: LogRecord, cause: unknown): Promise<void> {
    const message = cause instanceof Error ? `${cause.name}: ${cause.message}` : String(cause);
    await tx.query(
      `INSERT INTO dead_letter (group_id, topic, partition, "offset", key, headers, value, cause)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT DO NOTHING`,
      [
        group,
        record.topic,
        record.partition,
        record.offset,
        record.key,
        JSON.stringify(record.headers),
        record.value,
        message.slice(0, 2000),
      ],
    );
  }

  /** Open ones first to fail first; `after` is the id of the last one seen. */
  async list(after = '0', limit = 20): Promise<DeadLetter[]> {
    return this.dataSource.query<DeadLetter[]>(
      `SELECT ${COLUMNS} FROM dead_letter WHERE replayed_at IS NULL AND id > $1 ORDER BY id LIMIT $2`,
      [after, limit],
    );
  }

  async count(): Promise<number> {
    const [row] = await this.dataSource.query<{ n: number }[]>(
      'SELECT count(*)::int AS n FROM dead_letter WHERE replayed_at IS NULL',
    );
    return row?.n ?? 0;
  }

  /** Locks an open letter for its replay; undefined when there is none of this id. */
  async take(tx: EntityManager, id: string): Promise<DeadLetter | undefined> {
    const [letter] = await tx.query<DeadLetter[]>(
      `SELECT ${COLUMNS} FROM dead_letter WHERE id = $1 AND replayed_at IS NULL FOR UPDATE`,
      [id],
    );
    return letter;
  }

  async markReplayed(tx: EntityManager, id: string): Promise<void> {
    await tx.query('UPDATE dead_letter SET replayed_at = now() WHERE id = $1', [id]);
  }
}
