import { z } from 'zod';
import type { TopicDefinition } from './topic.js';

/** A JSON Schema as zod makes it; only what this library looks at. */
export interface JsonSchema {
  type?: string | string[];
  const?: unknown;
  enum?: unknown[];
  anyOf?: JsonSchema[];
  oneOf?: JsonSchema[];
  properties?: Record<string, JsonSchema>;
  required?: string[];
  additionalProperties?: boolean | JsonSchema;
  items?: JsonSchema;
  description?: string;
  format?: string;
  pattern?: string;
  minimum?: number;
  maximum?: number;
  minLength?: number;
  maxLength?: number;
  minItems?: number;
  maxItems?: number;
}

/** The committed form of a topic: the schema of its states and what else readers rely on. */
export interface TopicSchema extends JsonSchema {
  $schema?: string;
  title: string;
  'x-schema-version': number;
  'x-partitions': number;
  'x-happenings': string[];
  'x-personal-data': Record<string, string>;
}

/** What may stand in the log under this topic (JSON Schema 2020-12 of the value). */
export function topicSchema(topic: TopicDefinition): TopicSchema {
  const { $schema, ...state } = z.toJSONSchema(topic.state, { io: 'input' }) as JsonSchema & {
    $schema?: string;
  };
  return {
    $schema,
    title: topic.name,
    'x-schema-version': topic.schemaVersion,
    'x-partitions': topic.partitions,
    'x-happenings': [...topic.happenings],
    'x-personal-data': { ...topic.personalData },
    ...state,
  };
}

/** A field that holds a value itself (not an object of fields). */
export interface Leaf {
  /** Dotted; lists are not marked: `workplaces.communeCode`. */
  path: string;
  schema: JsonSchema;
  /** Whether every state has it. */
  required: boolean;
}

/** All values of a state, by path. What only some alternatives of a union have is not always there. */
export function leavesOf(schema: JsonSchema, path = '', required = true): Leaf[] {
  const parts = alternatives(schema).filter((part) => part.type !== 'null');
  const found = new Map<string, Leaf>();
  const seen = new Map<string, number>();
  for (const leaf of parts.flatMap((part) => leavesBelow(part, path, required))) {
    const known = found.get(leaf.path);
    seen.set(leaf.path, (seen.get(leaf.path) ?? 0) + 1);
    found.set(leaf.path, known ? both(known, leaf) : leaf);
  }
  if (found.size === 0) return path ? [{ path, schema, required }] : [];
  return [...found.values()].map((leaf) => ({
    ...leaf,
    required: leaf.required && seen.get(leaf.path) === parts.length,
  }));
}

function leavesBelow(part: JsonSchema, path: string, required: boolean): Leaf[] {
  if (part.properties) {
    return Object.entries(part.properties).flatMap(([name, property]) =>
      leavesOf(property, path ? `${path}.${name}` : name, required && (part.required ?? []).includes(name)),
    );
  }
  const holdsObjects = part.items && alternatives(part.items).some((item) => item.properties);
  return part.items && holdsObjects ? leavesOf(part.items, path, required) : [];
}

function both(a: Leaf, b: Leaf): Leaf {
  const description = descriptionOf(a.schema) ?? descriptionOf(b.schema);
  return {
    path: a.path,
    schema: { anyOf: [a.schema, b.schema], description },
    required: a.required && b.required,
  };
}

/** A schema's description; of a nullable one, that of what it is when not null. */
export function descriptionOf(schema: JsonSchema): string | undefined {
  return schema.description ?? alternatives(schema).find((part) => part.description)?.description;
}

/** The alternatives that a schema allows, without unions inside: `anyOf`, `oneOf` and lists of types taken apart. */
export function alternatives(schema: JsonSchema): JsonSchema[] {
  const union = schema.anyOf ?? schema.oneOf;
  if (union) return union.flatMap(alternatives);
  if (Array.isArray(schema.type)) return schema.type.map((type) => ({ ...schema, type }));
  return [schema];
}

/** A type as the documentation writes it, e.g. `integer ≥ 1 | null`. */
export function typeText(schema: JsonSchema): string {
  const texts = alternatives(schema).map((part) => {
    if (part.const !== undefined) return JSON.stringify(part.const);
    if (part.enum) return part.enum.map((value) => JSON.stringify(value)).join(' | ');
    if (part.type === 'array') {
      const item = part.items ? typeText(part.items) : 'any';
      return item.includes(' ') ? `(${item})[]` : `${item}[]`;
    }
    const bounds = [
      part.format,
      part.minimum !== undefined && part.minimum > Number.MIN_SAFE_INTEGER ? `≥ ${part.minimum}` : undefined,
      part.maximum !== undefined && part.maximum < Number.MAX_SAFE_INTEGER ? `≤ ${part.maximum}` : undefined,
      // The pattern of a named format says nothing new.
      part.format ? undefined : part.pattern,
    ].filter((bound) => bound !== undefined);
    return [typeof part.type === 'string' ? part.type : 'any', ...bounds].join(' ');
  });
  return [...new Set(texts)].join(' | ');
}
