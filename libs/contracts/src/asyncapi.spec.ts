import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import asyncapi from '@asyncapi/specs';
import { describe, expect, it } from '@jest/globals';
import { Ajv } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { topics } from './index.js';
import { eventType } from './topic.js';

interface Reference {
  $ref: string;
}
interface Message {
  headers: Reference;
  payload: { schema?: Reference };
}
interface Document {
  channels: Record<string, { address: string; messages: Record<string, Reference>; bindings: object }>;
  operations: Record<string, { channel: Reference }>;
  components: { messages: Record<string, Message>; schemas: Record<string, object> };
}

const FOLDER = resolve(import.meta.dirname, '../../../asyncapi');
const document = JSON.parse(readFileSync(join(FOLDER, 'events.json'), 'utf8')) as Document;

/** What a local reference points at. */
function at(reference: Reference | undefined): unknown {
  const [root, ...path] = (reference?.$ref ?? '').split('/');
  expect(root).toBe('#');
  return path.reduce<unknown>((value, name) => (value as Record<string, unknown>)[name], document);
}

describe('The committed AsyncAPI document', () => {
  it('is valid AsyncAPI 3', () => {
    const ajv = new Ajv({ strict: false, allErrors: true, validateFormats: false });
    const validate = ajv.compile(asyncapi.schemasWithoutId['3.0.0']);
    expect(validate(document) ? [] : validate.errors).toEqual([]);
    expect(validate({ ...document, channels: { broken: { address: 7 } } })).toBe(false);
  });

  it('has every topic, as a channel that only its writer sends to', () => {
    expect(Object.keys(document.channels).sort()).toEqual([...topics.keys()].sort());
    for (const [name, topic] of topics) {
      expect(document.channels[name]).toMatchObject({
        address: name,
        bindings: { kafka: { topic: name, partitions: topic.partitions } },
      });
      expect(at(document.operations[`publish.${name}`]?.channel)).toBe(document.channels[name]);
    }
  });

  it('refers to schemas that are there, and its headers are those of real events', () => {
    const ajv = new Ajv2020({ strict: false });
    formats.default(ajv);
    for (const [name, topic] of topics) {
      const message = at(document.channels[name]?.messages['state']) as Message;
      const file = message.payload.schema?.$ref ?? '';
      const schema = JSON.parse(readFileSync(join(FOLDER, file), 'utf8')) as { title: string };
      expect(schema.title).toBe(name);
      const headers = {
        ce_specversion: '1.0',
        ce_id: '0199f3a0-0000-7000-8000-000000000001',
        ce_source: topic.source,
        ce_type: eventType(topic, topic.happenings[0] ?? ''),
        ce_time: '2026-11-21T01:02:03.000Z',
        ce_subject: '0199f3a0-0000-7000-8000-000000000002',
        'content-type': 'application/json',
      };
      const validate = ajv.compile(at(message.headers) as object);
      expect(validate(headers) ? [] : validate.errors).toEqual([]);
      expect(validate({ ...headers, ce_type: `${headers.ce_type}x` })).toBe(false);
    }
  });
});
