import { setTimeout as sleep } from 'node:timers/promises';
import type { DataSource } from 'typeorm';
import type { EventLogDriver, PartitionEnd, Subscription, TopicSpec } from '../driver.js';
import type { DomainEvent } from '../event.js';
import type { EventsLogger } from '../logger.js';
import { Signal } from '../signal.js';
import { within } from '../within.js';
import { BatchProcessor, type ProcessorOptions } from './batch-processor.js';
import type { DeadLetters } from './dead-letters.js';
import type { EventHandler, HandlerKind } from './handler.js';
import { DEFAULT_RETENTION, prune, type Retention } from './housekeeping.js';
import { LogLostError, type PartitionLag } from './lag.js';
import { loadPosition, loadPositions, restartPositions } from './positions.js';
import { rebuildProjections, type RebuildReport, type RebuildTarget } from './rebuild.js';

export interface RuntimeOptions {
  service: string;
  logger: EventsLogger;
  /** What the service writes: made with what it reads. */
  topics?: readonly TopicSpec[];
  around?: (event: DomainEvent, run: () => Promise<void>) => Promise<void>;
  /** How often a batch is tried before it is halved, and the first pause between two tries (ms). */
  attempts?: number;
  backoffMs?: number;
  retention?: Retention;
  /** A rebuild in which nothing moved for so long gives up (ms); default one minute. */
  rebuildStuckAfterMs?: number;
}

/** A consumer group and what it reads. */
interface GroupTopics {
  group: string;
  topics: string[];
}

/** The group of a service's handlers of one kind: a poison effect holds up no projection. */
export function groupOf(service: string, kind: HandlerKind): string {
  return kind === 'projection' ? service : `${service}.effects`;
}

const KINDS = ['projection', 'effect'] as const;
const PRUNE_EVERY_MS = 3_600_000;
const LONGEST_PAUSE_MS = 5_000;
/** A start waits so long for the log (ms), then goes on without it. */
const FIRST_MS = 5_000;
/** A stop waits so long for a log that is away (ms). */
const GIVE_UP_MS = 1_000;

/** Runs a service's event handlers: one consumer group for its projections and one for its effects. */
export class ConsumerRuntime {
  private readonly handlers: EventHandler[] = [];
  private readonly subscriptions = new Map<HandlerKind, Subscription>();
  private readonly stopSignal = new Signal();
  private stopping = false;
  private subscribing?: Promise<void>;
  private cause?: string;
  private pruning?: NodeJS.Timeout;

  constructor(
    private readonly dataSource: DataSource,
    private readonly driver: EventLogDriver,
    private readonly deadLetters: DeadLetters,
    private readonly options: RuntimeOptions,
  ) {}

  register(handler: EventHandler): void {
    if (this.handlers.some((h) => h.topic.name === handler.topic.name && h.kind === handler.kind)) {
      throw new Error(`${this.options.service} has two ${handler.kind}s of ${handler.topic.name}`);
    }
    this.handlers.push(handler);
  }

  /**
   * Makes the topics and subscribes. When the log cannot be reached it goes on trying in the background: a service
   * starts and serves without the log, and its consumers follow.
   */
  async start(): Promise<void> {
    if (this.topics().length === 0) return;
    if (this.handlers.length > 0) {
      this.pruning = setInterval(() => void this.prune(), PRUNE_EVERY_MS);
      this.pruning.unref();
    }
    const first = this.subscribed();
    this.subscribing = first.then((all) => (all ? undefined : this.keepSubscribing()));
    await within(FIRST_MS, first);
  }

  /** Why topics and consumers are not there yet, if they are not. */
  get trouble(): string | undefined {
    return this.cause;
  }

  async stop(): Promise<void> {
    this.stopping = true;
    this.stopSignal.raise();
    clearInterval(this.pruning);
    if (this.subscribing) await within(GIVE_UP_MS, this.subscribing);
    await Promise.all([...this.subscriptions.values()].map((subscription) => subscription.stop()));
    this.subscriptions.clear();
  }

  /** How far each group is behind the log, or that it has read another log than this one. */
  async lag(): Promise<PartitionLag[]> {
    const lags: PartitionLag[] = [];
    for (const group of this.groups()) lags.push(...(await this.lagOf(group)));
    return lags;
  }

  /**
   * Resolves when everything that was in the log at the call has been handled, or rejects after `timeoutMs`.
   * @throws LogLostError when a group has read another log than this one
   */
  async caughtUp(timeoutMs = 30_000): Promise<void> {
    const deadline = Date.now() + timeoutMs;
    const all: { read: GroupTopics; ends: PartitionEnd[] }[] = [];
    for (const read of this.groups()) all.push({ read, ends: await this.driver.ends(read.topics) });
    for (const { read, ends } of all) {
      const { group } = read;
      for (;;) {
        const positions = await loadPositions(this.dataSource, group);
        const ahead = ends.map(({ topic, partition, end }) => positions.of(topic, partition) - end);
        if (ahead.every((events) => events >= 0)) {
          // Further than the log was at the call: it has grown since, or is not the one that was read.
          if (ahead.some((events) => events > 0)) await this.assertInLog(read);
          break;
        }
        if (Date.now() > deadline || this.stopping) throw new Error(`${group} did not catch up in time`);
        await sleep(20);
      }
    }
  }

  /**
   * Handles a dead letter again.
   * @returns false when there is no open dead letter of this id; rejects with the cause when it fails again
   */
  async replay(id: string): Promise<boolean> {
    return this.dataSource.transaction(async (tx) => {
      const letter = await this.deadLetters.take(tx, id);
      if (!letter) return false;
      const handler = this.handlers.find(
        (h) => h.topic.name === letter.topic && groupOf(this.options.service, h.kind) === letter.group,
      );
      if (!handler) throw new Error(`${letter.group} no longer handles ${letter.topic}`);
      await this.processor(letter.group, handler.kind).replay(handler, letter, tx);
      await this.deadLetters.markReplayed(tx, id);
      return true;
    });
  }

  /**
   * Replays the log into tables beside the live ones and swaps; effects do not run.
   * @param force also from a log that is not the one that was read: what it lacks is then lost in the read model
   * @throws LogLostError, RebuildError when another one runs or nothing moves any more; the live tables are as they were
   */
  async rebuild(target: RebuildTarget, { force = false } = {}): Promise<RebuildReport> {
    if (!force) for (const read of this.groups()) await this.assertInLog(read);
    const liveGroup = groupOf(this.options.service, 'projection');
    return rebuildProjections({
      dataSource: this.dataSource,
      driver: this.driver,
      liveGroup,
      topics: [...this.byTopic('projection').keys()],
      target,
      stuckAfterMs: this.options.rebuildStuckAfterMs ?? 60_000,
      aborted: () => this.stopping,
      processor: (group, before) => this.processor(group, 'projection', { before, buryAs: liveGroup }),
    });
  }

  /**
   * Groups whose position lies beyond the log's end read from its start. For a lost log into which the owners have said
   * all states of these topics again.
   * @returns how many positions were put right
   */
  async readAnew(topics: readonly string[]): Promise<number> {
    const lost = (await this.lag()).filter(
      ({ topic, state }) => state === 'beyond-end' && topics.includes(topic),
    );
    await restartPositions(this.dataSource, lost);
    return lost.length;
  }

  /** Subscribes what is not yet subscribed. Returns whether all is. */
  private async subscribed(): Promise<boolean> {
    try {
      await this.driver.ensureTopics(this.topics());
      for (const kind of KINDS) {
        if (this.subscriptions.has(kind) || this.byTopic(kind).size === 0) continue;
        if (this.stopping) return false;
        const subscription = await this.subscribe(kind);
        // Nobody waits any more for what comes after a stop.
        if (this.stopping) await subscription.stop();
        else this.subscriptions.set(kind, subscription);
      }
      this.cause = undefined;
      return true;
    } catch (err) {
      const { logger, service } = this.options;
      const cause = err instanceof Error ? err.message : String(err);
      if (cause !== this.cause)
        logger.error(
          { err, service },
          'the event log cannot be reached; topics and consumers are tried again',
        );
      this.cause = cause;
      return false;
    }
  }

  private topics(): TopicSpec[] {
    const all = [...(this.options.topics ?? []), ...this.handlers.map(({ topic }) => topic)];
    return [...new Map(all.map(({ name, partitions }) => [name, { name, partitions }])).values()];
  }

  private async keepSubscribing(): Promise<void> {
    for (let pause = 250; !this.stopping; pause = Math.min(pause * 2, LONGEST_PAUSE_MS)) {
      await this.stopSignal.wait(pause);
      if (this.stopping || (await this.subscribed())) return;
    }
  }

  private subscribe(kind: HandlerKind): Promise<Subscription> {
    const group = groupOf(this.options.service, kind);
    const processor = this.processor(group, kind);
    return this.driver.subscribe({
      group,
      topics: [...this.byTopic(kind).keys()],
      position: (topic, partition) => loadPosition(this.dataSource, group, topic, partition),
      handle: (batch) => processor.process(batch),
    });
  }

  private async lagOf({ group, topics }: GroupTopics): Promise<PartitionLag[]> {
    const positions = await loadPositions(this.dataSource, group);
    const isBeyond = ({ topic, partition, end }: PartitionEnd): boolean =>
      positions.of(topic, partition) > end;
    // Asked after the positions, and once more where one is beyond: an answer may have been on its way already.
    let ends = await this.driver.ends(topics);
    if (ends.some(isBeyond)) ends = await this.driver.ends(topics);
    return ends.map((each) => {
      const { topic, partition, end } = each;
      const position = positions.of(topic, partition);
      const lag = Math.max(0, end - position);
      return { group, topic, partition, position, lag, state: isBeyond(each) ? 'beyond-end' : 'in-log' };
    });
  }

  private async assertInLog(read: GroupTopics): Promise<void> {
    const lost = (await this.lagOf(read)).find(({ state }) => state === 'beyond-end');
    if (lost) throw new LogLostError(lost);
  }

  /** The groups that read something, and what. */
  private groups(): GroupTopics[] {
    return KINDS.map((kind) => ({
      group: groupOf(this.options.service, kind),
      topics: [...this.byTopic(kind).keys()],
    })).filter(({ topics }) => topics.length > 0);
  }

  private async prune(): Promise<void> {
    const { logger, service, retention = DEFAULT_RETENTION } = this.options;
    try {
      await prune(this.dataSource, retention);
    } catch (err) {
      logger.warn({ err, service }, 'could not remove old inbox rows and dead letters');
    }
  }

  private byTopic(kind: HandlerKind): Map<string, EventHandler> {
    return new Map(this.handlers.filter((h) => h.kind === kind).map((h) => [h.topic.name, h]));
  }

  private processor(
    group: string,
    kind: HandlerKind,
    forRebuild?: Pick<ProcessorOptions, 'before' | 'buryAs'>,
  ): BatchProcessor {
    const { service, logger, around, attempts, backoffMs } = this.options;
    const handlers = this.byTopic(kind);
    return new BatchProcessor(this.dataSource, this.deadLetters, {
      ...{ service, group, handlers, logger, around, attempts, backoffMs },
      ...forRebuild,
    });
  }
}
