import type { ConnectionOptions } from 'node:tls';
import kafkajs, { type Kafka, type KafkaConfig, type logCreator } from 'kafkajs';
import type { FencedSockets } from './fenced-sockets.js';

export interface KafkaConnection {
  /** `host:port` of one broker at least; the others are learnt from it. */
  brokers: readonly string[];
  clientId: string;
  /** PEM texts; an empty object trusts the system's authorities. */
  tls?: Pick<ConnectionOptions, 'ca' | 'cert' | 'key'>;
  sasl?: { mechanism: 'plain' | 'scram-sha-256' | 'scram-sha-512'; username: string; password: string };
}

/** A broker that does not answer a request for so long is taken for dead (ms). */
const REQUEST_TIMEOUT_MS = 15_000;
const CONNECTION_TIMEOUT_MS = 3_000;

/** A kafkajs client whose connections are all in `sockets`. */
export function createClient(
  { brokers, clientId, tls, sasl }: KafkaConnection,
  sockets: FencedSockets,
  log: logCreator,
): Kafka {
  return new kafkajs.Kafka({
    brokers: [...brokers],
    clientId,
    ssl: tls,
    sasl: sasl as KafkaConfig['sasl'],
    connectionTimeout: CONNECTION_TIMEOUT_MS,
    requestTimeout: REQUEST_TIMEOUT_MS,
    retry: { retries: 4, initialRetryTime: 100, multiplier: 2, maxRetryTime: 1_000 },
    socketFactory: sockets.factory,
    logLevel: kafkajs.logLevel.WARN,
    logCreator: log,
  });
}
