import type { AggregateState, TopicDefinition } from '#contracts';
import { eventType } from '#contracts';
import { v7 as uuidv7 } from 'uuid';
import type { LogRecord, OutgoingRecord } from './driver.js';

/** An event as a consumer sees it. `state` is null for a tombstone (the aggregate was erased). */
export interface DomainEvent<S extends AggregateState = AggregateState> {
  id: string;
  type: string;
  source: string;
  /** When it happened, ISO 8601 UTC. */
  time: string;
  /** Id of the aggregate. */
  key: string;
  state: S | null;
  traceparent?: string;
  correlationId?: string;
}

/** What a service says has happened; the outbox completes it. */
export interface EventDraft<S extends AggregateState = AggregateState> {
  topic: TopicDefinition<S>;
  happening: string;
  key: string;
  /** null erases the aggregate from the log. */
  state: S | null;
  time?: Date;
}

export interface EventOrigin {
  traceparent?: string;
  correlationId?: string;
}

/** A record of the log is not an event of its topic: it can only go to the dead letters. */
export class MalformedEventError extends Error {
  override name = 'MalformedEventError';
}

/**
 * Encodes an event as a CloudEvents 1.0 record in Kafka's binary mode: attributes in `ce_` headers, the state
 * as the value. The state is checked against the topic's schema.
 * @throws MalformedEventError when the state does not fit the schema
 */
export function encodeEvent<S extends AggregateState>(draft: EventDraft<S>, origin: EventOrigin): OutgoingRecord {
  const eventId = uuidv7();
  if (draft.state !== null) assertState(draft.topic, draft.state, draft.key);
  return {
    topic: draft.topic.name,
    key: draft.key,
    eventId,
    headers: {
      ce_specversion: '1.0',
      ce_id: eventId,
      ce_source: draft.topic.source,
      ce_type: eventType(draft.topic as unknown as TopicDefinition, draft.happening),
      ce_time: (draft.time ?? new Date()).toISOString(),
      ce_subject: draft.key,
      'content-type': 'application/json',
      ...(origin.traceparent && { ce_traceparent: origin.traceparent }),
      ...(origin.correlationId && { ce_correlationid: origin.correlationId }),
    },
    value: draft.state === null ? null : JSON.stringify(draft.state),
  };
}

/**
 * Decodes a record of a topic.
 * @throws MalformedEventError naming what is wrong: a missing attribute, invalid JSON, a state against the schema
 */
export function decodeEvent<S extends AggregateState>(topic: TopicDefinition<S>, record: LogRecord): DomainEvent<S> {
  const { headers } = record;
  for (const name of ['ce_id', 'ce_type', 'ce_source', 'ce_time']) {
    if (!headers[name]) throw new MalformedEventError(`the CloudEvents attribute ${name} is missing`);
  }
  let state: S | null = null;
  if (record.value !== null) {
    try {
      state = JSON.parse(record.value) as S;
    } catch {
      throw new MalformedEventError('the value is not JSON');
    }
    assertState(topic, state, record.key);
  }
  return {
    id: headers['ce_id'] ?? '',
    type: headers['ce_type'] ?? '',
    source: headers['ce_source'] ?? '',
    time: headers['ce_time'] ?? '',
    key: record.key,
    state,
    traceparent: headers['ce_traceparent'],
    correlationId: headers['ce_correlationid'],
  };
}

function assertState<S extends AggregateState>(topic: TopicDefinition<S>, state: S, key: string): void {
  const result = topic.state.safeParse(state);
  if (!result.success) {
    const [issue] = result.error.issues;
    throw new MalformedEventError(
      `the state does not fit ${topic.name} v${topic.schemaVersion}: ${issue?.path.join('.')}: ${issue?.message}`,
    );
  }
  if (state.id !== key) throw new MalformedEventError(`the state's id ${state.id} is not the key ${key}`);
}
