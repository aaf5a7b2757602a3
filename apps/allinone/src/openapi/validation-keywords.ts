import type { ValidationTypes } from 'class-validator';
import type { JsonSchema } from './json-schema.js';

/** One rule of class-validator on a property. */
export interface Rule {
  name: string;
  constraints: unknown[];
  each: boolean;
}

type Keywords = (constraints: unknown[]) => JsonSchema;

const first = (constraints: unknown[]): number => Number(constraints[0]);

/** What a rule of class-validator is in JSON Schema. Rules that are not here say nothing that a schema can say. */
const KEYWORDS: Record<string, Keywords> = {
  isInt: () => ({ type: 'integer' }),
  min: (c) => ({ minimum: first(c) }),
  max: (c) => ({ maximum: first(c) }),
  isPositive: () => ({ minimum: 1 }),
  minLength: (c) => ({ minLength: first(c) }),
  maxLength: (c) => ({ maxLength: first(c) }),
  isLength: ([min, max]) => ({
    minLength: Number(min),
    ...(max === undefined ? {} : { maxLength: Number(max) }),
  }),
  matches: ([pattern]) => (pattern instanceof RegExp ? { pattern: pattern.source } : {}),
  isIn: ([values]) => ({ enum: [...(values as readonly unknown[])] }),
  isEnum: ([values]) => ({ enum: Object.values(values as object) }),
  isUuid: () => ({ format: 'uuid' }),
  isEmail: () => ({ format: 'email' }),
  isUrl: () => ({ format: 'uri' }),
  isDateString: () => ({ format: 'date-time' }),
  arrayMinSize: (c) => ({ minItems: first(c) }),
  arrayNotEmpty: () => ({ minItems: 1 }),
  arrayMaxSize: (c) => ({ maxItems: first(c) }),
  arrayUnique: () => ({ uniqueItems: true }),
};

export const CONDITIONAL: typeof ValidationTypes.CONDITIONAL_VALIDATION = 'conditionalValidation';
export const NESTED: typeof ValidationTypes.NESTED_VALIDATION = 'nestedValidation';

/** The schema with its rules. Rules that are for each item go to the items; a second pattern is one more condition. */
export function withRules(schema: JsonSchema, rules: readonly Rule[]): JsonSchema {
  let result = { ...schema };
  // Decorators run from the last to the first: reversed, the rules stand as they are written.
  for (const { name, constraints, each } of [...rules].reverse()) {
    const keywords = KEYWORDS[name]?.(constraints);
    if (!keywords) continue;
    if (each && result.type === 'array') result.items = merge(result.items ?? {}, keywords);
    else result = merge(result, keywords);
  }
  return result;
}

function merge(schema: JsonSchema, keywords: JsonSchema): JsonSchema {
  if (schema.pattern !== undefined && keywords.pattern !== undefined && schema.pattern !== keywords.pattern)
    return { ...schema, allOf: [...(schema.allOf ?? []), { pattern: keywords.pattern }] };
  return { ...schema, ...keywords };
}
