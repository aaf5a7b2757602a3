import type { EventLogDriver } from '../../driver.js';
import type { KafkaLogOptions } from './kafka-log.driver.js';

/** The event log in Apache Kafka. The client is loaded here, by those who use it: it takes a tenth of a second. */
export async function createKafkaLog(options: KafkaLogOptions): Promise<EventLogDriver> {
  const { KafkaLogDriver } = await import('./kafka-log.driver.js');
  return new KafkaLogDriver(options);
}
