/** The part of JSON Schema 2020-12 (OpenAPI 3.1) that the documents use. */
export interface JsonSchema {
  $ref?: string;
  type?: string | string[];
  description?: string;
  format?: string;
  enum?: unknown[];
  const?: unknown;
  default?: unknown;
  examples?: unknown[];
  pattern?: string;
  minimum?: number;
  maximum?: number;
  minLength?: number;
  maxLength?: number;
  minItems?: number;
  maxItems?: number;
  uniqueItems?: boolean;
  items?: JsonSchema;
  prefixItems?: JsonSchema[];
  properties?: Record<string, JsonSchema>;
  required?: string[];
  additionalProperties?: boolean | JsonSchema;
  allOf?: JsonSchema[];
  anyOf?: JsonSchema[];
}

export const referTo = (name: string): JsonSchema => ({ $ref: `#/components/schemas/${name}` });

/** The schema, or null. */
export function nullable(schema: JsonSchema): JsonSchema {
  if (Object.keys(schema).length === 0) return schema;
  if (schema.$ref || schema.type === undefined)
    return { anyOf: [...(schema.anyOf && !schema.$ref ? schema.anyOf : [schema]), { type: 'null' }] };
  const { type, ...rest } = schema;
  const types = [...new Set([type, 'null'].flat())];
  return { type: types, ...rest, ...(rest.enum ? { enum: [...rest.enum.filter((v) => v !== null), null] } : {}) };
}

/** The schema without its null; what the other keywords are about. */
export function withoutNull(schema: JsonSchema): { schema: JsonSchema; nullable: boolean } {
  if (Array.isArray(schema.type) && schema.type.includes('null')) {
    const types = schema.type.filter((type) => type !== 'null');
    const { enum: values, ...rest } = schema;
    return {
      schema: {
        ...rest,
        type: types.length === 1 ? types[0] : types,
        ...(values ? { enum: values.filter((value) => value !== null) } : {}),
      },
      nullable: true,
    };
  }
  const others = schema.anyOf?.filter((part) => part.type !== 'null');
  if (schema.anyOf && others && others.length < schema.anyOf.length) {
    const { anyOf: _, ...rest } = schema;
    const [only] = others;
    return { schema: { ...rest, ...(others.length === 1 ? only : { anyOf: others }) }, nullable: true };
  }
  return { schema, nullable: false };
}
