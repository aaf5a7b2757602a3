import type { DataSource } from 'typeorm';
import { createDataSource, migrate } from '../database/data-source.js';
import type { ServiceDefinition } from './definition.js';

/**
 * A service's database, connected and migrated.
 * @param poolSize most connections to it
 */
export async function openDatabase(
  definition: ServiceDefinition,
  url: string,
  poolSize?: number,
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
    await migrate(dataSource);
  } catch (error) {
    await dataSource.destroy();
    throw error;
  }
  return dataSource;
}
