/**
 * The partition of a key: Kafka's default partitioner (murmur2 of the UTF-8 key), so that both drivers place
 * a key alike and any Kafka producer agrees.
 */
export function partitionOf(key: string, partitions: number): number {
  return (murmur2(Buffer.from(key, 'utf8')) & 0x7fffffff) % partitions;
}

/** 32-bit murmur2 with Kafka's seed (org.apache.kafka.common.utils.Utils#murmur2). */
function murmur2(data: Buffer): number {
  const m = 0x5bd1e995;
  let h = 0x9747b28c ^ data.length;
  const words = data.length & ~3;
  for (let i = 0; i < words; i += 4) {
    let k = Math.imul(data.readInt32LE(i), m);
    k = Math.imul(k ^ (k >>> 24), m);
    h = Math.imul(h, m) ^ k;
  }
  const rest = data.length - words;
  if (rest === 3) h ^= (data[words + 2] ?? 0) << 16;
  if (rest >= 2) h ^= (data[words + 1] ?? 0) << 8;
  if (rest >= 1) h = Math.imul(h ^ (data[words] ?? 0), m);
  h = Math.imul(h ^ (h >>> 13), m);
  return h ^ (h >>> 15);
}
