import { expect } from '@jest/globals';
import pg from 'pg';
import { startEmbeddedPostgres } from '#embedded-postgres';
import { eventually, type RunningPlatform } from '#platform/testing';

export const MINUTES = 60_000;

export interface Job {
  status: string;
  relayed: boolean;
  failure: string | null;
  progress: { read: number; total: number | null; created: number; updated: number; rejected: number };
}

/** Hands a file of openings to the platform; resolves with the id of the job that imports it. */
export async function upload(on: RunningPlatform, token: string, csv: string): Promise<string> {
  const answer = await fetch(`${on.url}/api/v1/openings/imports?source=faults`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'text/csv' },
    body: csv,
  });
  expect(answer.status).toBe(202);
  return ((await answer.json()) as { id: string }).id;
}

export async function jobOf(on: RunningPlatform, token: string, id: string): Promise<Job> {
  const { status, body } = await on.call<Job>('GET', `/openings/imports/${id}`, { token });
  if (status !== 200) throw new Error(`the job answers ${status}`);
  return body;
}

/** Resolves when the job has failed, or is done and its events are in the log. */
export function finished(
  on: RunningPlatform,
  token: string,
  id: string,
  timeoutMs = 5 * MINUTES,
): Promise<Job> {
  return eventually<Job | undefined>(
    async () => {
      const job = await jobOf(on, token, id);
      if (job.status === 'failed') return job;
      return job.status === 'done' && job.relayed ? job : undefined;
    },
    { timeoutMs, intervalMs: 200 },
  ).then((job) => job);
}

type Rows = (database: string, sql: string) => Promise<string[]>;

/**
 * Looks into the databases of a platform that has ended: openings, log and read model have the same, each once.
 * @param logged what the log holds of each opening, as `id v3 published`, in order of the ids
 */
export async function expectSameOpenings(
  dataDir: string,
  created: number,
  logged: (rows: Rows) => Promise<string[]>,
): Promise<void> {
  const postgres = await startEmbeddedPostgres({ dataDir });
  const rows: Rows = async (database, sql) => {
    const client = new pg.Client({ connectionString: await postgres.ensureDatabase(database, database) });
    await client.connect();
    try {
      return (await client.query<{ fact: string }>(sql)).rows.map(({ fact }) => fact);
    } finally {
      await client.end();
    }
  };
  try {
    const openings = await rows(
      'openings',
      `SELECT id || ' v' || version || ' ' || status AS fact FROM job_opening ORDER BY 1`,
    );
    expect(openings).toHaveLength(created);
    expect(await rows('openings', 'SELECT id::text AS fact FROM outbox')).toEqual([]);
    expect(await logged(rows)).toEqual(openings);
    const found = await rows(
      'matching',
      `SELECT id || ' v' || version || ' ' || status AS fact FROM live.openings ORDER BY 1`,
    );
    expect(found).toEqual(openings);
    const indexed = await rows('matching', 'SELECT id::text AS fact FROM live.opening_index');
    expect(indexed).toHaveLength(created);
    expect(await rows('matching', 'SELECT id::text AS fact FROM dead_letter')).toEqual([]);
  } finally {
    await postgres.stop();
  }
}
