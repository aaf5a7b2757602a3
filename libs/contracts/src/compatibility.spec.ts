import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { breakingChanges } from './compatibility.js';
import { defineTopic, topics } from './index.js';
import { type TopicSchema, topicSchema } from './json-schema.js';

const base = { id: z.uuid(), version: z.int().min(1) };
const schema = (state: z.ZodType, more: object = {}): TopicSchema =>
  topicSchema(
    defineTopic({
      name: 'test.thing',
      state: state as z.ZodType<{ id: string; version: number }>,
      happenings: ['made', 'sold'],
      ...more,
    }),
  );
const of = (shape: z.core.$ZodLooseShape): TopicSchema => schema(z.object({ ...base, ...shape }));

describe('A change of a schema breaks readers', () => {
  const refused: [string, z.core.$ZodLooseShape, z.core.$ZodLooseShape, string][] = [
    ['a field is removed', { a: z.string() }, {}, 'a: removed'],
    [
      'a field is renamed',
      { a: z.string() },
      { b: z.string() },
      'a: removed; b: new and required, states in the log lack it',
    ],
    ['a field is new and required', {}, { b: z.string() }, 'b: new and required, states in the log lack it'],
    ['a field becomes required', { a: z.string().optional() }, { a: z.string() }, 'a: now required'],
    [
      'a field is no longer always there',
      { a: z.string() },
      { a: z.string().optional() },
      'a: no longer always there',
    ],
    [
      'null is no longer allowed',
      { a: z.string().nullable() },
      { a: z.string() },
      'a: null is no longer allowed',
    ],
    ['the type is another', { a: z.string() }, { a: z.boolean() }, 'a: string is no longer allowed'],
    ['fractions are refused', { a: z.number() }, { a: z.int() }, 'a: fractions are no longer allowed'],
    [
      'a value of a list goes',
      { a: z.enum(['x', 'y']) },
      { a: z.enum(['x', 'z']) },
      'a: no longer takes "y"',
    ],
    ['text becomes a list of values', { a: z.string() }, { a: z.enum(['x']) }, 'a: now takes only "x"'],
    ['a lower bound rises', { a: z.int().min(0) }, { a: z.int().min(1) }, 'a: minimum 0 becomes 1'],
    ['an upper bound comes', { a: z.string() }, { a: z.string().max(9) }, 'a: maxLength none becomes 9'],
    ['a pattern comes', { a: z.string() }, { a: z.string().regex(/^\d$/) }, 'a: pattern none becomes ^\\d$'],
    [
      'something deep in a list of nullable objects goes',
      { a: z.array(z.object({ b: z.object({ c: z.int(), d: z.int() }).nullable() })) },
      { a: z.array(z.object({ b: z.object({ c: z.int() }).nullable() })) },
      'a[].b.d: removed',
    ],
    [
      'other fields are refused',
      { a: z.object({ b: z.int() }) },
      { a: z.strictObject({ b: z.int() }) },
      'a: other fields are no longer allowed',
    ],
    [
      'a field is added where readers refuse others',
      { a: z.strictObject({ b: z.int() }) },
      { a: z.strictObject({ b: z.int(), c: z.int().optional() }) },
      'a.c: new where readers refuse other fields',
    ],
  ];
  it.each(refused)('when %s', (_, before, after, sentences) => {
    expect(breakingChanges(of(before), of(after)).join('; ')).toContain(sentences);
  });

  it('when an alternative of a union goes or loses a field', () => {
    const yes = z.object({ ...base, consent: z.literal(true), a: z.int() });
    const no = z.object({ ...base, consent: z.literal(false) });
    const before = schema(z.discriminatedUnion('consent', [yes, no]));
    expect(breakingChanges(before, schema(yes))).not.toEqual([]);
    expect(
      breakingChanges(before, schema(z.discriminatedUnion('consent', [yes.omit({ a: true }), no]))),
    ).toEqual(['a: removed']);
  });

  it('when an event goes, keys move or the version changes', () => {
    const before = schema(z.object(base));
    expect(breakingChanges(before, schema(z.object(base), { happenings: ['made'] }))).toEqual([
      '(topic): the event "sold" is removed',
    ]);
    expect(breakingChanges(before, schema(z.object(base), { partitions: 12 }))).toHaveLength(1);
    expect(breakingChanges(before, schema(z.object(base), { schemaVersion: 2 }))).toHaveLength(1);
  });
});

describe('A change that only widens breaks readers that run on while others are upgraded', () => {
  /** With a value that a new writer may say. */
  const widened: [string, z.ZodType, z.ZodType, unknown, string][] = [
    ['a list of values grows', z.enum(['x']), z.enum(['x', 'y']), 'y', 'a: older readers refuse "y"'],
    ['null is allowed as well', z.string(), z.string().nullable(), null, 'a: older readers refuse null'],
    ['a list of values becomes text', z.enum(['x']), z.string(), 'y', 'a: older readers take only "x"'],
    ['a lower bound falls', z.int().min(1), z.int().min(0), 0, 'a: minimum 0, where older readers have 1'],
    [
      'an upper bound goes',
      z.string().max(2),
      z.string(),
      'xyz',
      'a: maxLength none, where older readers have 2',
    ],
    [
      'a pattern goes',
      z.string().regex(/^\d$/),
      z.string(),
      'x',
      'a: pattern none, where older readers have ^\\d$',
    ],
    ['whole numbers become numbers', z.int(), z.number(), 0.5, 'a: older readers refuse fractions'],
    [
      'an alternative is new',
      z.object({ b: z.string() }),
      z.union([z.object({ b: z.string() }), z.object({ c: z.string() })]),
      { c: '' },
      'a.b: removed',
    ],
  ];
  it.each(widened)('when %s', (_, before, after, said, sentence) => {
    expect(before.safeParse(said).success).toBe(false);
    expect(after.safeParse(said).success).toBe(true);
    expect(breakingChanges(of({ a: before }), of({ a: after }))).toContain(sentence);
  });
});

describe('A change of a schema breaks nobody', () => {
  const allowed: [string, z.core.$ZodLooseShape, z.core.$ZodLooseShape][] = [
    ['nothing changes', { a: z.string() }, { a: z.string() }],
    ['an optional field is new', {}, { a: z.string().optional() }],
    ['a description changes', { a: z.string().describe('old') }, { a: z.string().describe('new') }],
    [
      'an optional field is new in an object within a list',
      { a: z.array(z.object({ b: z.int() })) },
      { a: z.array(z.object({ b: z.int(), c: z.enum(['x']).nullish() })) },
    ],
  ];
  it.each(allowed)('when %s', (_, before, after) => {
    expect(breakingChanges(of(before), of(after))).toEqual([]);
  });

  it('when an event is new', () => {
    const after = schema(z.object(base), { happenings: ['made', 'sold', 'lent'] });
    expect(breakingChanges(schema(z.object(base)), after)).toEqual([]);
  });

  it('and the topics are compatible with themselves', () => {
    for (const topic of topics.values()) {
      expect(breakingChanges(topicSchema(topic), topicSchema(topic))).toEqual([]);
    }
  });
});
