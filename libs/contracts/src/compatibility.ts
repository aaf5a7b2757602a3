import { alternatives, type JsonSchema, type TopicSchema } from './json-schema.js';

/**
 * What breaks readers when a topic's committed schema becomes another: states that are in the log must still be
 * readable, and every field that a reader relies on must still be there. Widening (a new optional field, a new
 * value of a list, null allowed) breaks nobody.
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
  return [...breaks, ...compare(before, after, '')];
}

/** Each alternative of the old schema needs one in the new schema that takes all it took. */
function compare(before: JsonSchema, after: JsonSchema, path: string): string[] {
  const candidates = alternatives(after);
  return alternatives(before).flatMap((old) => {
    const attempts = candidates
      .filter((candidate) => typesOf(candidate).some((type) => typesOf(old).includes(type)))
      .map((candidate) => compareSingle(old, candidate, path))
      .sort((a, b) => a.length - b.length);
    return attempts[0] ?? [`${at(path)}: ${typesOf(old).join(' or ')} is no longer allowed`];
  });
}

function compareSingle(before: JsonSchema, after: JsonSchema, path: string): string[] {
  return [
    ...compareValues(before, after, path),
    ...compareBounds(before, after, path),
    ...compareProperties(before, after, path),
    ...(after.items ? compare(before.items ?? {}, after.items, `${path}[]`) : []),
  ];
}

function compareValues(before: JsonSchema, after: JsonSchema, path: string): string[] {
  const [old, now] = [valuesOf(before), valuesOf(after)];
  if (!now) return [];
  if (!old) return [`${at(path)}: now takes only ${now.join(', ')}`];
  const gone = old.filter((value) => !now.includes(value));
  return gone.length > 0 ? [`${at(path)}: no longer takes ${gone.join(', ')}`] : [];
}

const LOWER = ['minimum', 'minLength', 'minItems'] as const;
const UPPER = ['maximum', 'maxLength', 'maxItems'] as const;

function compareBounds(before: JsonSchema, after: JsonSchema, path: string): string[] {
  const breaks: string[] = [];
  if (before.type === 'number' && after.type === 'integer') {
    breaks.push(`${at(path)}: fractions are no longer allowed`);
  }
  for (const bound of LOWER) {
    if ((after[bound] ?? -Infinity) > (before[bound] ?? -Infinity)) {
      breaks.push(`${at(path)}: ${bound} rises from ${before[bound] ?? 'none'} to ${after[bound]}`);
    }
  }
  for (const bound of UPPER) {
    if ((after[bound] ?? Infinity) < (before[bound] ?? Infinity)) {
      breaks.push(`${at(path)}: ${bound} falls from ${before[bound] ?? 'none'} to ${after[bound]}`);
    }
  }
  for (const form of ['pattern', 'format'] as const) {
    if (after[form] !== undefined && after[form] !== before[form]) {
      breaks.push(`${at(path)}: ${form} ${before[form] ?? 'none'} becomes ${after[form]}`);
    }
  }
  return breaks;
}

function compareProperties(before: JsonSchema, after: JsonSchema, path: string): string[] {
  const [old, now] = [before.properties ?? {}, after.properties ?? {}];
  const [neededBefore, neededNow] = [new Set(before.required), new Set(after.required)];
  const closed = before.additionalProperties === false;
  const breaks: string[] = [];
  if (after.additionalProperties === false && !closed && before.properties) {
    breaks.push(`${at(path)}: other fields are no longer allowed`);
  }
  for (const [name, schema] of Object.entries(old)) {
    const below = path ? `${path}.${name}` : name;
    const next = now[name];
    if (!next) breaks.push(`${below}: removed`);
    else {
      if (neededBefore.has(name) && !neededNow.has(name)) breaks.push(`${below}: no longer always there`);
      if (!neededBefore.has(name) && neededNow.has(name)) breaks.push(`${below}: now required`);
      breaks.push(...compare(schema, next, below));
    }
  }
  for (const name of Object.keys(now).filter((key) => !(key in old))) {
    const below = path ? `${path}.${name}` : name;
    if (neededNow.has(name)) breaks.push(`${below}: new and required, states in the log lack it`);
    else if (closed) breaks.push(`${below}: new where readers refuse other fields`);
  }
  return breaks;
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

const at = (path: string): string => path || '(state)';
