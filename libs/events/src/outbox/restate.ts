import type { EntityManager, EntityTarget } from 'typeorm';
import { type AggregateState, RESTATED, type TopicDefinition } from '#contracts';
import type { EventDraft } from '../event.js';
import type { Outbox } from './outbox.js';

/** A part of what the log must hold of its owner, which the owner can say again. */
export interface Restatable {
  topic: string;
  /** Whether these are the erased ones, of whom there is no state but a tombstone. */
  erased: boolean;
  /**
   * Appends the events of the next `limit` ids after `after`, in the given transaction.
   * @returns their ids in order; fewer than `limit` when there are no more
   */
  restate(outbox: Outbox, tx: EntityManager, after: string, limit: number): Promise<string[]>;
}

/**
 * All aggregates of an entity, by the function that makes their usual events. Their rows are locked against writers
 * until the commit: a change is in the outbox before its row is read, or after it was restated.
 */
export function restatesStates<E extends { id: string }, S extends AggregateState>(
  topic: TopicDefinition<S>,
  entity: EntityTarget<E>,
  eventOf: (aggregate: E, happening: typeof RESTATED) => EventDraft<S>,
): Restatable {
  return {
    topic: topic.name,
    erased: false,
    async restate(outbox, tx, after, limit) {
      const aggregates = await tx
        .createQueryBuilder(entity, 'a')
        .setLock('pessimistic_read')
        .where('a.id > :after', { after })
        .orderBy('a.id')
        .limit(limit)
        .getMany();
      await outbox.append(
        tx,
        aggregates.map((aggregate) => eventOf(aggregate, RESTATED)),
      );
      return aggregates.map(({ id }) => id);
    },
  };
}

/** The erased, from the table of their ids: a log of an older day may still have their states. */
export function restatesTombstones<S extends AggregateState>(
  topic: TopicDefinition<S>,
  table: string,
): Restatable {
  return {
    topic: topic.name,
    erased: true,
    async restate(outbox, tx, after, limit) {
      const rows = await tx.query<{ id: string }[]>(
        `SELECT id FROM ${table} WHERE id > $1 ORDER BY id LIMIT $2`,
        [after, limit],
      );
      await outbox.append(
        tx,
        rows.map(({ id }) => ({ topic, happening: RESTATED, key: id, state: null })),
      );
      return rows.map(({ id }) => id);
    },
  };
}
