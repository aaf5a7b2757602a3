import { setTimeout as sleep } from 'node:timers/promises';
import { Meilisearch, MeilisearchApiError } from 'meilisearch';
import { v5 as uuidOf } from 'uuid';
import { SlowTasks } from './slow-tasks.js';

export interface MeilisearchOptions {
  url: string;
  /** A key that may write; one that may manage keys lets searches go by a key that can only search. */
  key?: string;
  /** Name of the live index; the one beside it is `<name>_next`. */
  index?: string;
  logger: ServerLogger;
}

export interface ServerLogger {
  info(context: object, message: string): void;
  warn(context: object, message: string): void;
  error(context: object, message: string): void;
}

const SEARCH_MS = 2_000;
const WRITE_MS = 60_000;
/** So long nothing may move on the server while we wait for a task. */
const STANDSTILL_MS = 300_000;
const POLL_MS = 25;
/** Names search keys: the same for every instance. */
const KEYS = 'b1f6b0a2-5d0f-5b0c-9a3e-5f3b1a6f7c1d';
/**
 * A compressed answer comes in chunks and waits for a delayed acknowledgement: 44 ms instead of two, measured with
 * meilisearch-js 0.62.
 */
const PLAIN = { headers: { 'accept-encoding': 'identity' } };

/** A task of the server did not do what it was to do, or nothing moves on the server. */
export class MeilisearchTaskError extends Error {
  override name = 'MeilisearchTaskError';

  /** @param reason the server's: type `system` is its machine's (disk full), code `invalid_document_…` a document's */
  constructor(
    message: string,
    readonly reason?: { code: string; type: string },
  ) {
    super(message);
  }
}

/** Whether the server said that there is no such thing. */
export function isMissing(error: unknown): boolean {
  return error instanceof MeilisearchApiError && error.response.status === 404;
}

/** A Meilisearch server: one client that writes, one that searches. */
export class MeilisearchServer {
  readonly writer: Meilisearch;
  readonly names: { live: string; next: string };
  private reading?: Promise<Meilisearch>;
  private readonly ending = new AbortController();
  private readonly slowTasks = new SlowTasks((ms) =>
    this.options.logger.warn(
      { ms },
      'Meilisearch takes long for every task, however small; was it started with --max-indexing-memory 1GiB? (docs/operations.md)',
    ),
  );

  constructor(private readonly options: MeilisearchOptions) {
    const { url: host, key: apiKey, index = 'openings' } = options;
    this.names = { live: index, next: `${index}_next` };
    this.writer = new Meilisearch({ host, apiKey, timeout: WRITE_MS, requestInit: PLAIN });
  }

  /** A client for searches, with a key that can do nothing else where `MEILI_KEY` may make one. */
  get reader(): Promise<Meilisearch> {
    this.reading ??= this.searchKey().then(
      (apiKey) => new Meilisearch({ host: this.options.url, apiKey, timeout: SEARCH_MS, requestInit: PLAIN }),
    );
    this.reading.catch(() => (this.reading = undefined));
    return this.reading;
  }

  /** The search key is made anew: a server that lost its data has lost its keys too. */
  forgetKey(): void {
    this.reading = undefined;
  }

  /** Ends every wait for tasks, for a stop. */
  end(): void {
    this.ending.abort();
  }

  /** @throws AbortError after `end` */
  assertGoing(): void {
    this.ending.signal.throwIfAborted();
  }

  /** Takes back the key of the searches, for an index that is given up. */
  async dropSearchKey(): Promise<void> {
    await this.writer.deleteKey(this.searchKeyUid).catch((error: unknown) => {
      if (!(error instanceof MeilisearchApiError)) throw error;
    });
  }

  /** @throws when the server does not answer, or is not well */
  async check(timeoutMs = SEARCH_MS): Promise<void> {
    const response = await fetch(new URL('health', slashed(this.options.url)), {
      ...PLAIN,
      signal: AbortSignal.timeout(timeoutMs),
    });
    if (!response.ok) throw new Error(`Meilisearch answers ${response.status}`);
  }

  /**
   * Waits until all of these tasks have succeeded, as long as the server gets on with anything.
   * @throws MeilisearchTaskError when one failed, or the server stands still; an AbortError after `end`
   */
  async finished(uids: readonly number[], standstillMs = STANDSTILL_MS): Promise<void> {
    let progress = '';
    let until = Date.now() + standstillMs;
    for (const uid of uids) {
      for (;;) {
        this.assertGoing();
        const task = await this.writer.tasks.getTask(uid);
        if (task.status === 'succeeded') {
          this.slowTasks.note(task);
          break;
        }
        if (task.status === 'failed' || task.status === 'canceled')
          throw new MeilisearchTaskError(
            `Meilisearch could not do ${task.type} (task ${uid}, ${task.status}): ${task.error?.message ?? 'no reason given'}`,
            task.error ?? undefined,
          );
        if (Date.now() > until) {
          const before = progress;
          progress = await this.progress();
          if (progress === before)
            throw new MeilisearchTaskError(
              `Meilisearch did not get on with task ${uid} for ${Math.round(standstillMs / 1000)} s.`,
            );
          until = Date.now() + standstillMs;
        }
        await sleep(POLL_MS, undefined, { signal: this.ending.signal });
      }
    }
  }

  /** Takes back what was asked for our indexes and is not done, whoever asked. */
  async cancelTasks(): Promise<void> {
    const { tasks } = this.writer;
    const ours = Object.values(this.names);
    const statuses: ('enqueued' | 'processing')[] = ['enqueued', 'processing'];
    const cancelled = [(await tasks.cancelTasks({ indexUids: ours, statuses })).taskUid];
    // A swap belongs to no index in particular.
    const { results } = await tasks.getTasks({ types: ['indexSwap'], statuses, limit: 1_000 });
    const uids = results.flatMap(({ uid, details }) =>
      details?.swaps?.some(({ indexes }) => indexes.some((name) => ours.includes(name))) ? [uid] : [],
    );
    if (uids.length) cancelled.push((await tasks.cancelTasks({ uids })).taskUid);
    await this.finished(cancelled);
  }

  /** What the server is at. */
  private async progress(): Promise<string> {
    const { results } = await this.writer.batches.getBatches({ limit: 1 });
    return JSON.stringify(results.map(({ uid, progress }) => [uid, progress]));
  }

  /** Forgets finished tasks of our indexes that are older than `hours`. */
  async pruneTasks(hours = 1): Promise<void> {
    await this.writer.tasks.deleteTasks({
      indexUids: Object.values(this.names),
      statuses: ['succeeded', 'failed', 'canceled'],
      beforeFinishedAt: new Date(Date.now() - hours * 3_600_000).toISOString(),
    });
  }

  private get searchKeyUid(): string {
    return uuidOf(Object.values(this.names).join(), KEYS);
  }

  private async searchKey(): Promise<string | undefined> {
    const indexes = Object.values(this.names);
    const uid = this.searchKeyUid;
    try {
      const known = await this.writer.getKey(uid).catch((error: unknown) => {
        if (isMissing(error)) return undefined;
        throw error;
      });
      const name = `search ${this.names.live}`;
      const made =
        known ?? (await this.writer.createKey({ uid, name, actions: ['search'], indexes, expiresAt: null }));
      return made.key;
    } catch (error) {
      if (!(error instanceof MeilisearchApiError) || error.response.status >= 500) throw error;
      this.options.logger.warn(
        { cause: error.message },
        'MEILI_KEY may not make keys: searches go by MEILI_KEY itself',
      );
      return this.options.key;
    }
  }
}

const slashed = (url: string): string => (url.endsWith('/') ? url : `${url}/`);
