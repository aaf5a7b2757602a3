import { Random } from '../../apps/allinone/src/demo/random.js';

/** Random numbers below one that a seed repeats. */
export function seeded(seed: number): () => number {
  const random = new Random(seed);
  return () => random.next();
}
