import { setImmediate as turn } from 'node:timers/promises';
import type { DataSource, EntityManager } from 'typeorm';
import { docTerms } from '../doc-terms.js';
import type { OpeningDoc } from '../opening-doc.js';
import { documentLine } from '../meilisearch/index-document.js';
import type { MeilisearchIndexes } from '../meilisearch/meilisearch-index.js';
import type { ServerLogger } from '../meilisearch/meilisearch-server.js';
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
import { type FeedLease, UNKNOWN, writeState } from './feed-lease.js';
import { ReadyLines } from './ready-lines.js';
import { Refusals } from './refusals.js';

/** Openings that are read and sent at once: the next are made while the server works on these. */
export const FEED_BATCH = 5_000;
/** The first batches are smaller: the server begins sooner. */
const FIRST_BATCH = 2_000;
/** Batches that the server may have before it: it works them off together, the quicker the more they are. */
const BATCHES_AHEAD = 8;
/** Openings are read and made documents of in slices of so many, with requests answered in between. */
const SLICE = 250;
const FIRST_ID = '00000000-0000-0000-0000-000000000000';

/** Feeds the read model to the index, as the holder of the lease. */
export class IndexFeeder {
  /** The holding of the lease in which is sent what is sent. */
  private term = '';
  /** Ids in requests since the database last said that the lease is ours: those before came before the next holder's. */
  private readonly unsure = new Set<string>();
  /** Ids in requests that may have come after those of the next holder, and are not in the queue again yet. */
  private readonly late = new Set<string>();

  constructor(
    private readonly dataSource: DataSource,
    private readonly indexes: MeilisearchIndexes,
    private readonly lease: FeedLease,
    private readonly logger: ServerLogger,
    private readonly ready = new ReadyLines(),
    private readonly batch = FEED_BATCH,
  ) {}

  /**
   * Feeds what has changed, the oldest first, and strikes it out once the server has written it. What is sent is the
   * row as it is now; a row that changes meanwhile stays in the queue. The next batches are made while the server works
   * on those before. What the server refuses is put aside, and taken from the index: that says nothing then that is no
   * longer so.
   * @returns how many changes there were
   */
  feedChanges(): Promise<number> {
    return this.sending(() => this.feed());
  }

  private async feed(): Promise<number> {
    const refusals = this.refusals('live');
    const onTheWay: Sent[] = [];
    let fed = 0;
    const sizes = growing(this.batch);
    let last: string | undefined = '0';
    for (;;) {
      while (last !== undefined && onTheWay.length < BATCHES_AHEAD) {
        const size = sizes.next().value;
        const next = await this.sendChanges(last, size);
        if (next) onTheWay.push(next);
        last = next?.changes.length === size ? next.changes.at(-1)!.change : undefined;
      }
      const sent = onTheWay.shift();
      if (!sent) return fed;
      const { changes, ids, tasks, discards } = sent;
      const refused = await refusals.among(ids, tasks);
      // What a later batch holds of such an opening is newer, and may be written already.
      const later = new Set(onTheWay.flatMap((batch) => batch.ids));
      const old = [...refused.keys()].filter((id) => !later.has(id));
      if (old.length) discards.push(await this.discard(old));
      await this.indexes.server.finished(discards);
      await this.strikeOut(changes, refused);
      fed += changes.length;
    }
  }

  private async sendChanges(after: string, limit: number): Promise<Sent | undefined> {
    const changes = await changesAfter(this.dataSource, after, limit);
    if (!changes.length) return undefined;
    const changed = changes.map(({ id }) => id);
    const listed = await this.published(changed);
    const gone = changed.filter((id) => !listed.has(id));
    const tasks = await this.send(listed, 'live');
    const discards = gone.length ? [await this.discard(gone)] : [];
    return { changes, ids: [...listed.keys()], tasks, discards };
  }

  private async strikeOut(changes: Change[], refused: ReadonlyMap<string, string>): Promise<void> {
    const fed = changes.filter(({ id }) => !refused.has(id));
    const aside = changes.flatMap((one) => {
      const cause = refused.get(one.id);
      return cause === undefined ? [] : [{ ...one, cause }];
    });
    await this.guarded(async (tx) => {
      await strikeOut(tx, fed);
      await putAside(tx, aside);
    });
  }

  /** Builds an index beside the live one from the whole read model, and swaps it in. */
  rebuild(): Promise<void> {
    return this.sending(() => this.build());
  }

  private async build(): Promise<void> {
    // A build that was given up may have left tasks, and a swap among them.
    await this.keepLease();
    await this.indexes.server.cancelTasks();
    const readModel = await this.guarded(async (tx) => {
      // From here on nobody trusts the index; what is changed from here on is in the queue, and what was begun
      // before by an instance that did not know of us is waited for.
      await tx.query('LOCK TABLE openings IN SHARE MODE');
      await writeState(tx, UNKNOWN);
      await emptyQueue(tx);
      return generationOf(tx);
    });
    // After the queue was emptied: what the builder before us still sends goes with its index, or comes into ours and
    // is in the queue again.
    await this.keepLease();
    await this.indexes.drop('next');
    await this.keepLease();
    await this.indexes.ensure('next');
    const refused = await this.fill('next');
    await this.keepLease();
    await this.indexes.swap();
    await this.keepLease();
    await this.indexes.drop('next');
    const index = (await this.indexes.createdAt('live')) ?? null;
    await this.guarded(async (tx) => {
      await putAside(tx, refused);
      await writeState(tx, { readModel, index });
    });
  }

  /**
   * Sends the whole read model.
   * @returns what the server refuses of it
   */
  private async fill(generation: Generation): Promise<{ id: string; cause: string }[]> {
    const refusals = this.refusals(generation);
    const pages: { ids: string[]; tasks: number[] }[] = [];
    const refused: { id: string; cause: string }[] = [];
    const written = async ({ ids, tasks }: (typeof pages)[number]): Promise<void> => {
      for (const [id, cause] of await refusals.among(ids, tasks)) refused.push({ id, cause });
    };
    const sizes = growing(this.batch);
    for (let after = FIRST_ID; ;) {
      const page = await this.publishedAfter(after, sizes.next().value);
      const ids = [...page.keys()];
      if (!ids.length) break;
      await this.keepLease();
      pages.push({ ids, tasks: await this.send(page, generation) });
      if (pages.length > BATCHES_AHEAD) await written(pages.shift()!);
      after = ids.at(-1)!;
    }
    for (const page of pages) await written(page);
    return refused;
  }

  /**
   * Puts what we sent too late into the queue again, for whoever feeds now; called while somebody else may, and again
   * when it fails.
   */
  async noteLate(): Promise<void> {
    if (this.lease.term !== this.term) {
      for (const id of this.unsure) this.late.add(id);
      this.unsure.clear();
    }
    if (!this.late.size) return;
    await noteChanges(this.dataSource, [...this.late]);
    this.late.clear();
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

  /** Those of the ids that are published, as they are now. */
  private async published(ids: readonly string[]): Promise<Lines> {
    const lines: Lines = new Map();
    for (let i = 0; i < ids.length; i += SLICE) {
      const slice = ids.slice(i, i + SLICE);
      const ready = this.ready.take(slice);
      const rows = await this.dataSource.query<Row[]>(
        `SELECT id, CASE WHEN version = ready THEN NULL ELSE doc END AS doc
         FROM unnest($1::uuid[], $2::integer[]) AS asked(id, ready) JOIN openings USING (id)
         WHERE status = 'published'`,
        [slice, slice.map((id) => ready.get(id)?.version)],
      );
      for (const { id, doc } of rows) lines.set(id, doc ? documentLine(docTerms(doc)) : ready.get(id)!.line);
      await turn();
    }
    return lines;
  }

  /** The next ones after an id, in the order of the ids. */
  private async publishedAfter(after: string, limit: number): Promise<Lines> {
    const lines: Lines = new Map();
    for (let last: string | undefined = after; last !== undefined && lines.size < limit;) {
      const rows: { id: string; doc: OpeningDoc }[] = await this.dataSource.query(
        `SELECT id, doc FROM openings WHERE status = 'published' AND id > $1 ORDER BY id LIMIT $2`,
        [last, Math.min(SLICE, limit - lines.size)],
      );
      for (const { id, doc } of rows) lines.set(id, documentLine(docTerms(doc)));
      last = rows.at(-1)?.id;
      await turn();
    }
    return lines;
  }

  private async send(lines: Lines, generation: Generation): Promise<number[]> {
    this.indexes.server.assertGoing();
    if (!lines.size) return [];
    this.begin([...lines.keys()]);
    return this.indexes.send([...lines.values()], generation);
  }

  private discard(ids: readonly string[]): Promise<number> {
    this.begin(ids);
    return this.indexes.discard(ids, 'live');
  }

  /**
   * A request about these ids begins.
   * @throws LeaseLostError when the lease may not be ours any more
   */
  private begin(ids: readonly string[]): void {
    this.lease.assertHeld(this.term);
    for (const id of ids) this.unsure.add(id);
  }

  /** What is done next may be done by one instance alone, and cannot be put right by feeding once more. */
  private async keepLease(): Promise<void> {
    await this.lease.keep(this.term);
    this.unsure.clear();
  }

  private async guarded<T>(work: (tx: EntityManager) => Promise<T>): Promise<T> {
    const result = await this.lease.guarded(work, this.term);
    this.unsure.clear();
    return result;
  }

  /**
   * Runs what sends, all of it in one holding of the lease.
   * @throws LeaseLostError when that has ended
   */
  private async sending<T>(work: () => Promise<T>): Promise<T> {
    await this.noteLate();
    this.term = this.lease.assertHeld();
    try {
      return await work();
    } catch (error) {
      await this.noteLate();
      throw error;
    }
  }

  private refusals(generation: Generation): Refusals {
    const again = async (ids: readonly string[]): Promise<number[]> =>
      this.send(await this.published(ids), generation);
    return new Refusals(this.indexes.server, again, this.logger);
  }
}

/** Sizes of batches, without end: the first ones smaller. */
function* growing(batch: number): Generator<number, never> {
  for (let size = FIRST_BATCH; ; size *= 2) yield Math.min(size, batch);
}

/** A batch on its way: the changes in it, what is listed of them, and the server's tasks. */
interface Sent {
  changes: Change[];
  ids: string[];
  tasks: number[];
  discards: number[];
}

/** Openings by id, as the lines that are sent. */
type Lines = Map<string, string>;

interface Row {
  id: string;
  /** Null where a line of this version is ready. */
  doc: OpeningDoc | null;
}

async function generationOf(sql: Pick<DataSource, 'query'>): Promise<string> {
  const [row] = await sql.query<{ generation: string }[]>('SELECT generation FROM index_meta');
  return row!.generation;
}
