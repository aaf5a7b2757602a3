import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import kafkajs, { type ConsumerRunConfig, type EachBatchPayload, type Kafka } from 'kafkajs';
import { eventually } from '#platform/testing';
import { silent } from '../../../test/item-service.js';
import { type LogOffsets, PositionBeyondLogError } from './log-offsets.js';
import { KafkaSubscription } from './subscription.js';

/** All but the interval between two commits. */
const REAL = [
  ...(['Date', 'hrtime', 'nextTick', 'performance', 'queueMicrotask'] as const),
  ...(['setImmediate', 'clearImmediate', 'setTimeout', 'clearTimeout'] as const),
];

const GONE = new kafkajs.KafkaJSNonRetriableError('Consumer group was not initialized');

/** kafkajs's consumer as far as a subscription uses it: its group can go, as it does in a crash. */
class FakeConsumer {
  readonly events = { CRASH: 'crash', GROUP_JOIN: 'join', END_BATCH_PROCESS: 'end' };
  readonly listeners = new Map<string, (event: object) => void>();
  readonly orders: string[] = [];
  readonly committed: string[] = [];
  readonly commitFails = new Set<number>();
  commits = 0;
  hasGroup = true;
  eachBatch?: ConsumerRunConfig['eachBatch'];

  on = (name: string, listener: (event: object) => void) => void this.listeners.set(name, listener);
  connect = () => Promise.resolve();
  disconnect = () => Promise.resolve();
  subscribe = () => Promise.resolve();
  run = ({ eachBatch }: ConsumerRunConfig) => {
    this.eachBatch = eachBatch;
    this.listeners.get('join')?.({ payload: { memberAssignment: { t: [0] } } });
    return Promise.resolve();
  };
  pause = () => this.order('pause');
  resume = () => this.order('resume');
  seek = () => this.order('seek');
  commitOffsets = ([place]: { offset: string }[]) => {
    if (this.commitFails.has(++this.commits)) return Promise.reject(new Error('coordinator is loading'));
    this.committed.push(place?.offset ?? '');
    return Promise.resolve();
  };

  batch(offset: number): Promise<void> {
    const messages = [
      { key: Buffer.from('k'), value: Buffer.from('{}'), headers: {}, offset: String(offset) },
    ];
    const batch = { topic: 't', partition: 0, messages, lastOffset: () => String(offset) };
    return this.eachBatch?.({ batch } as unknown as EachBatchPayload) ?? Promise.reject(new Error('not run'));
  }

  private order(name: string): void {
    if (!this.hasGroup) throw GONE;
    this.orders.push(name);
  }
}

describe('A Kafka subscription', () => {
  let consumer: FakeConsumer;
  let handle: () => Promise<void>;
  let startFrom: (position: number) => Promise<number>;
  let warnings: string[];
  let subscription: KafkaSubscription;
  const unhandled: unknown[] = [];
  const onUnhandled = (error: unknown): void => void unhandled.push(error);

  beforeEach(async () => {
    jest.useFakeTimers({ doNotFake: [...REAL] });
    process.on('unhandledRejection', onUnhandled);
    unhandled.length = 0;
    consumer = new FakeConsumer();
    handle = () => Promise.resolve();
    startFrom = (position) => Promise.resolve(position);
    warnings = [];
    const logger = { ...silent, warn: (_: object, message: string) => warnings.push(message) };
    subscription = new KafkaSubscription(
      { consumer: () => consumer } as unknown as Kafka,
      {
        startFrom: (_: string, __: number, position: number) => startFrom(position),
        mayHaveMissedErasures: () => Promise.resolve(false),
      } as unknown as LogOffsets,
      { group: 'g', topics: ['t'], position: () => Promise.resolve(0), handle: () => handle() },
      { logger, sessionTimeoutMs: 6_000, heartbeatMs: 300 },
    );
    subscription.start();
    await eventually(() => consumer.orders.includes('resume'));
  });
  afterEach(async () => {
    await subscription.stop();
    process.off('unhandledRejection', onUnhandled);
    jest.useRealTimers();
  });

  it('survives a slow batch that ends between the crash of its consumer and the news of it', async () => {
    let finish: () => void = () => undefined;
    handle = () => new Promise((resolve) => (finish = resolve));
    await consumer.batch(0);
    expect(consumer.orders).toEqual(['pause', 'seek', 'resume', 'pause']);
    consumer.hasGroup = false;
    finish();
    // A slow batch that begins now is paused in vain, too.
    handle = () => new Promise((resolve) => setTimeout(resolve, 100));
    await consumer.batch(1);
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(unhandled).toEqual([]);
  });

  it('tells Kafka a position again when it was not taken', async () => {
    consumer.commitFails.add(1);
    await consumer.batch(4);
    jest.advanceTimersByTime(5_000);
    await eventually(() => consumer.commits === 1);
    expect(consumer.committed).toEqual([]);
    jest.advanceTimersByTime(5_000);
    await eventually(() => consumer.committed.length === 1);
    expect(consumer.committed).toEqual(['5']);
    jest.advanceTimersByTime(5_000);
    await new Promise((resolve) => setImmediate(resolve));
    expect(consumer.commits).toBe(2);
  });

  it('tells once that a position is beyond the log’s end, however often it looks and how far the log has grown', async () => {
    let end = 0;
    startFrom = () => {
      end++;
      return Promise.reject(new PositionBeyondLogError(`t/0 ends at ${end}, before the stored position 9`));
    };
    handle = () => Promise.reject(new Error('away'));
    await consumer.batch(0);
    await eventually(() => end >= 3);
    expect(warnings).toEqual([
      'batch not handled, it will be read again',
      'cannot tell where to read on, asked again',
    ]);
    expect(subscription.trouble).toMatch(/^group g is held up in t\/0: t\/0 ends at \d/);
  });

  it('tells a cause again once the partition got on meanwhile', async () => {
    handle = () => Promise.reject(new Error('away'));
    await consumer.batch(0);
    await consumer.batch(0);
    expect(warnings).toHaveLength(1);
    handle = () => Promise.resolve();
    await consumer.batch(0);
    handle = () => Promise.reject(new Error('away'));
    await consumer.batch(1);
    expect(warnings).toHaveLength(2);
  });
});
