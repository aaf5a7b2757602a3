import { DataSource, type MixedList, type EntitySchema, type MigrationInterface } from 'typeorm';
import { EventTables1700000000000, HeardClient } from '#events';
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
    poolSize: options.poolSize ?? 10,
    extra: {
      Client: HeardClient,
      connectionTimeoutMillis: 5000,
      ...(options.searchPath && { options: `-c search_path=${options.searchPath}` }),
    },
  });
}

/** Any number that no other advisory lock of the service's database uses. */
const MIGRATION_LOCK = 7_210_003;

/** Runs what is missing; of several instances that start together one migrates and the others wait. */
export async function migrate(dataSource: DataSource): Promise<void> {
  const runner = dataSource.createQueryRunner();
  await runner.connect();
  try {
    await runner.query('SELECT pg_advisory_lock($1)', [MIGRATION_LOCK]);
    await dataSource.runMigrations();
  } finally {
    await runner.query('SELECT pg_advisory_unlock($1)', [MIGRATION_LOCK]).catch(() => undefined);
    await runner.release();
  }
}
