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

/** The data are of a newer release than the code; the message says the way out. */
export class NewerDataError extends Error {
  override name = 'NewerDataError';
}

/** A migration that ran and is not known was written after this code: what it did, nobody here can tell. */
async function assertKnown(dataSource: DataSource): Promise<void> {
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
  const unknown = rows.find(({ name }) => !known.has(name));
  if (!unknown) return;
  throw new NewerDataError(
    `The database of ${applicationName} was written by a newer release of the platform (its migration ${unknown.name} is not known here): start that release or a later one, or restore the backup taken before the upgrade into a new DATA_DIR (docs/operations.md, "Upgrades").`,
  );
}

/** Any number that no other advisory lock of the service's database uses. */
const MIGRATION_LOCK = 7_210_003;

/** Runs what is missing; of several instances that start together one migrates and the others wait. */
export async function migrate(dataSource: DataSource): Promise<void> {
  const runner = dataSource.createQueryRunner();
  await runner.connect();
  try {
    await runner.query('SELECT pg_advisory_lock($1)', [MIGRATION_LOCK]);
    await assertKnown(dataSource);
    await dataSource.runMigrations();
  } finally {
    await runner.query('SELECT pg_advisory_unlock($1)', [MIGRATION_LOCK]).catch(() => undefined);
    await runner.release();
  }
}
