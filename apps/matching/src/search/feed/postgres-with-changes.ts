import type { CurrentLexicon } from '../../query/current-lexicon.js';
import type { OpeningDoc } from '../opening-doc.js';
import { PostgresSearchEngine } from '../postgres/postgres-search-engine.js';
import type { WriteOptions } from '../search-engine.js';
import type { Sql } from '../sql.js';
import { noteChangesForOthers } from './change-queue.js';

/** PostgreSQL alone, beside instances that have a Meilisearch already: while one profile takes the other's place. */
export class PostgresWithChanges extends PostgresSearchEngine {
  constructor(
    private readonly connection: Sql,
    lexicon: CurrentLexicon,
  ) {
    super(connection, lexicon);
  }

  override async upsert(docs: readonly OpeningDoc[], options: WriteOptions = {}): Promise<void> {
    await super.upsert(docs, options);
    await noteChangesForOthers(
      options.sql ?? this.connection,
      docs.map(({ id }) => id),
    );
  }

  override async remove(ids: readonly string[], options: WriteOptions = {}): Promise<void> {
    await super.remove(ids, options);
    await noteChangesForOthers(options.sql ?? this.connection, ids);
  }
}
