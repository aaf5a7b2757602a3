import { alternatives, type JsonSchema, type TopicSchema } from './json-schema.js';

/**
 * What breaks readers when a topic's committed schema becomes another. While services are upgraded one after the
 * other, writers and readers of both versions run, so both must hold: the new schema reads the states that are in
 * the log, and the old one reads what new writers say. Readers leave out fields that they do not know; therefore a
 * new optional field breaks nobody, and a new value of a list, null where there was none or a wider bound does:
 * an old reader would have to refuse the event or to invent something in its place.
 * @returns one sentence per break, each beginning with the path; empty when the edit is compatible
 */
export function breakingChanges(before: TopicSchema, after: TopicSchema): string[] {
  const breaks: string[] = [];
  if (before['x-partitions'] !== after['x-partitions']) {
    breaks.push(
      `(topic): ${before['x-partitions']} partitions become ${after['x-partitions']}: keys would move`,
    );
  }
  if (before['x-schema-version'] !== after['x-schema-version']) {
    breaks.push('(topic): another schema version is another topic');
  }
  for (const happening of before['x-happenings']) {
    if (!after['x-happenings'].includes(happening))
      breaks.push(`(topic): the event "${happening}" is removed`);
  }
  const fields = [...compare(before, after, '', LOG), ...compare(after, before, '', OLD_READERS)];
  return [...breaks, ...new Set(fields)];
}

type Bound = string | number | undefined;

/** Who reads what whom has written, in the words for what the reader refuses. */
interface Reading {
  type(name: string): string;
  only(values: string): string;
  refused(values: string): string;
  bound(name: string, written: Bound, read: Bound): string;
  fractions: string;
  /** What is wrong with which fields there are. */
  properties(written: JsonSchema, reader: JsonSchema, path: string): string[];
}

/** The new schema reads the log. */
const LOG: Reading = {
  type: (name) => `${name} is no longer allowed`,
  only: (values) => `now takes only ${values}`,
  refused: (values) => `no longer takes ${values}`,
  bound: (name, written, read) => `${name} ${written ?? 'none'} becomes ${read}`,
  fractions: 'fractions are no longer allowed',
  properties: presence,
};

/** The old schema reads what new writers say. */
const OLD_READERS: Reading = {
  type: (name) => `older readers refuse ${name}`,
  only: (values) => `older readers take only ${values}`,
  refused: (values) => `older readers refuse ${values}`,
  bound: (name, written, read) => `${name} ${written ?? 'none'}, where older readers have ${read}`,
  fractions: 'older readers refuse fractions',
  properties: missing,
};

/** Each alternative that is written needs one of the reader's that takes all of it. */
function compare(written: JsonSchema, reader: JsonSchema, path: string, reading: Reading): string[] {
  const candidates = alternatives(reader);
  return alternatives(written).flatMap((said) => {
    const attempts = candidates
      .filter((candidate) => typesOf(candidate).some((type) => typesOf(said).includes(type)))
      .map((candidate) => compareSingle(said, candidate, path, reading))
      .sort((a, b) => a.length - b.length);
    return attempts[0] ?? [`${at(path)}: ${reading.type(typesOf(said).join(' or '))}`];
  });
}

function compareSingle(written: JsonSchema, reader: JsonSchema, path: string, reading: Reading): string[] {
  const common = Object.entries(written.properties ?? {}).flatMap(([name, schema]) => {
    const read = reader.properties?.[name];
    return read ? compare(schema, read, below(path, name), reading) : [];
  });
  return [
    ...[...compareValues(written, reader, reading), ...compareBounds(written, reader, reading)].map(
      (sentence) => `${at(path)}: ${sentence}`,
    ),
    ...reading.properties(written, reader, path),
    ...common,
    ...(reader.items ? compare(written.items ?? {}, reader.items, `${path}[]`, reading) : []),
  ];
}

function compareValues(written: JsonSchema, reader: JsonSchema, reading: Reading): string[] {
  const [said, taken] = [valuesOf(written), valuesOf(reader)];
  if (!taken) return [];
  if (!said) return [reading.only(taken.join(', '))];
  const refused = said.filter((value) => !taken.includes(value));
  return refused.length > 0 ? [reading.refused(refused.join(', '))] : [];
}

const LOWER = ['minimum', 'minLength', 'minItems'] as const;
const UPPER = ['maximum', 'maxLength', 'maxItems'] as const;

function compareBounds(written: JsonSchema, reader: JsonSchema, reading: Reading): string[] {
  const narrower = [
    ...LOWER.filter((bound) => (reader[bound] ?? -Infinity) > (written[bound] ?? -Infinity)),
    ...UPPER.filter((bound) => (reader[bound] ?? Infinity) < (written[bound] ?? Infinity)),
    ...(['pattern', 'format'] as const).filter(
      (form) => reader[form] !== undefined && reader[form] !== written[form],
    ),
  ].map((bound) => reading.bound(bound, written[bound], reader[bound]));
  return written.type === 'number' && reader.type === 'integer' ? [reading.fractions, ...narrower] : narrower;
}

/** What the new schema says of the presence of fields, against what readers rely on. */
function presence(before: JsonSchema, after: JsonSchema, path: string): string[] {
  const [old, now] = [before.properties ?? {}, after.properties ?? {}];
  const [neededBefore, neededNow] = [new Set(before.required), new Set(after.required)];
  const closed = before.additionalProperties === false;
  const breaks: string[] = [];
  if (after.additionalProperties === false && !closed && before.properties) {
    breaks.push(`${at(path)}: other fields are no longer allowed`);
  }
  for (const name of Object.keys(old)) {
    if (!now[name]) breaks.push(`${below(path, name)}: removed`);
    else if (neededBefore.has(name) && !neededNow.has(name))
      breaks.push(`${below(path, name)}: no longer always there`);
    else if (!neededBefore.has(name) && neededNow.has(name))
      breaks.push(`${below(path, name)}: now required`);
  }
  for (const name of Object.keys(now).filter((key) => !(key in old))) {
    if (neededNow.has(name)) breaks.push(`${below(path, name)}: new and required, states in the log lack it`);
    else if (closed) breaks.push(`${below(path, name)}: new where readers refuse other fields`);
  }
  return breaks;
}

/** Fields that the reader requires and the writer may leave out, or that a closed reader refuses. */
function missing(written: JsonSchema, reader: JsonSchema, path: string): string[] {
  const said = written.properties ?? {};
  const always = new Set(written.required);
  const lacking = (reader.required ?? [])
    .filter((name) => !always.has(name))
    .map((name) => `${below(path, name)}: ${said[name] ? 'no longer always there' : 'removed'}`);
  if (reader.additionalProperties !== false) return lacking;
  const unknown = Object.keys(said).filter((name) => !(name in (reader.properties ?? {})));
  return [
    ...lacking,
    ...unknown.map((name) => `${below(path, name)}: new where readers refuse other fields`),
  ];
}

/** `integer` is a `number`: both answer to it. */
function typesOf(schema: JsonSchema): string[] {
  const [value] = valuesOf(schema) ?? [];
  const type = schema.type ?? (value === undefined ? 'any' : typeof JSON.parse(value));
  return [type].flat().map((name) => (name === 'integer' ? 'number' : name));
}

function valuesOf(schema: JsonSchema): string[] | undefined {
  if (schema.const !== undefined) return [JSON.stringify(schema.const)];
  return schema.enum?.map((value) => JSON.stringify(value));
}

const below = (path: string, name: string): string => (path ? `${path}.${name}` : name);
const at = (path: string): string => path || '(state)';
