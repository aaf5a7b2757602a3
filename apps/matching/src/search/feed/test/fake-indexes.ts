import type { Generation } from '../../search-engine.js';
import type { IndexDocument } from '../../meilisearch/index-document.js';
import type { MeilisearchIndexes } from '../../meilisearch/meilisearch-index.js';
import { MeilisearchTaskError } from '../../meilisearch/meilisearch-server.js';

const DOCUMENT_AT_FAULT = { code: 'internal', type: 'internal' };
const DISK_FULL = { code: 'no_space_left_on_device', type: 'system' };

interface FakeIndex {
  made: string;
  /** Without them nothing can be searched: whoever writes to an index that is not there makes one that has none. */
  hasSettings: boolean;
  documents: Map<string, IndexDocument>;
}

/** What a feeder asks of the indexes. */
type Reached = Pick<
  MeilisearchIndexes,
  'server' | 'ensure' | 'drop' | 'send' | 'discard' | 'swap' | 'createdAt' | 'documents'
>;

/** Where a request or an answer is delayed: the test goes on, and the server gets it, or the caller, when that is done. */
export interface Delays {
  beforeSend?(documents: readonly IndexDocument[], generation: Generation): Promise<void>;
  afterEnsure?(): Promise<void>;
  afterSwap?(): Promise<void>;
}

/**
 * A Meilisearch server that does each task as it gets it, in the order in which they come. A task with a document of
 * the title `refused` in it fails as a whole, and every task while the disk is full.
 */
export class FakeIndexes {
  readonly all = new Map<Generation, FakeIndex>();
  fullDisk = false;
  /** How many tasks there were, and how often somebody had the open ones cancelled. */
  tasks = 0;
  cancellations = 0;
  private made = 0;
  private readonly failed = new Map<number, { code: string; type: string }>();

  /** The server as a feeder reaches it. */
  reached({ beforeSend, afterEnsure, afterSwap }: Delays = {}): MeilisearchIndexes {
    const reached: Reached = {
      server: this.server as unknown as MeilisearchIndexes['server'],
      ensure: async (generation) => {
        await this.ensure(generation);
        await afterEnsure?.();
      },
      drop: (generation) => this.drop(generation),
      send: async (lines, generation) => {
        const documents = lines.map((line) => JSON.parse(line) as IndexDocument);
        await beforeSend?.(documents, generation);
        return this.send(documents, generation);
      },
      discard: (ids, generation) => this.discard(ids, generation),
      swap: async () => {
        await this.swap();
        await afterSwap?.();
      },
      createdAt: (generation) => Promise.resolve(this.all.get(generation)?.made),
      documents: (generation) => Promise.resolve(this.index(generation).documents.size),
    };
    return reached as MeilisearchIndexes;
  }

  /** Titles by id, in the order of the ids. */
  titles(generation: Generation = 'live'): Record<string, string> {
    const documents = [...(this.all.get(generation)?.documents.values() ?? [])];
    return Object.fromEntries(
      documents.sort((a, b) => (a.id < b.id ? -1 : 1)).map(({ id, title }) => [id, title ?? '']),
    );
  }

  private ensure(generation: Generation): Promise<void> {
    this.index(generation).hasSettings = true;
    return Promise.resolve();
  }

  private drop(generation: Generation): Promise<void> {
    this.all.delete(generation);
    return Promise.resolve();
  }

  private send(documents: readonly IndexDocument[], generation: Generation): Promise<number[]> {
    const uid = ++this.tasks;
    if (this.fullDisk) this.failed.set(uid, DISK_FULL);
    else if (documents.some(({ title }) => title === 'refused')) this.failed.set(uid, DOCUMENT_AT_FAULT);
    else for (const document of documents) this.index(generation).documents.set(document.id, document);
    return Promise.resolve([uid]);
  }

  private discard(ids: readonly string[], generation: Generation): Promise<number> {
    for (const id of ids) this.index(generation).documents.delete(id);
    return Promise.resolve(++this.tasks);
  }

  private async swap(): Promise<void> {
    await this.ensure('live');
    const [live, next] = [this.index('live'), this.index('next')];
    this.all.set('live', next).set('next', live);
  }

  private readonly server = {
    assertGoing: (): void => undefined,
    cancelTasks: (): Promise<void> => {
      this.cancellations += 1;
      return Promise.resolve();
    },
    finished: (uids: readonly number[]): Promise<void> => {
      const reason = uids.map((uid) => this.failed.get(uid)).find(Boolean);
      return reason ? Promise.reject(new MeilisearchTaskError(reason.code, reason)) : Promise.resolve();
    },
  };

  private index(generation: Generation): FakeIndex {
    const known = this.all.get(generation);
    if (known) return known;
    const made = { made: `index ${++this.made}`, hasSettings: false, documents: new Map() };
    this.all.set(generation, made);
    return made;
  }
}
