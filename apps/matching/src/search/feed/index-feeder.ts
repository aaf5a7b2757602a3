import { setImmediate as giveWay } from 'node:timers/promises';
import type { DataSource } from 'typeorm';
import type { OpeningDoc } from '../opening-doc.js';
import { type IndexDocument, indexDocument } from '../meilisearch/index-document.js';
import { BATCH, type MeilisearchIndexes } from '../meilisearch/meilisearch-index.js';
import { MeilisearchTaskError, type ServerLogger } from '../meilisearch/meilisearch-server.js';
import type { Generation } from '../search-engine.js';
import {
  backlogOf,
  type Change,
  changesAfter,
  emptyQueue,
  noteChanges,
  putAside,
  strikeOut,
} from './change-queue.js';
import { type FeedLease, LeaseLostError, UNKNOWN, writeState } from './feed-lease.js';

/** Batches of a new index that the server may have before it: it works them off together. */
const BATCHES_AHEAD = 2;
/** Documents are made in slices of so many, with requests answered in between. */
const SLICE = 200;
const FIRST_ID = '00000000-0000-0000-0000-000000000000';

/** An opening that the server refuses, with its words; `isSure` when they are about the document. */
interface Refusal {
  id: string;
  cause: string;
  isSure: boolean;
}

/** Feeds the read model to the index, as the holder of the lease. */
export class IndexFeeder {
  constructor(
    private readonly dataSource: DataSource,
    private readonly indexes: MeilisearchIndexes,
    private readonly lease: FeedLease,
    private readonly logger: ServerLogger,
  ) {}

  /**
   * Feeds what has changed, the oldest first, and strikes it out once the server has written it. What is sent is the
   * row as it is now; a row that changes meanwhile stays in the queue. The next batch is made while the server works
   * on the one before. What the server refuses is put aside, and taken from the index: that says nothing then that is
   * no longer so.
   * @returns how many changes there were
   */
  async feedChanges(): Promise<number> {
    let fed = 0;
    for (let sent = await this.sendChanges('0'); sent;) {
      const { changes, ids, tasks, discards } = sent;
      sent = changes.length === BATCH ? await this.sendChanges(changes.at(-1)!.change) : undefined;
      const refused = await this.refusedOf(ids, tasks, 'live');
      if (refused.size) discards.push(await this.indexes.discard([...refused.keys()], 'live'));
      await this.indexes.server.finished(discards);
      await this.strikeOut(changes, refused);
      fed += changes.length;
    }
    return fed;
  }

  private async sendChanges(after: string): Promise<Sent | undefined> {
    const changes = await changesAfter(this.dataSource, after, BATCH);
    if (!changes.length) return undefined;
    const changed = changes.map(({ id }) => id);
    const rows = await this.published('id = ANY($1::uuid[])', [changed]);
    const listed = new Set(rows.map(({ id }) => id));
    const gone = changed.filter((id) => !listed.has(id));
    this.lease.assertHeld();
    const tasks = await this.send(rows, 'live');
    const discards = gone.length ? [await this.indexes.discard(gone, 'live')] : [];
    return { changes, ids: [...listed], tasks, discards };
  }

  private async strikeOut(changes: Change[], refused: ReadonlyMap<string, string>): Promise<void> {
    const fed = changes.filter(({ id }) => !refused.has(id));
    const aside = changes.flatMap((one) => {
      const cause = refused.get(one.id);
      return cause === undefined ? [] : [{ ...one, cause }];
    });
    try {
      await this.lease.guarded(async (tx) => {
        await strikeOut(tx, fed);
        await putAside(tx, aside);
      });
    } catch (error) {
      // What we sent may have come after what the new holder sent: it feeds these once more.
      const ids = changes.map(({ id }) => id);
      if (error instanceof LeaseLostError) await noteChanges(this.dataSource, ids);
      throw error;
    }
  }

  /** Builds an index beside the live one from the whole read model, and swaps it in. */
  async rebuild(): Promise<void> {
    // A build that was given up may have left tasks, and a swap among them.
    await this.indexes.server.cancelTasks();
    await this.indexes.drop('next');
    await this.indexes.ensure('next');
    const readModel = await this.lease.guarded(async (tx) => {
      // From here on nobody trusts the index; what is changed from here on is in the queue, and what was begun
      // before by an instance that did not know of us is waited for.
      await tx.query('LOCK TABLE openings IN SHARE MODE');
      await writeState(tx, UNKNOWN);
      await emptyQueue(tx);
      return generationOf(tx);
    });
    const pages: { ids: string[]; tasks: number[] }[] = [];
    const refused: { id: string; cause: string }[] = [];
    const written = async ({ ids, tasks }: (typeof pages)[number]): Promise<void> => {
      for (const [id, cause] of await this.refusedOf(ids, tasks, 'next')) refused.push({ id, cause });
    };
    try {
      for (let after = FIRST_ID; ;) {
        const rows = await this.published('id > $1 ORDER BY id LIMIT $2', [after, BATCH]);
        if (!rows.length) break;
        this.lease.assertHeld();
        pages.push({ ids: rows.map(({ id }) => id), tasks: await this.send(rows, 'next') });
        if (pages.length > BATCHES_AHEAD) await written(pages.shift()!);
        after = rows.at(-1)!.id;
      }
      for (const page of pages) await written(page);
      if (!(await this.lease.hold())) throw new LeaseLostError('another instance builds the search index');
      await this.indexes.swap();
      const index = (await this.indexes.createdAt('live')) ?? null;
      await this.lease.guarded(async (tx) => {
        await putAside(tx, refused);
        await writeState(tx, { readModel, index });
      });
    } catch (error) {
      // What we sent last may have come into the new holder's index.
      if (error instanceof LeaseLostError)
        await noteChanges(
          this.dataSource,
          pages.flatMap(({ ids }) => ids),
        );
      throw error;
    }
  }

  /** Whether the index is not what was fed: lost, another read model's, or of another size while nothing waits. */
  async isAstray(compareSizes: boolean): Promise<boolean> {
    const state = await this.lease.state();
    if (state.index === null || state.readModel !== (await generationOf(this.dataSource))) return true;
    if ((await this.indexes.createdAt('live')) !== state.index) return true;
    if (!compareSizes) return false;
    const { isEmpty, refused } = await backlogOf(this.dataSource);
    const [row] = await this.dataSource.query<{ openings: number }[]>(
      `SELECT count(*)::int AS openings FROM openings WHERE status = 'published'`,
    );
    return isEmpty && (await this.indexes.documents('live')) !== row!.openings - refused;
  }

  private published(where: string, values: unknown[]): Promise<Row[]> {
    return this.dataSource.query<Row[]>(
      `SELECT id, doc FROM openings WHERE status = 'published' AND ${where}`,
      values,
    );
  }

  private async send(rows: readonly Row[], generation: Generation): Promise<number[]> {
    this.indexes.server.assertGoing();
    if (!rows.length) return [];
    const documents: IndexDocument[] = [];
    for (let i = 0; i < rows.length; i += SLICE) {
      documents.push(...rows.slice(i, i + SLICE).map(({ doc }) => indexDocument(doc)));
      await giveWay();
    }
    return this.indexes.send(documents, generation);
  }

  /**
   * Waits for the tasks that write these openings; when one fails, halves them until what the server refuses is alone.
   * @returns causes by the ids of what is refused
   * @throws MeilisearchTaskError when it is not a document's fault: the disk is full, or nothing at all can be written
   */
  private async refusedOf(
    ids: readonly string[],
    tasks: readonly number[],
    generation: Generation,
  ): Promise<Map<string, string>> {
    try {
      await this.indexes.server.finished(tasks);
      return new Map();
    } catch (error) {
      const went = { any: false };
      const refused = await this.halved(ids, generation, error, went);
      if (!went.any && refused.some(({ isSure }) => !isSure)) throw error;
      for (const { id, cause } of refused)
        this.logger.error(
          { opening: id, cause },
          'Meilisearch refuses an opening; it is left out of the index',
        );
      return new Map(refused.map(({ id, cause }) => [id, cause]));
    }
  }

  private async halved(
    ids: readonly string[],
    generation: Generation,
    error: unknown,
    went: { any: boolean; doubts?: number },
  ): Promise<Refusal[]> {
    if (!(error instanceof MeilisearchTaskError) || !error.reason || error.reason.type === 'system')
      throw error;
    if (ids.length === 1) {
      const isSure = error.reason.code.startsWith('invalid_document');
      // Two in a row, and nothing written yet: that is no document's fault.
      if (!isSure && !went.any && (went.doubts = (went.doubts ?? 0) + 1) > 1) throw error;
      return [{ id: ids[0]!, cause: error.message, isSure }];
    }
    const refused: Refusal[] = [];
    const middle = Math.ceil(ids.length / 2);
    for (const half of [ids.slice(0, middle), ids.slice(middle)]) {
      const rows = await this.published('id = ANY($1::uuid[])', [half]);
      this.lease.assertHeld();
      const tasks = await this.send(rows, generation);
      try {
        await this.indexes.server.finished(tasks);
        went.any ||= tasks.length > 0;
      } catch (cause) {
        refused.push(...(await this.halved(half, generation, cause, went)));
      }
    }
    return refused;
  }
}

/** A batch on its way: the changes in it, what is listed of them, and the server's tasks. */
interface Sent {
  changes: Change[];
  ids: string[];
  tasks: number[];
  discards: number[];
}

interface Row {
  id: string;
  doc: OpeningDoc;
}

async function generationOf(sql: Pick<DataSource, 'query'>): Promise<string> {
  const [row] = await sql.query<{ generation: string }[]>('SELECT generation FROM index_meta');
  return row!.generation;
}
