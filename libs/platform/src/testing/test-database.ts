import { randomBytes } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import { EmbeddedServer } from '../embedded-postgres/server.js';
import { EmbeddedPostgresError } from '../embedded-postgres/errors.js';

export interface TestDatabase {
  /** URL as the database's owner, an ordinary role like that of a service. */
  url: string;
  name: string;
  /** Ends all its connections and removes it with its role. */
  drop(): Promise<void>;
}

/** Speed instead of durability: the data of a test run are thrown away. */
const TEST_SETTINGS = {
  fsync: false,
  synchronous_commit: false,
  full_page_writes: false,
  shared_buffers: '64MB',
  max_connections: 200,
  max_wal_size: '512MB',
  autovacuum_naptime: '60s',
};

let server: Promise<string> | undefined;

/** Superuser URL of the server that all specs of this Jest run share; started by the first that asks. */
export function testServerUrl(): Promise<string> {
  return (server ??= startOrJoin());
}

async function startOrJoin(): Promise<string> {
  const dataDir = process.env.NOIVIEC_TEST_RUN_DIR;
  if (!dataDir) throw new Error('Test databases need Jest with the globalSetup of jest.base.js.');
  for (const deadline = Date.now() + 60_000; ; await delay(30)) {
    const candidate = new EmbeddedServer({ dataDir, settings: TEST_SETTINGS });
    try {
      await candidate.start();
      await candidate.detach();
      return candidate.superuserUrl;
    } catch (error) {
      const startedElsewhere =
        error instanceof EmbeddedPostgresError && error.code === 'embedded-postgres.second-instance';
      if (!startedElsewhere || Date.now() > deadline) throw error;
    }
  }
}

/**
 * An empty database of its own for one spec, on the run's real PostgreSQL.
 *
 * @param prefix snake_case, shown in the name
 */
export async function createTestDatabase(prefix = 'test'): Promise<TestDatabase> {
  const name = `${prefix}_${randomBytes(5).toString('hex')}`;
  const password = randomBytes(12).toString('hex');
  await administer([
    `CREATE ROLE ${name} LOGIN PASSWORD '${password}'`,
    `CREATE DATABASE ${name} OWNER ${name} TEMPLATE template0 STRATEGY file_copy`,
  ]);
  const url = new URL(await testServerUrl());
  url.username = name;
  url.password = password;
  url.pathname = `/${name}`;
  return {
    url: url.href,
    name,
    drop: () => administer([`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`, `DROP ROLE IF EXISTS ${name}`]),
  };
}

async function administer(statements: string[]): Promise<void> {
  const client = new pg.Client({ connectionString: await testServerUrl() });
  await client.connect();
  try {
    for (const statement of statements) await client.query(statement);
  } finally {
    await client.end();
  }
}
