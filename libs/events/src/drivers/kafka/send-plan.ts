import type { Message, TopicMessages } from 'kafkajs';
import type { OutgoingRecord } from '../../driver.js';

export interface PlacedRecord extends OutgoingRecord {
  partition: number;
}

/** What a broker's answer says of one partition (part of kafkajs's RecordMetadata). */
export interface Acknowledgement {
  topicName: string;
  partition: number;
  errorCode: number;
}

interface Chunk {
  messages: Message[];
  bytes: number;
}

interface Queue {
  topic: string;
  partition: number;
  chunks: Chunk[];
}

/** Brokers refuse what a partition gets at once above 1 MiB; this leaves room for the format around the messages. */
const CHUNK_BYTES = 900_000;
/** Of each message and header: lengths, attributes, time. */
const OVERHEAD_BYTES = 24;

/**
 * What is to be sent and what has been acknowledged. Each partition's records go out in order, a chunk at a time;
 * the next chunk of a partition is sent only once a broker has answered for the one before.
 */
export class SendPlan {
  private readonly queues = new Map<string, Queue>();

  constructor(records: readonly PlacedRecord[]) {
    for (const record of records) this.add(record);
  }

  get done(): boolean {
    return this.queues.size === 0;
  }

  /** The chunk in turn of every partition that has one, by topic, and their size before compression. */
  round(): { topicMessages: TopicMessages[]; bytes: number } {
    const byTopic = new Map<string, Message[]>();
    let bytes = 0;
    for (const { topic, chunks } of this.queues.values()) {
      const [chunk] = chunks;
      if (!chunk) continue;
      bytes += chunk.bytes;
      byTopic.set(topic, [...(byTopic.get(topic) ?? []), ...chunk.messages]);
    }
    return { topicMessages: [...byTopic].map(([topic, messages]) => ({ topic, messages })), bytes };
  }

  /**
   * Takes in the answer to a round: what it does not name stays in turn, ahead of everything later.
   * @returns the partitions that were sent and not answered, as `topic/partition`
   */
  acknowledge(answers: readonly Acknowledgement[]): string[] {
    const answered = new Set(
      answers.filter(({ errorCode }) => errorCode === 0).map((a) => keyOf(a.topicName, a.partition)),
    );
    const missing: string[] = [];
    for (const [key, { chunks }] of this.queues) {
      if (!answered.has(key)) missing.push(key);
      else if (chunks.length > 1) chunks.shift();
      else this.queues.delete(key);
    }
    return missing;
  }

  private add({ topic, partition, key, headers, value }: PlacedRecord): void {
    const id = keyOf(topic, partition);
    const queue = this.queues.get(id) ?? { topic, partition, chunks: [] };
    this.queues.set(id, queue);
    const bytes = sizeOf(key, value, headers);
    let chunk = queue.chunks.at(-1);
    if (!chunk || chunk.bytes + bytes > CHUNK_BYTES) queue.chunks.push((chunk = { messages: [], bytes: 0 }));
    chunk.messages.push({ key, value, headers, partition });
    chunk.bytes += bytes;
  }
}

function keyOf(topic: string, partition: number): string {
  return `${topic}/${partition}`;
}

function sizeOf(key: string, value: string | null, headers: Record<string, string>): number {
  let bytes = OVERHEAD_BYTES + Buffer.byteLength(key) + (value === null ? 0 : Buffer.byteLength(value));
  for (const [name, text] of Object.entries(headers))
    bytes += OVERHEAD_BYTES + name.length + Buffer.byteLength(text);
  return bytes;
}
