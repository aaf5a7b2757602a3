import kafkajs from 'kafkajs';
import type { EventsLogger } from '../../logger.js';

/** So many tries, some eight seconds, have brokers that say "not yet" until that is told as an error. */
const PATIENT_TRIES = 5;

/** Why a group's consumer is not there, from its crash until the next one has joined. */
export class Crash {
  /** The sentence; undefined while all is well. */
  cause?: string;
  private told = false;

  constructor(
    private readonly group: string,
    private readonly logger: EventsLogger,
  ) {}

  /**
   * Tells an error once, not with every try while Kafka is away; and none while the brokers are only about to be ready.
   * @param failures tries before this one, one after the other, of which none has joined the group
   */
  happened(err: unknown, failures: number): void {
    const { group, logger } = this;
    this.cause = err instanceof Error ? err.message : String(err);
    if (isNotYet(err) && failures < PATIENT_TRIES) {
      logger.debug({ group, cause: this.cause }, 'the brokers are not ready for this group yet');
      return;
    }
    if (!this.told) logger.error({ err, group }, 'consumer has crashed and is made anew');
    this.told = true;
  }

  over(): void {
    this.cause = undefined;
    this.told = false;
  }
}

/** A broker's answer that says to ask again, e.g. that the group's coordinator is being loaded. */
function isNotYet(error: unknown): boolean {
  return error instanceof kafkajs.KafkaJSProtocolError && error.retriable;
}
