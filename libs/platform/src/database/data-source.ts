import type { Logger } from 'pino';
import { DataSource, type MixedList, type EntitySchema, type MigrationInterface } from 'typeorm';
import { EventTables1700000000000, HeardClient } from '#events';
import { POOL } from './connection-budget.js';
import { IdempotencyTable1700000000001 } from '../http/idempotency.migration.js';

export interface DatabaseOptions {
  url: string;
  service: string;
  // eslint-disable-next-line @typescript-eslint/no-unsafe-function-type -- TypeORM's own type for entity classes
  entities: MixedList<Function | EntitySchema>;
  migrations: (new () => MigrationInterface)[];
  /** Schemas in which unqualified names are looked up; default `public`. */
  searchPath?: string;
  poolSize?: number;
}

/** A service's database: migrations only, never synchronised. The caller initialises it. */
export function createDataSource(options: DatabaseOptions): DataSource {
  return new DataSource({
    type: 'postgres',
    url: options.url,
    // Named, so that the list of migrations is found again whatever the search path is by then.
    schema: 'public',
    applicationName: options.service,
    entities: options.entities,
    migrations: [EventTables1700000000000, IdempotencyTable1700000000001, ...options.migrations],
    migrationsTableName: 'schema_migration',
    migrationsTransactionMode: 'each',
    synchronize: false,
    logging: false,
    poolSize: options.poolSize ?? POOL,
    extra: {
      Client: HeardClient,
      connectionTimeoutMillis: 5000,
      ...(options.searchPath && { options: `-c search_path=${options.searchPath}` }),
    },
  });
}

/** The data need a newer release than this one; the message says the way out. */
export class NewerDataError extends Error {
  override name = 'NewerDataError';
}

/**
 * Migrations add; code of the releases before runs on what they leave. One that takes something away says so in its
 * name: `Needs1750000000000DropMonthlyPay1800000000000` needs code that knows the migration of 1750000000000 or a later
 * one. The name is in the database, so that code that is older than the migration can read it.
 */
const NEEDS = /^Needs(\d{13})/;

/**
 * What a newer release has left: one that only adds is reported, and the start goes on.
 * @throws NewerDataError when a migration that ran needs newer code
 */
async function assertCompatible(dataSource: DataSource, logger?: Pick<Logger, 'warn'>): Promise<void> {
  const { migrationsTableName = '', applicationName } = dataSource.options as {
    migrationsTableName?: string;
    applicationName?: string;
  };
  const [table] = await dataSource.query<{ there: boolean }[]>(
    'SELECT to_regclass($1) IS NOT NULL AS there',
    [`public.${migrationsTableName}`],
  );
  if (!table?.there) return;
  const rows = await dataSource.query<{ name: string }[]>(
    `SELECT name FROM public.${migrationsTableName} ORDER BY id`,
  );
  const known = new Set(dataSource.migrations.map(({ name, constructor }) => name ?? constructor.name));
  const newest = Math.max(...[...known].map((name) => Number(name.slice(-13))));
  const unknown = rows.map(({ name }) => name).filter((name) => !known.has(name));
  const refusing = unknown.find((name) => Number(NEEDS.exec(name)?.[1] ?? 0) > newest);
  if (refusing) {
    throw new NewerDataError(
      `The database of ${applicationName} needs a newer release of the platform (its migration ${refusing} says so): start that release or a later one, or restore the backup taken before the upgrade into a new DATA_DIR (docs/operations.md, "Upgrades").`,
    );
  }
  if (unknown.length === 0) return;
  logger?.warn(
    { database: applicationName, unknown },
    'a newer release has migrated this database; this one goes on with the tables that it knows',
  );
}

/** Any number that no other advisory lock of the service's database uses. */
const MIGRATION_LOCK = 7_210_003;

/**
 * Runs what is missing; of several instances that start together one migrates and the others wait.
 * @param logger told when a newer release has migrated already, and this code runs on what it left
 * @throws NewerDataError
 */
export async function migrate(dataSource: DataSource, logger?: Pick<Logger, 'warn'>): Promise<void> {
  const runner = dataSource.createQueryRunner();
  await runner.connect();
  try {
    await runner.query('SELECT pg_advisory_lock($1)', [MIGRATION_LOCK]);
    await assertCompatible(dataSource, logger);
    await dataSource.runMigrations();
  } finally {
    await runner.query('SELECT pg_advisory_unlock($1)', [MIGRATION_LOCK]).catch(() => undefined);
    await runner.release();
  }
}
