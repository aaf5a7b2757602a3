import kafkajs, { type logCreator } from 'kafkajs';
import type { EventsLogger } from '../../logger.js';

/**
 * Steps of kafkajs' own retries that it logs as errors: an answer that refuses a request, which is asked again (no
 * leader yet, the group is rebalancing), a broker that is connected to anew. When the retries are at their end, so is
 * what the driver has asked for, and the driver tells that; so it does when a consumer has crashed.
 */
const RETRIED = /^(Response |Crash: |Failed to connect to |Failed to send messages: )/;

/** An error that has not come for so long is over (ms): while a broker is away, a try follows the other sooner. */
const OVER_AFTER_MS = 60_000;

/**
 * Gives kafkajs' log to ours: its own retries at debug, its warnings at info, its other errors as warnings. Of these
 * each is told once, and again when it was over meanwhile: kafkajs says it with every try while a broker is away.
 * All clients of a process share one, because each of them finds the same broker away.
 */
export function kafkajsLog(logger: EventsLogger, now: () => number = Date.now): logCreator {
  const lastSaid = new Map<string, number>();
  const isNew = (message: string): boolean => {
    const time = now();
    for (const [said, at] of lastSaid) if (time - at > OVER_AFTER_MS) lastSaid.delete(said);
    const isFirst = !lastSaid.has(message);
    lastSaid.set(message, time);
    return isFirst;
  };
  return () =>
    ({ level, namespace, log }) => {
      const { message, error, broker, topic, partition, groupId } = log;
      const cause: unknown = error instanceof Error ? error.message : error;
      const context = { kafkajs: namespace, cause, broker, topic, partition, group: groupId as unknown };
      if (level !== kafkajs.logLevel.ERROR) logger.info(context, message);
      else if (RETRIED.test(message)) logger.debug(context, message);
      else if (isNew([broker, topic, partition, groupId, message].join(' '))) logger.warn(context, message);
      else logger.debug(context, message);
    };
}
