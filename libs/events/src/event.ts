import type { AggregateState, TopicDefinition } from '#contracts';
import { eventType, RESTATED } from '#contracts';
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

/** An event is larger than the log takes: the write that caused it is refused, not the log's next hours. */
export class EventTooLargeError extends Error {
  override name = 'EventTooLargeError';
}

/** Kafka's default limit of a message is 1 MiB with its overhead; both drivers keep to the same one. */
export const MAX_EVENT_BYTES = 1_000_000;

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/**
 * Encodes an event as a CloudEvents 1.0 record in Kafka's binary mode: attributes in `ce_` headers, the state
 * as the value. The state is checked against the topic's schema, and only what the schema names goes out: the
 * schema is the allow-list of personal data.
 * @throws MalformedEventError when the state does not fit the schema
 * @throws EventTooLargeError above MAX_EVENT_BYTES
 */
export function encodeEvent<S extends AggregateState>(
  draft: EventDraft<S>,
  origin: EventOrigin,
): OutgoingRecord {
  const eventId = uuidv7();
  const value = draft.state === null ? null : JSON.stringify(parseState(draft.topic, draft.state, draft.key));
  if (value !== null && Buffer.byteLength(value) > MAX_EVENT_BYTES) {
    throw new EventTooLargeError(
      `the state of ${draft.topic.name} ${draft.key} has ${Buffer.byteLength(value)} bytes; the event log takes ${MAX_EVENT_BYTES}`,
    );
  }
  return {
    topic: draft.topic.name,
    key: draft.key,
    eventId,
    headers: {
      ce_specversion: '1.0',
      ce_id: eventId,
      ce_source: draft.topic.source,
      ce_type: eventType(draft.topic, draft.happening),
      ce_time: (draft.time ?? new Date()).toISOString(),
      ce_subject: draft.key,
      'content-type': 'application/json',
      ...(origin.traceparent && { ce_traceparent: origin.traceparent }),
      ...(origin.correlationId && { ce_correlationid: origin.correlationId }),
    },
    value,
  };
}

/**
 * Decodes a record of a topic. A happening that this version does not know is welcome (its state is the same);
 * another topic's event, another schema version or another form of CloudEvents is not.
 * @throws MalformedEventError naming what is wrong: an attribute, invalid JSON, a state against the schema
 */
export function decodeEvent<S extends AggregateState>(
  topic: TopicDefinition<S>,
  record: LogRecord,
): DomainEvent<S> {
  const { headers } = record;
  for (const name of ['ce_specversion', 'ce_id', 'ce_type', 'ce_source', 'ce_time']) {
    if (typeof headers[name] !== 'string' || headers[name] === '') {
      throw new MalformedEventError(`the CloudEvents attribute ${name} is missing`);
    }
  }
  const { ce_specversion = '', ce_id: id = '', ce_type: type = '', ce_time: time = '' } = headers;
  if (ce_specversion !== '1.0') throw new MalformedEventError(`CloudEvents ${ce_specversion} is not 1.0`);
  if (!UUID.test(id)) throw new MalformedEventError(`ce_id "${id}" is not a UUID`);
  if (!type.startsWith(`${topic.typePrefix}.`) || !type.endsWith(`.v${topic.schemaVersion}`)) {
    throw new MalformedEventError(`ce_type "${type}" is no event of ${topic.name} v${topic.schemaVersion}`);
  }
  if (Number.isNaN(Date.parse(time))) throw new MalformedEventError(`ce_time "${time}" is not an instant`);
  if (!record.key) throw new MalformedEventError('the key is missing');
  return {
    id,
    type,
    source: headers['ce_source'] ?? '',
    time,
    key: record.key,
    state: record.value === null ? null : parseState(topic, parseJson(record.value), record.key),
    traceparent: headers['ce_traceparent'],
    correlationId: headers['ce_correlationid'],
  };
}

/** Whether the event only says again what was said before: nothing has happened. */
export function isRestated(topic: TopicDefinition, event: DomainEvent): boolean {
  return event.type === eventType(topic, RESTATED);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new MalformedEventError('the value is not JSON');
  }
}

/** The state as its schema has it; what the schema does not name is left out. */
function parseState<S extends AggregateState>(topic: TopicDefinition<S>, state: unknown, key: string): S {
  const result = topic.state.safeParse(state);
  if (!result.success) {
    const [issue] = result.error.issues;
    throw new MalformedEventError(
      `the state does not fit ${topic.name} v${topic.schemaVersion}: ${issue?.path.join('.')}: ${issue?.message}`,
    );
  }
  if (result.data.id !== key) {
    throw new MalformedEventError(`the state's id ${result.data.id} is not the key ${key}`);
  }
  return result.data;
}
