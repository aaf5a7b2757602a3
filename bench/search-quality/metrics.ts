/** Normalised discounted cumulative gain of the first ten, gains 2^grade − 1, against the best order of all judged. */
export function ndcg10(grades: readonly number[], all: readonly number[]): number {
  const gain = (list: readonly number[]): number =>
    list.slice(0, 10).reduce((sum, grade, i) => sum + (2 ** grade - 1) / Math.log2(i + 2), 0);
  const best = gain([...all].sort((a, b) => b - a));
  return best > 0 ? gain(grades) / best : 1;
}

/** Half of the queries are looked at while tuning; the other half only tells whether it helped. */
export function isHeldOut(query: string): boolean {
  let hash = 7;
  for (const sign of query) hash = (hash * 31 + sign.codePointAt(0)!) >>> 0;
  return (hash >>> 4) % 2 === 1;
}
