import type { DataSource } from 'typeorm';
import { createDataSource, migrate } from '../database/data-source.js';
import type { ServiceDefinition } from './definition.js';

/** A service's database, connected and migrated. */
export async function openDatabase(definition: ServiceDefinition, url: string): Promise<DataSource> {
  const dataSource = createDataSource({
    url,
    service: definition.name,
    entities: definition.entities ?? [],
    migrations: definition.migrations ?? [],
    searchPath: definition.searchPath,
    poolSize: definition.poolSize,
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
