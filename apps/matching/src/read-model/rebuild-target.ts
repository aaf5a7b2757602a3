import type { DataSource, EntityManager } from 'typeorm';
import type { RebuildTarget } from '#events';
import { indexSchema } from '../search/postgres/index-schema.js';
import { readModelSchema } from '../read-model/read-model-schema.js';
import { PostgresSearchEngine } from '../search/postgres/postgres-search-engine.js';
import { CurrentLexicon } from '../query/current-lexicon.js';

/** Read model and index are rebuilt together in the schema `next`, which then takes the name `live`. */
export function rebuildTarget(dataSource: DataSource): RebuildTarget {
  const engine = new PostgresSearchEngine(dataSource, new CurrentLexicon());
  return {
    schema: 'next',
    async prepare() {
      await dataSource.query('DROP SCHEMA IF EXISTS next CASCADE');
      for (const statement of [...readModelSchema('next'), ...indexSchema('next')])
        await dataSource.query(statement);
    },
    async swap(tx: EntityManager) {
      await engine.refreshTerms({ generation: 'next', sql: tx });
      await engine.swap({ sql: tx });
    },
  };
}
