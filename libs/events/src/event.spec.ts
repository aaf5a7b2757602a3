import { randomUUID } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { CloudEvent, Kafka, type KafkaMessage } from 'cloudevents';
import { z } from 'zod';
import { jobOpeningTopic, defineTopic } from '#contracts';
import { anOpening } from '#contracts/testing';
import type { LogRecord } from './driver.js';
import {
  decodeEvent,
  encodeEvent,
  EventTooLargeError,
  MAX_EVENT_BYTES,
  MalformedEventError,
} from './event.js';

const opening = anOpening();
const origin = {
  traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
  correlationId: 'request-7',
};
const draft = { topic: jobOpeningTopic, happening: 'published', key: opening.id, state: opening };
const logged = (changes: Partial<LogRecord> = {}): LogRecord => ({
  ...encodeEvent(draft, origin),
  ...{ partition: 0, offset: 7 },
  ...changes,
});
const withHeader = (name: string, value: string): LogRecord => {
  const record = logged();
  return { ...record, headers: { ...record.headers, [name]: value } };
};

describe('An event in the log', () => {
  it('is what the CloudEvents SDK reads in Kafka’s binary mode', () => {
    const record = encodeEvent({ ...draft, time: new Date('2026-11-21T02:03:04.005Z') }, origin);
    const read = Kafka.toEvent({
      headers: record.headers,
      value: record.value ?? '',
      body: record.value,
    } as KafkaMessage) as CloudEvent<unknown>;
    expect(read.validate()).toBe(true);
    expect(read).toMatchObject({
      specversion: '1.0',
      id: record.eventId,
      source: '/openings',
      type: 'vn.openings.job-opening.published.v1',
      subject: opening.id,
      time: '2026-11-21T02:03:04.005Z',
      datacontenttype: 'application/json',
      traceparent: origin.traceparent,
      correlationid: 'request-7',
    });
    expect(read.data).toEqual(opening);
  });

  it('has the headers that the CloudEvents SDK writes for it', () => {
    const record = encodeEvent(draft, origin);
    const { headers } = Kafka.binary(
      new CloudEvent({
        id: record.eventId,
        source: '/openings',
        type: 'vn.openings.job-opening.published.v1',
        subject: opening.id,
        time: record.headers['ce_time'],
        datacontenttype: 'application/json',
        traceparent: origin.traceparent,
        correlationid: origin.correlationId,
        data: opening,
      }),
    );
    // The SDK says the content type twice; Kafka's binding maps it to `content-type` alone.
    const theirs = Object.fromEntries(
      Object.entries(headers).filter(([name, value]) => value !== undefined && name !== 'ce_datacontenttype'),
    );
    expect(record.headers).toEqual(theirs);
  });

  it('comes back as it was said', () => {
    const event = decodeEvent(jobOpeningTopic, logged());
    expect(event).toMatchObject({ key: opening.id, type: 'vn.openings.job-opening.published.v1', ...origin });
    expect(event.state).toEqual(opening);
  });

  it('is a tombstone when the aggregate is erased', () => {
    const record = encodeEvent({ ...draft, state: null }, {});
    expect(record.value).toBeNull();
    const event = decodeEvent(jobOpeningTopic, { ...record, partition: 0, offset: 0 });
    expect(event.state).toBeNull();
    expect(event.key).toBe(opening.id);
  });

  it('carries what the schema names and nothing else, on the way out and on the way in', () => {
    const careless = { ...opening, fullName: 'Nguyễn Văn A', pay: { ...opening.pay, citizenId: '001' } };
    expect(encodeEvent({ ...draft, state: careless }, {}).value).toBe(JSON.stringify(opening));
    const event = decodeEvent(jobOpeningTopic, logged({ value: JSON.stringify(careless) }));
    expect(event.state).toEqual(opening);
  });

  it('is refused when its state does not fit, when it is another aggregate’s or unknown to the topic', () => {
    const refused =
      (changes: object): (() => unknown) =>
      () =>
        encodeEvent({ ...draft, ...changes }, {});
    expect(refused({ state: { ...opening, version: 0 } })).toThrow(MalformedEventError);
    expect(refused({ key: randomUUID() })).toThrow('is not the key');
    expect(refused({ happening: 'sold' })).toThrow('has no event "sold"');
  });

  it('is refused with its size when it is larger than the log takes', () => {
    const topic = defineTopic({
      name: 'test.text',
      state: z.object({ id: z.string(), version: z.int(), text: z.string() }),
      happenings: ['made'],
    });
    const write = (text: string) => () =>
      encodeEvent({ topic, happening: 'made', key: 'k', state: { id: 'k', version: 1, text } }, {});
    expect(write('ữ'.repeat(MAX_EVENT_BYTES / 3))).toThrow(EventTooLargeError);
    expect(write('ữ'.repeat(MAX_EVENT_BYTES / 3))).toThrow(
      /has 10000\d\d bytes; the event log takes 1000000/,
    );
    expect(write('x'.repeat(MAX_EVENT_BYTES - 100))).not.toThrow();
  });
});

describe('A record that is no event of the topic', () => {
  it.each([
    ['without an id', withHeader('ce_id', ''), 'ce_id is missing'],
    ['with an id that is no UUID', withHeader('ce_id', '42'), 'not a UUID'],
    ['of another CloudEvents version', withHeader('ce_specversion', '0.3'), 'not 1.0'],
    ['of another topic', withHeader('ce_type', 'vn.openings.employer.approved.v1'), 'is no event of'],
    [
      'of another schema version',
      withHeader('ce_type', 'vn.openings.job-opening.published.v2'),
      'is no event',
    ],
    ['at no time', withHeader('ce_time', 'yesterday'), 'not an instant'],
    ['without a key', logged({ key: '' }), 'the key is missing'],
    ['that is no JSON', logged({ value: '{' }), 'not JSON'],
    ['that is JSON but no state', logged({ value: 'null' }), 'does not fit'],
    ['of another aggregate', logged({ key: randomUUID() }), 'is not the key'],
  ])('%s is malformed', (_, record, cause) => {
    expect(() => decodeEvent(jobOpeningTopic, record)).toThrow(MalformedEventError);
    expect(() => decodeEvent(jobOpeningTopic, record)).toThrow(cause);
  });

  it('is not one that only this version does not know yet', () => {
    const event = decodeEvent(
      jobOpeningTopic,
      withHeader('ce_type', 'vn.openings.job-opening.translated.v1'),
    );
    expect(event.type).toBe('vn.openings.job-opening.translated.v1');
  });
});
