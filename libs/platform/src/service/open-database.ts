import type { Logger } from 'pino';
import type { DataSource } from 'typeorm';
import { createDataSource, migrate } from '../database/data-source.js';
import type { ServiceDefinition } from './definition.js';

/**
 * A service's database, connected and migrated.
 * @param poolSize most connections to it
 * @param logger told when a newer release has migrated it already
 * @throws NewerDataError
 */
export async function openDatabase(
  definition: ServiceDefinition,
  url: string,
  { poolSize, logger }: { poolSize?: number; logger?: Logger } = {},
): Promise<DataSource> {
  const dataSource = createDataSource({
    url,
    service: definition.name,
    entities: definition.entities ?? [],
    migrations: definition.migrations ?? [],
    searchPath: definition.searchPath,
    poolSize,
  });
  await dataSource.initialize();
  try {
    await migrate(dataSource, logger);
  } catch (error) {
    await dataSource.destroy();
    throw error;
  }
  return dataSource;
}
