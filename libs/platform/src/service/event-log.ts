import type { Logger } from 'pino';
import { createKafkaLog, type EventLogDriver, PostgresLogDriver } from '#events';
import type { Environment } from '../config/environment.js';
import { kafkaConnection } from '../config/kafka-settings.js';
import { giveWay } from '../http/give-way.js';

export interface EventLogHost {
  logger: Logger;
  /** Who asks, as the brokers' logs and quotas name it. */
  clientId: string;
  /** Makes the log's database when it is not there; asked for the PostgreSQL driver only. */
  databaseUrl(): string | Promise<string>;
  /** Connections to that database. */
  poolSize?: number;
}

/**
 * The event log that `EVENTS` names, not yet started.
 * @throws ConfigurationError when the settings do not fit the driver
 */
export async function createEventLog(environment: Environment, host: EventLogHost): Promise<EventLogDriver> {
  const { logger, clientId } = host;
  if (environment.EVENTS === 'kafka') {
    const connection = kafkaConnection(environment);
    return createKafkaLog({ ...connection, clientId, logger, replication: environment.KAFKA_REPLICATION });
  }
  return new PostgresLogDriver({ url: await host.databaseUrl(), poolSize: host.poolSize, logger, giveWay });
}
