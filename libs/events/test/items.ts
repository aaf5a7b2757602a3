import { z } from 'zod';
import { defineTopic, type TopicDefinition } from '#contracts';

/** The aggregate of the tests. */
export const itemState = z.object({ id: z.uuid(), version: z.int().min(1), label: z.string() });
export type Item = z.infer<typeof itemState>;

let made = 0;

/** A topic of its own for one test: a log cannot be emptied. */
export function itemTopic(partitions = 3): TopicDefinition<Item> {
  const name = `suite.item-${Date.now().toString(36)}-${process.pid}-${++made}`;
  return defineTopic({ name, state: itemState, happenings: ['made', 'changed', 'erased'], partitions });
}

/** A deterministic stream of numbers in [0, 1). */
export function randomOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** A UUID of a stream of numbers. */
export function uuidOf(random: () => number): string {
  const hex = (length: number): string =>
    Array.from({ length }, () => Math.floor(random() * 16).toString(16)).join('');
  return `${hex(8)}-${hex(4)}-4${hex(3)}-8${hex(3)}-${hex(12)}`;
}
