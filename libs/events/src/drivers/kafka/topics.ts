import { setTimeout as sleep } from 'node:timers/promises';
import kafkajs, { type Admin } from 'kafkajs';
import type { TopicSpec } from '../../driver.js';
import type { EventsLogger } from '../../logger.js';
import { correctedSettings, replicationFor, topicSettings } from './topic-settings.js';

interface TopicShape {
  partitions: number;
  replicas: number;
}

/** A topic exists in another form: the driver must not write to it. */
class TopicMismatchError extends Error {
  override name = 'TopicMismatchError';
}

function assertPartitions(name: string, present: number, declared = present): void {
  if (present === declared) return;
  throw new TopicMismatchError(
    `the topic ${name} has ${present} partitions and this version expects ${declared}: keys would change their place; copy it into a new topic, or put the number back`,
  );
}

/** What Kafka calls settings that are made on the topic itself. */
const DYNAMIC_TOPIC_CONFIG = 1;

/** How long the brokers may take until each of them knows a new topic (ms). */
const SPREAD_MS = 20_000;

/** Whether a broker was asked that does not know a new topic yet, or that has no leader yet. */
function isSpreading(error: unknown): boolean {
  const { type, cause } = error as { type?: string; cause?: { type?: string } };
  return [type, cause?.type].some((t) => t === 'UNKNOWN_TOPIC_OR_PARTITION' || t === 'LEADER_NOT_AVAILABLE');
}

/** Creates and checks the topics; knows how many partitions each has. */
export class Topics {
  private readonly partitions = new Map<string, number>();
  /** As this version declares them, whether they are there or not. */
  private readonly declared = new Map<string, number>();

  constructor(
    private readonly admin: Admin,
    private readonly logger: EventsLogger,
    /** Copies of each partition; by the number of brokers when not given. */
    private readonly replication?: number,
  ) {}

  /**
   * Creates what is missing. What exists must have as many partitions as wanted, because a key's place depends on
   * it; its settings are put right.
   * @throws TopicMismatchError
   */
  async ensure(specs: readonly TopicSpec[]): Promise<void> {
    if (specs.length === 0) return;
    for (const { name, partitions } of specs) this.declared.set(name, partitions);
    for (const deadline = Date.now() + SPREAD_MS; ;) {
      try {
        await this.ensureNow(specs);
        return;
      } catch (error) {
        if (!isSpreading(error) || Date.now() > deadline) throw error;
        await sleep(200);
      }
    }
  }

  /** @throws Error when there is no such topic, TopicMismatchError */
  async partitionsOf(name: string): Promise<number> {
    const known = this.partitions.get(name);
    if (known !== undefined) return known;
    if (!(await this.admin.listTopics()).includes(name))
      throw new Error(`the event log has no topic ${name}`);
    const shape = (await this.shapes([name])).get(name);
    if (!shape?.partitions) throw new Error(`the event log has no topic ${name}`);
    assertPartitions(name, shape.partitions, this.declared.get(name));
    this.partitions.set(name, shape.partitions);
    return shape.partitions;
  }

  private async ensureNow(specs: readonly TopicSpec[]): Promise<void> {
    const existing = new Set(await this.admin.listTopics());
    const missing = specs.filter(({ name }) => !existing.has(name));
    if (missing.length > 0) await this.create(missing);
    // Another process may have been first, so every topic is looked at.
    const shapes = await this.shapes(specs.map(({ name }) => name));
    for (const { name, partitions } of specs) {
      assertPartitions(name, shapes.get(name)?.partitions ?? 0, partitions);
      this.partitions.set(name, partitions);
    }
    await this.correct(shapes);
  }

  private async create(specs: readonly TopicSpec[]): Promise<void> {
    const replicas = this.replication ?? replicationFor((await this.admin.describeCluster()).brokers.length);
    const configEntries = Object.entries(topicSettings(replicas)).map(([name, value]) => ({ name, value }));
    await this.admin.createTopics({
      waitForLeaders: false,
      topics: specs.map(({ name, partitions }) => ({
        topic: name,
        numPartitions: partitions,
        replicationFactor: replicas,
        configEntries,
      })),
    });
  }

  private async shapes(names: string[]): Promise<Map<string, TopicShape>> {
    const { topics } = await this.admin.fetchTopicMetadata({ topics: names });
    return new Map(
      topics.map(({ name, partitions }) => [
        name,
        { partitions: partitions.length, replicas: Math.min(...partitions.map((p) => p.replicas.length)) },
      ]),
    );
  }

  private async correct(shapes: ReadonlyMap<string, TopicShape>): Promise<void> {
    const { resources } = await this.admin.describeConfigs({
      includeSynonyms: false,
      resources: [...shapes.keys()].map((name) => ({ type: kafkajs.ConfigResourceTypes.TOPIC, name })),
    });
    for (const { resourceName, configEntries } of resources) {
      const replicas = shapes.get(resourceName)?.replicas ?? 1;
      const present = configEntries.map(({ configName, configValue, configSource }) => ({
        ...{ name: configName, value: configValue, own: Number(configSource) === DYNAMIC_TOPIC_CONFIG },
      }));
      const { settings, changes } = correctedSettings(present, topicSettings(replicas));
      if (changes.length === 0) continue;
      await this.admin.alterConfigs({
        validateOnly: false,
        resources: [
          {
            type: kafkajs.ConfigResourceTypes.TOPIC,
            name: resourceName,
            configEntries: Object.entries(settings).map(([name, value]) => ({ name, value })),
          },
        ],
      });
      this.logger.warn({ topic: resourceName, changes }, 'settings of a topic put right');
    }
  }
}
