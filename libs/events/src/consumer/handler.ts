import type { EntityManager } from 'typeorm';
import type { AggregateState, TopicDefinition } from '#contracts';
import type { DomainEvent } from '../event.js';

/**
 * A **projection** guards by version and may run again at any time: it has no inbox and is replayed by
 * rebuilds. An **effect** (a mail, an alert, a command) happens once per event, by the inbox, and never in a
 * rebuild or of a state that is only restated.
 */
export type HandlerKind = 'projection' | 'effect';

export interface EventHandler {
  topic: TopicDefinition<AggregateState>;
  kind: HandlerKind;
  /** Handles a batch of one partition, in order, inside the transaction that also stores the position. */
  run(events: DomainEvent[], tx: EntityManager): Promise<void>;
}
