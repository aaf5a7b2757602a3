import type { JsonSchema } from './json-schema.js';
import { eventType, type TopicDefinition } from './topic.js';

/** Folder of the topics' JSON Schemas, seen from where the document lies. */
const SCHEMAS = '../libs/contracts/schemas';

const DESCRIPTION =
  'State-carrying events: every event of a topic has the aggregate’s whole public state with its version; its ' +
  'type only says what happened. Handle a topic as a whole, take a state only when its version is newer than the ' +
  'one you have, and ignore unknown fields and unknown types. A null value is a tombstone: the aggregate was ' +
  'erased and every copy of it must go. Topics are compacted, so a new reader gets the latest state of every ' +
  'aggregate from the start of the log. `restated` says a state once more after the log has lost it: take it like ' +
  'any other, and do not act on it.';

/** An AsyncAPI 3 document; only what is written here. */
interface AsyncApiDocument {
  asyncapi: '3.0.0';
  info: object;
  defaultContentType: string;
  channels: Record<string, object>;
  operations: Record<string, object>;
  components: { messages: Record<string, object>; schemas: Record<string, JsonSchema> };
}

/**
 * The platform's events for other systems: a channel for each topic, its messages in Kafka's binary mode of
 * CloudEvents. States refer to the committed JSON Schemas.
 * @param version of the platform
 */
export function asyncApiDocument(topics: Iterable<TopicDefinition>, version: string): AsyncApiDocument {
  const all = [...topics];
  const each = <T>(entry: (topic: TopicDefinition) => [string, T][]): Record<string, T> =>
    Object.fromEntries(all.flatMap(entry));
  return {
    asyncapi: '3.0.0',
    info: { title: 'Nối Việc: events', version, description: DESCRIPTION },
    defaultContentType: 'application/json',
    channels: each((topic) => [[topic.name, channel(topic)]]),
    operations: each((topic) => [
      [
        `publish.${topic.name}`,
        { action: 'send', channel: reference('channels', topic.name), tags: [writer(topic)] },
      ],
    ]),
    components: {
      messages: each((topic) => [
        [`${topic.name}.state`, stateMessage(topic)],
        [`${topic.name}.tombstone`, tombstone(topic)],
      ]),
      schemas: each((topic) => [[`${topic.name}.headers`, headersOf(topic)]]),
    },
  };
}

const writer = ({ source }: TopicDefinition): { name: string } => ({ name: source.slice(1) });
/** A JSON Pointer; of the characters that it escapes topic names have none. */
const reference = (...path: string[]): { $ref: string } => ({ $ref: `#/${path.join('/')}` });

function channel(topic: TopicDefinition): object {
  const message = (kind: string): object => reference('components', 'messages', `${topic.name}.${kind}`);
  return {
    address: topic.name,
    description: `Written by ${writer(topic).name} alone${topic.aboutPerson ? '; about a natural person' : ''}.`,
    messages: { state: message('state'), tombstone: message('tombstone') },
    tags: [writer(topic)],
    bindings: {
      kafka: {
        topic: topic.name,
        partitions: topic.partitions,
        topicConfiguration: { 'cleanup.policy': ['compact'] },
      },
    },
  };
}

function stateMessage(topic: TopicDefinition): object {
  return {
    name: topic.name,
    title: `What happened to a ${topic.name.split('.')[1]}, with its whole state`,
    headers: reference('components', 'schemas', `${topic.name}.headers`),
    payload: {
      schemaFormat: 'application/schema+json;version=draft-2020-12',
      schema: { $ref: `${SCHEMAS}/${topic.name}.json` },
    },
    bindings: { kafka: { key: KEY } },
  };
}

function tombstone(topic: TopicDefinition): object {
  return {
    name: `${topic.name}.tombstone`,
    title: 'The aggregate was erased',
    headers: reference('components', 'schemas', `${topic.name}.headers`),
    payload: { type: 'null' },
    bindings: { kafka: { key: KEY } },
  };
}

const KEY: JsonSchema = { type: 'string', format: 'uuid', description: 'the aggregate’s id' };

function headersOf(topic: TopicDefinition): JsonSchema {
  const required = {
    ce_specversion: { const: '1.0' },
    ce_id: { type: 'string', format: 'uuid', description: 'unique: the same id again is the same event' },
    ce_source: { const: topic.source },
    ce_type: {
      type: 'string',
      enum: topic.happenings.map((happening) => eventType(topic, happening)),
      description: 'what happened; there may be more in a later version',
    },
    ce_time: { type: 'string', format: 'date-time', description: 'when it happened (UTC)' },
    ce_subject: { type: 'string', format: 'uuid', description: 'the aggregate’s id' },
    'content-type': { const: 'application/json' },
  };
  const optional = {
    ce_traceparent: { type: 'string', description: 'W3C trace context of the request, where there was one' },
    ce_correlationid: { type: 'string', description: 'of the request, where there was one' },
  };
  return { type: 'object', properties: { ...required, ...optional }, required: Object.keys(required) };
}
