import pg from 'pg';
import { PostgresLogDriver } from '#events';
import { createTestDatabase, testServerUrl } from '#platform/testing';
import { describeDriver, type LogHarness } from './driver.suite.js';
import { silent } from './item-service.js';

async function postgresHarness(): Promise<LogHarness> {
  const log = await createTestDatabase('event_log');
  const make = async (): Promise<PostgresLogDriver> => {
    const driver = new PostgresLogDriver({
      ...{ url: log.url, logger: silent, poolSize: 4, leaseMs: 1_200, pollMs: 50, compactAfterMs: 0 },
    });
    await driver.start();
    return driver;
  };
  return {
    driver: make,
    // Its connections end; its leases stay until they run out.
    die: (driver) => driver.close(),
    takeOverMs: 2_000,
    compact: async () => {
      const driver = await make();
      await driver.compact();
      await driver.close();
    },
    longTransaction: async () => {
      const client = new pg.Client({ connectionString: log.url });
      // The suite cuts every connection to this database, a look of its own among them.
      client.on('error', () => undefined);
      await client.connect();
      await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ; SELECT pg_current_xact_id()');
      return () => client.end();
    },
    cutConnections: async () => {
      const client = new pg.Client({ connectionString: await testServerUrl() });
      await client.connect();
      await client.query('SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1', [
        log.name,
      ]);
      await client.end();
    },
    stop: () => log.drop(),
  };
}

describeDriver('PostgreSQL', postgresHarness);
