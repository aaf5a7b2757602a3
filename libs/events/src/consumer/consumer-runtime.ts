import { setTimeout as sleep } from 'node:timers/promises';
import type { DataSource, EntityManager } from 'typeorm';
import type { EventLogDriver, Subscription } from '../driver.js';
import type { DomainEvent } from '../event.js';
import type { EventsLogger } from '../logger.js';
import { BatchProcessor } from './batch-processor.js';
import type { DeadLetters } from './dead-letters.js';
import type { EventHandler, HandlerKind } from './handler.js';
import { loadPosition } from './positions.js';
import { rebuildProjections, type RebuildReport, type RebuildTarget } from './rebuild.js';

export interface RuntimeOptions {
  service: string;
  logger: EventsLogger;
  around?: (event: DomainEvent, run: () => Promise<void>) => Promise<void>;
}

export interface PartitionLag {
  group: string;
  topic: string;
  partition: number;
  lag: number;
}

/** The group of a service's handlers of one kind: a poison effect holds up no projection. */
export function groupOf(service: string, kind: HandlerKind): string {
  return kind === 'projection' ? service : `${service}.effects`;
}

/** Runs a service's event handlers: one consumer group for its projections and one for its effects. */
export class ConsumerRuntime {
  private readonly handlers: EventHandler[] = [];
  private subscriptions: Subscription[] = [];
  private stopping = false;

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

  /** Subscribes; while the log cannot be reached it keeps trying, so that a start does not depend on order. */
  async start(): Promise<void> {
    const topics = this.handlers.map(({ topic }) => ({ name: topic.name, partitions: topic.partitions }));
    await this.driver.ensureTopics(topics);
    for (const kind of ['projection', 'effect'] as const) {
      const handlers = this.byTopic(kind);
      if (handlers.size === 0) continue;
      const group = groupOf(this.options.service, kind);
      const processor = this.processor(group, handlers);
      this.subscriptions.push(
        await this.driver.subscribe({
          group,
          topics: [...handlers.keys()],
          position: (topic, partition) => loadPosition(this.dataSource, group, topic, partition),
          handle: (batch) => processor.process(batch),
        }),
      );
    }
  }

  async stop(): Promise<void> {
    this.stopping = true;
    await Promise.all(this.subscriptions.map((subscription) => subscription.stop()));
    this.subscriptions = [];
  }

  /** How far each group is behind the log. */
  async lag(): Promise<PartitionLag[]> {
    const lags: PartitionLag[] = [];
    for (const kind of ['projection', 'effect'] as const) {
      const topics = [...this.byTopic(kind).keys()];
      if (topics.length === 0) continue;
      const group = groupOf(this.options.service, kind);
      for (const { topic, partition, end } of await this.driver.ends(topics)) {
        const position = await loadPosition(this.dataSource, group, topic, partition);
        lags.push({ group, topic, partition, lag: Math.max(0, end - position) });
      }
    }
    return lags;
  }

  /** Resolves when everything that was in the log at the call has been handled, or rejects after `timeoutMs`. */
  async caughtUp(timeoutMs = 30_000): Promise<void> {
    const deadline = Date.now() + timeoutMs;
    const goals: { group: string; topic: string; partition: number; end: number }[] = [];
    for (const handler of this.handlers) {
      const group = groupOf(this.options.service, handler.kind);
      for (const end of await this.driver.ends([handler.topic.name])) goals.push({ group, ...end });
    }
    for (const goal of goals) {
      while ((await loadPosition(this.dataSource, goal.group, goal.topic, goal.partition)) < goal.end) {
        if (Date.now() > deadline || this.stopping) throw new Error(`${goal.group} did not catch up in time`);
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
      await this.processor(letter.group, this.byTopic(handler.kind)).replay(handler, letter, tx);
      await this.deadLetters.markReplayed(tx, id);
      return true;
    });
  }

  /** Replays the log into tables beside the live ones and swaps; effects do not run. */
  async rebuild(target: RebuildTarget): Promise<RebuildReport> {
    const handlers = this.byTopic('projection');
    const liveGroup = groupOf(this.options.service, 'projection');
    return rebuildProjections({
      dataSource: this.dataSource,
      driver: this.driver,
      liveGroup,
      topics: [...handlers.keys()],
      target,
      processor: (group, before) => this.processor(group, handlers, before),
    });
  }

  private byTopic(kind: HandlerKind): Map<string, EventHandler> {
    return new Map(this.handlers.filter((h) => h.kind === kind).map((h) => [h.topic.name, h]));
  }

  private processor(
    group: string,
    handlers: ReadonlyMap<string, EventHandler>,
    before?: (tx: EntityManager) => Promise<void>,
  ): BatchProcessor {
    const { logger, around } = this.options;
    const deadLetters = before ? undefined : this.deadLetters;
    return new BatchProcessor(this.dataSource, deadLetters, { group, handlers, logger, before, around });
  }
}
