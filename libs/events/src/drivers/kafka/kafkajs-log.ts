import kafkajs, { type logCreator } from 'kafkajs';
import type { EventsLogger } from '../../logger.js';

/**
 * Steps of kafkajs' own retries that it logs as errors: an answer that refuses a request, which is asked again (no
 * leader yet, the group is rebalancing), a broker that is connected to anew. When the retries are at their end, so is
 * what the driver has asked for, and the driver tells that; so it does when a consumer has crashed.
 */
const RETRIED = /^(Response |Crash: |Failed to connect to |Failed to send messages: )/;

/** Gives kafkajs' log to ours: its own retries at debug, its other errors as warnings, its warnings at info. */
export function kafkajsLog(logger: EventsLogger): logCreator {
  return () =>
    ({ level, namespace, log }) => {
      const { message, error, broker, topic, partition, groupId } = log;
      const cause: unknown = error instanceof Error ? error.message : error;
      const context = { kafkajs: namespace, cause, broker, topic, partition, group: groupId as unknown };
      if (level !== kafkajs.logLevel.ERROR) logger.info(context, message);
      else if (RETRIED.test(message)) logger.debug(context, message);
      else logger.warn(context, message);
    };
}
