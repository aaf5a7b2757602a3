import { randomUUID } from 'node:crypto';
import type { DataSource, EntityManager } from 'typeorm';

/** Another instance feeds the index now. */
export class LeaseLostError extends Error {
  override name = 'LeaseLostError';
}

/** What the index on the server holds whole; nulls while nobody can tell. */
export interface FeedState {
  /** Generation of the read model. */
  readModel: string | null;
  /** When the index was made, as the server tells it. */
  index: string | null;
}

/** One row: who feeds, since which epoch, until when; and what has been fed whole. */
export const FEED_SCHEMA = [
  `CREATE TABLE public.search_feed (
     only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
     holder text,
     epoch bigint NOT NULL DEFAULT 0,
     expires_at timestamptz NOT NULL DEFAULT '-infinity',
     read_model text,
     index_made text
   )`,
  `INSERT INTO public.search_feed DEFAULT VALUES`,
];

const LEASE_MS = 12_000;

/**
 * The right to feed the index: one instance has it at a time. Each taking over raises the epoch, and what is struck
 * out of the queue or said of the index is written in a transaction that finds holder and epoch unchanged: an
 * instance that was away writes nothing any more.
 */
export class FeedLease {
  private readonly holder = randomUUID();
  private epoch?: string;
  private until = 0;

  constructor(
    private readonly dataSource: DataSource,
    private readonly leaseMs = LEASE_MS,
    private readonly now: () => number = Date.now,
  ) {}

  /** Whether it is ours by our own clock, with a margin for the database's. */
  get isHeld(): boolean {
    return this.epoch !== undefined && this.now() < this.until;
  }

  /** Takes it when it is free, keeps it when it is ours. */
  async hold(): Promise<boolean> {
    const asked = this.now();
    const [rows] = await this.dataSource.query<[{ epoch: string }[], number]>(
      `UPDATE public.search_feed
       SET epoch = epoch + CASE WHEN holder = $1 AND epoch = $2 THEN 0 ELSE 1 END,
           holder = $1, expires_at = now() + make_interval(secs => $3::float8 / 1000)
       WHERE holder IS NULL OR expires_at < now() OR (holder = $1 AND epoch = $2)
       RETURNING epoch`,
      [this.holder, this.epoch ?? -1, this.leaseMs],
    );
    this.epoch = rows[0]?.epoch;
    this.until = rows[0] ? asked + this.leaseMs * 0.8 : 0;
    return this.isHeld;
  }

  /** Names this holding: it is another one after each taking over, our own too. Undefined while it is not ours. */
  get term(): string | undefined {
    return this.isHeld ? this.epoch : undefined;
  }

  /**
   * @returns the holding
   * @throws LeaseLostError when it may not be ours any more, or is ours anew
   */
  assertHeld(term = this.term): string {
    if (term === undefined || term !== this.term)
      throw new LeaseLostError('another instance may be feeding the search index');
    return term;
  }

  /**
   * Renews it for a step that its holder alone may do.
   * @throws LeaseLostError when it is not ours any more, or ours anew
   */
  async keep(term: string): Promise<void> {
    this.assertHeld(term);
    await this.hold();
    this.assertHeld(term);
  }

  /**
   * Runs `work` in a transaction in which nobody else takes over.
   * @throws LeaseLostError when somebody has; nothing is written then
   */
  async guarded<T>(work: (tx: EntityManager) => Promise<T>, term = this.epoch): Promise<T> {
    return this.dataSource.transaction(async (tx) => {
      const rows = await tx.query<unknown[]>(
        'SELECT FROM public.search_feed WHERE holder = $1 AND epoch = $2 FOR UPDATE',
        [this.holder, term ?? -1],
      );
      if (!rows.length) {
        // The database knows better than our clock.
        if (term === this.epoch) this.epoch = undefined;
        throw new LeaseLostError('another instance feeds the search index');
      }
      return work(tx);
    });
  }

  /** Gives it back, so that the next instance need not wait for its end. */
  async release(): Promise<void> {
    const { epoch } = this;
    this.epoch = undefined;
    if (epoch === undefined) return;
    await this.dataSource.query(
      `UPDATE public.search_feed SET holder = NULL, expires_at = '-infinity' WHERE holder = $1 AND epoch = $2`,
      [this.holder, epoch],
    );
  }

  async state(): Promise<FeedState> {
    const [row] = await this.dataSource.query<{ read_model: string | null; index_made: string | null }[]>(
      'SELECT read_model, index_made FROM public.search_feed',
    );
    return { readModel: row?.read_model ?? null, index: row?.index_made ?? null };
  }
}

/** Says what the index holds whole. */
export async function writeState(tx: Pick<EntityManager, 'query'>, state: FeedState): Promise<void> {
  await tx.query('UPDATE public.search_feed SET read_model = $1, index_made = $2', [
    state.readModel,
    state.index,
  ]);
}

/** Nobody knows what the index holds: whoever feeds next builds it anew. */
export const UNKNOWN: FeedState = { readModel: null, index: null };
