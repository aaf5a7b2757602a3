import type { IHeaders, KafkaMessage } from 'kafkajs';
import type { LogRecord } from '../../driver.js';

/** A message as a record: CloudEvents in binary mode, texts instead of bytes. */
export function toRecord(topic: string, partition: number, message: KafkaMessage): LogRecord {
  return {
    topic,
    partition,
    offset: Number(message.offset),
    key: message.key ? text(message.key) : '',
    headers: toHeaders(message.headers),
    value: message.value ? text(message.value) : null,
  };
}

function toHeaders(headers: IHeaders = {}): Record<string, string> {
  const texts: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    const last = Array.isArray(value) ? value.at(-1) : value;
    if (last !== undefined) texts[text(name)] = text(last);
  }
  return texts;
}

/** Anyone can write bytes into a topic; a NUL would be refused by the dead letters' table too, again and again. */
function text(bytes: Buffer | string): string {
  return bytes.toString('utf8').replaceAll('\0', '\uFFFD');
}
