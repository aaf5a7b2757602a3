import { describe, expect, it } from '@jest/globals';
import { type PlacedRecord, SendPlan } from './send-plan.js';

const record = (partition: number, key: string, value = '{}'): PlacedRecord => ({
  ...{ topic: 't', partition, key, value, eventId: key, headers: { ce_id: key } },
});
const answer = (partition: number, errorCode = 0) => ({ topicName: 't', partition, errorCode });
const keys = (plan: SendPlan): unknown[] =>
  plan.round().topicMessages.flatMap(({ messages }) => messages.map(({ key }) => key));

describe('What is sent to Kafka', () => {
  it('is done when every partition has been answered for', () => {
    const plan = new SendPlan([record(0, 'a'), record(1, 'b')]);
    expect(plan.done).toBe(false);
    expect(plan.acknowledge([answer(0), answer(1)])).toEqual([]);
    expect(plan.done).toBe(true);
  });

  it('stays in turn, and nothing else with it, where an acknowledgement is missing or an error', () => {
    const plan = new SendPlan([record(0, 'a'), record(1, 'b'), record(2, 'c'), record(1, 'b2')]);
    expect(plan.acknowledge([answer(0), answer(2, 6)])).toEqual(['t/1', 't/2']);
    expect(keys(plan)).toEqual(['b', 'b2', 'c']);
    expect(plan.acknowledge([answer(1)])).toEqual(['t/2']);
    expect(keys(plan)).toEqual(['c']);
    expect(plan.done).toBe(false);
  });

  it('does not take an answer of another topic for its own', () => {
    const plan = new SendPlan([record(0, 'a')]);
    expect(plan.acknowledge([{ ...answer(0), topicName: 'u' }])).toEqual(['t/0']);
  });

  it('goes out in pieces that a broker takes, a later one only after the one before', () => {
    const large = 'x'.repeat(400_000);
    const plan = new SendPlan(['a', 'b', 'c', 'd', 'e'].map((key) => record(0, key, large)));
    expect(keys(plan)).toEqual(['a', 'b']);
    plan.acknowledge([]);
    expect(keys(plan)).toEqual(['a', 'b']);
    plan.acknowledge([answer(0)]);
    expect(keys(plan)).toEqual(['c', 'd']);
    plan.acknowledge([answer(0)]);
    expect(keys(plan)).toEqual(['e']);
    plan.acknowledge([answer(0)]);
    expect(plan.done).toBe(true);
  });

  it('goes out alone when it is as large as an event may be, with the bytes counted and not the letters', () => {
    const plan = new SendPlan([record(0, 'a', 'ế'.repeat(333_000)), record(0, 'b')]);
    expect(keys(plan)).toEqual(['a']);
    expect(plan.round().bytes).toBeGreaterThan(999_000);
  });

  it('names the partition of every message, so that no one else chooses another', () => {
    const [sent] = new SendPlan([record(4, 'a')]).round().topicMessages;
    expect(sent).toEqual({
      topic: 't',
      messages: [{ key: 'a', value: '{}', headers: { ce_id: 'a' }, partition: 4 }],
    });
  });
});
