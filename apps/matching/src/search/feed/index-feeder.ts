import { setImmediate as giveWay } from 'node:timers/promises';
import type { DataSource } from 'typeorm';
import type { OpeningDoc } from '../opening-doc.js';
import { type IndexDocument, indexDocument } from '../meilisearch/index-document.js';
import { BATCH, type MeilisearchIndexes } from '../meilisearch/meilisearch-index.js';
import type { Generation } from '../search-engine.js';
import { type Change, changesAfter, noteChanges, strikeOut } from './change-queue.js';
import { type FeedLease, LeaseLostError, UNKNOWN, writeState } from './feed-lease.js';

/** Tasks of a new index that the server may have before it: it works them off together. */
const TASKS_AHEAD = 2;
/** Documents are made in slices of so many, with requests answered in between. */
const SLICE = 200;
const FIRST_ID = '00000000-0000-0000-0000-000000000000';

/** Feeds the read model to the index, as the holder of the lease. */
export class IndexFeeder {
  constructor(
    private readonly dataSource: DataSource,
    private readonly indexes: MeilisearchIndexes,
    private readonly lease: FeedLease,
  ) {}

  /**
   * Feeds what has changed, the oldest first, and strikes it out once the server has written it. What is sent is the
   * row as it is now; a row that changes meanwhile stays in the queue. The next batch is made while the server works
   * on the one before.
   * @returns how many changes there were
   */
  async feedChanges(): Promise<number> {
    let fed = 0;
    for (let sent = await this.sendChanges('0'); sent;) {
      const { changes, tasks } = sent;
      sent = changes.length === BATCH ? await this.sendChanges(changes.at(-1)!.change) : undefined;
      await this.indexes.server.finished(tasks);
      await this.strikeOut(changes);
      fed += changes.length;
    }
    return fed;
  }

  private async sendChanges(after: string): Promise<{ changes: Change[]; tasks: number[] } | undefined> {
    const changes = await changesAfter(this.dataSource, after, BATCH);
    if (!changes.length) return undefined;
    const ids = changes.map(({ id }) => id);
    const docs = await this.published('id = ANY($1::uuid[])', [ids]);
    const listed = new Set(docs.map(({ id }) => id));
    const gone = ids.filter((id) => !listed.has(id));
    this.lease.assertHeld();
    const tasks = await this.send(docs, 'live');
    if (gone.length) tasks.push(await this.indexes.discard(gone, 'live'));
    return { changes, tasks };
  }

  private async strikeOut(changes: Change[]): Promise<void> {
    try {
      await this.lease.guarded((tx) => strikeOut(tx, changes));
    } catch (error) {
      // What we sent may have come after what the new holder sent: it feeds these once more.
      const ids = changes.map(({ id }) => id);
      if (error instanceof LeaseLostError) await noteChanges(this.dataSource, ids);
      throw error;
    }
  }

  /** Builds an index beside the live one from the whole read model, and swaps it in. */
  async rebuild(): Promise<void> {
    await this.indexes.drop('next');
    await this.indexes.ensure('next');
    const readModel = await this.lease.guarded(async (tx) => {
      // From here on nobody trusts the index; what is changed from here on is in the queue.
      await writeState(tx, UNKNOWN);
      await tx.query('DELETE FROM search_changes');
      return generationOf(tx);
    });
    const tasks: number[] = [];
    for (let after = FIRST_ID; ;) {
      const docs = await this.published('id > $1 ORDER BY id LIMIT $2', [after, BATCH]);
      if (!docs.length) break;
      this.lease.assertHeld();
      tasks.push(...(await this.send(docs, 'next')));
      if (tasks.length > TASKS_AHEAD)
        await this.indexes.server.finished(tasks.splice(0, tasks.length - TASKS_AHEAD));
      after = docs.at(-1)!.id;
    }
    await this.indexes.server.finished(tasks);
    this.lease.assertHeld();
    await this.indexes.swap();
    const index = (await this.indexes.createdAt('live')) ?? null;
    await this.lease.guarded((tx) => writeState(tx, { readModel, index }));
  }

  /** Whether the index is not what was fed: lost, another read model's, or of another size while nothing waits. */
  async isAstray(compareSizes: boolean): Promise<boolean> {
    const state = await this.lease.state();
    if (state.index === null || state.readModel !== (await generationOf(this.dataSource))) return true;
    if ((await this.indexes.createdAt('live')) !== state.index) return true;
    if (!compareSizes) return false;
    const [row] = await this.dataSource.query<{ openings: number; changes: number }[]>(
      `SELECT (SELECT count(*)::int FROM openings WHERE status = 'published') AS openings,
              (SELECT count(*)::int FROM search_changes) AS changes`,
    );
    return row?.changes === 0 && (await this.indexes.documents('live')) !== row.openings;
  }

  private async published(where: string, values: unknown[]): Promise<OpeningDoc[]> {
    const rows = await this.dataSource.query<{ doc: OpeningDoc }[]>(
      `SELECT doc FROM openings WHERE status = 'published' AND ${where}`,
      values,
    );
    return rows.map(({ doc }) => doc);
  }

  private async send(docs: readonly OpeningDoc[], generation: Generation): Promise<number[]> {
    if (!docs.length) return [];
    const documents: IndexDocument[] = [];
    for (let i = 0; i < docs.length; i += SLICE) {
      documents.push(...docs.slice(i, i + SLICE).map(indexDocument));
      await giveWay();
    }
    return this.indexes.send(documents, generation);
  }
}

async function generationOf(sql: Pick<DataSource, 'query'>): Promise<string> {
  const [row] = await sql.query<{ generation: string }[]>('SELECT generation FROM index_meta');
  return row!.generation;
}
