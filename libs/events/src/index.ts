export * from './driver.js';
export * from './event.js';
export * from './logger.js';
export { EventTables1700000000000 } from './migrations.js';
export { partitionOf } from './partitioner.js';
export { createKafkaLog } from './drivers/kafka/create-kafka-log.js';
export type { KafkaConnection } from './drivers/kafka/client.js';
export { PostgresLogDriver, type PostgresLogOptions } from './drivers/postgres/postgres-log.driver.js';
export { Outbox, OriginProvider } from './outbox/outbox.js';
export { type Restatable, restatesStates, restatesTombstones } from './outbox/restate.js';
export { Relay } from './outbox/relay.js';
export {
  ConsumerRuntime,
  groupOf,
  lagByTopic,
  LogLostError,
  type PartitionLag,
} from './consumer/consumer-runtime.js';
export { DeadLetters, type DeadLetter } from './consumer/dead-letters.js';
export { Effect, Projection } from './consumer/decorators.js';
export { EventLogStrategy } from './consumer/event-log.strategy.js';
export type { EventHandler, HandlerKind } from './consumer/handler.js';
export { isTransient } from './consumer/transient.js';
export { RebuildError, type RebuildReport, type RebuildTarget } from './consumer/rebuild.js';
export * from './tracing.js';
export { Signal } from './signal.js';
export { HeardClient } from './heard-client.js';
export { within } from './within.js';
