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

  /** Keeps a message; one that was replayed before and fails again (in a rebuild, say) is open again. */
  async bury(tx: EntityManager, group: string, record: LogRecord, cause: unknown): Promise<void> {
    await tx.query(
      `INSERT INTO dead_letter (group_id, topic, partition, "offset", key, headers, value, cause)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
       ON CONFLICT (group_id, topic, partition, "offset") DO UPDATE
         SET cause = excluded.cause, failed_at = now(), replayed_at = NULL
         WHERE dead_letter.replayed_at IS NOT NULL`,
      [
        group,
        record.topic,
        record.partition,
        record.offset,
        storable(record.key),
        JSON.stringify(
          Object.fromEntries(
            Object.entries(record.headers).map(([name, value]) => [storable(name), storable(value)]),
          ),
        ),
        record.value === null ? null : storable(record.value),
        storable(describe(cause)).slice(0, 2000),
      ],
    );
  }

  /**
   * Drops the letters of aggregates that were erased after them: a replay would bring the erased back.
   * @param records of one topic partition, in order
   */
  async forgetErased(tx: EntityManager, group: string, records: readonly LogRecord[]): Promise<void> {
    const erased = records.filter((record) => record.value === null);
    const [first] = erased;
    if (!first) return;
    await tx.query(
      `DELETE FROM dead_letter d USING unnest($4::text[], $5::bigint[]) AS e(key, "offset")
       WHERE d.group_id = $1 AND d.topic = $2 AND d.partition = $3 AND d.key = e.key AND d."offset" < e."offset"`,
      [
        group,
        first.topic,
        first.partition,
        erased.map((record) => storable(record.key)),
        erased.map((record) => record.offset),
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

/** PostgreSQL's text takes no NUL; no valid JSON has one either, so what it stood in stays undecodable. */
function storable(text: unknown): string {
  return String(text).replaceAll('\0', '\uFFFD');
}

function describe(cause: unknown): string {
  if (typeof cause === 'object' && cause !== null && 'message' in cause) {
    const { name, message } = cause as { name?: unknown; message: unknown };
    return `${typeof name === 'string' ? name : 'Error'}: ${String(message)}`;
  }
  return String(cause);
}
