import { plainToInstance } from 'class-transformer';
import { getMetadataStorage } from 'class-validator';
import { type JsonSchema, nullable, withoutNull } from './json-schema.js';
import { CONDITIONAL, NESTED, type Rule, withRules } from './validation-keywords.js';

export type Class = new () => object;

/** What `@ApiProperty` may say beside the type and the rules. */
interface Annotation extends Omit<JsonSchema, 'type' | 'required'> {
  type?: unknown;
  required?: boolean;
  example?: unknown;
  isArray?: boolean;
  nullable?: boolean;
}

const ANNOTATIONS = 'swagger/apiModelProperties';
/** What an annotation may add; what the rules of class-validator say too must be the same. */
const SAID_TWICE = ['minimum', 'maximum', 'minLength', 'maxLength', 'minItems', 'maxItems', 'pattern'] as const;

/**
 * Completes the schemas of DTO classes, as the types give them, with what is known at run time: the rules of
 * class-validator and the texts of `@ApiProperty`. Where annotation and rule contradict each other, a sentence
 * is added to `contradictions`.
 */
export class DtoSchemas {
  readonly contradictions: string[] = [];
  private readonly done = new Map<string, Class>();

  constructor(private readonly components: Map<string, JsonSchema>) {}

  /**
   * Completes the component of the class, and those of the classes within it.
   * @param from where the values come from: in a query string nothing is null
   */
  complete(dto: Class, from: 'query' | 'json' = 'json'): void {
    const { name } = dto;
    const schema = this.components.get(name);
    const before = this.done.get(name);
    if (before && before !== dto) throw new Error(`Two different classes are called ${name}.`);
    if (before || !schema?.properties) return;
    this.done.set(name, dto);
    const rules = rulesOf(dto);
    const required = new Set(schema.required);
    const properties: Record<string, JsonSchema> = {};
    for (const [property, given] of Object.entries(schema.properties)) {
      const own = rules.get(property) ?? [];
      properties[property] = this.property(dto, property, given, own);
      if (own.length === 0) continue;
      const mayBeLeftOut = own.some(({ name: rule }) => rule === CONDITIONAL);
      const annotation = annotationOf(dto, property);
      if (annotation && (annotation.required ?? true) === mayBeLeftOut)
        this.contradictions.push(`${name}.${property}: @ApiProperty and its rules differ in whether it is required.`);
      if (from === 'json' && annotation?.nullable && !withoutNull(given).nullable)
        this.contradictions.push(`${name}.${property}: null in @ApiProperty, not in its type.`);
      if (mayBeLeftOut) required.delete(property);
      else if (!required.has(property))
        this.contradictions.push(`${name}.${property}: its type is optional, its rules are not.`);
    }
    for (const property of rules.keys())
      if (!(property in properties))
        this.contradictions.push(`${name}.${property}: class-validator knows it, its type does not.`);
    const { required: _, ...rest } = schema;
    this.components.set(name, {
      ...rest,
      properties,
      ...(required.size > 0 ? { required: [...required] } : {}),
      ...(rules.size > 0 ? { additionalProperties: false } : {}),
    });
  }

  private property(dto: Class, property: string, given: JsonSchema, rules: readonly Rule[]): JsonSchema {
    const annotation = annotationOf(dto, property) ?? {};
    const { schema: bare, nullable: mayBeNull } = withoutNull(given);
    let schema = withRules(bare, rules);
    const items = Boolean(schema.type === 'array' && annotation.enum);
    for (const keyword of SAID_TWICE) {
      const said = annotation[keyword];
      if (said === undefined) continue;
      const ruled = schema[keyword];
      if (rules.length > 0 && ruled !== said)
        this.contradictions.push(
          `${dto.name}.${property}: ${keyword} is ${String(said)} in @ApiProperty, ${String(ruled)} in its rules.`,
        );
      schema = { ...schema, [keyword]: said };
    }
    if (annotation.enum) {
      const values = Array.isArray(annotation.enum) ? annotation.enum : Object.values(annotation.enum);
      const ruled = items ? schema.items?.enum : schema.enum;
      if (rules.length > 0 && !sameValues(ruled, values))
        this.contradictions.push(`${dto.name}.${property}: enum of @ApiProperty and rules differ.`);
      if (!ruled) schema = items ? { ...schema, items: { ...schema.items, enum: values } } : { ...schema, enum: values };
      // The order of the value list, not that of the alphabet.
      else if (sameValues(ruled, values) && !items) schema = { ...schema, enum: values };
    }
    if (annotation.format) schema.format = annotation.format;
    if (annotation.description) schema.description = annotation.description;
    if (annotation.example !== undefined) schema.examples = [annotation.example];
    const byDefault = annotation.default ?? initialValue(dto, property);
    if (byDefault !== undefined && rules.length > 0) schema.default = byDefault;
    if (rules.some(({ name }) => name === NESTED)) {
      const nested = nestedClass(dto, property, schema.type === 'array');
      if (nested) this.complete(nested);
    }
    for (const type of classesOf(annotation)) this.complete(type);
    return mayBeNull ? nullable(schema) : schema;
  }
}

/** The rules of a class by property, its ancestors' included, in the order in which they were registered. */
function rulesOf(dto: Class): Map<string, Rule[]> {
  const rules = new Map<string, Rule[]>();
  for (const { propertyName, type, name, constraints, each } of getMetadataStorage().getTargetValidationMetadatas(
    dto,
    '',
    true,
    false,
  )) {
    const own = rules.get(propertyName) ?? [];
    const isRule = type !== CONDITIONAL && type !== NESTED;
    own.push({ name: isRule ? (name ?? type) : type, constraints: constraints ?? [], each });
    rules.set(propertyName, own);
  }
  return rules;
}

function annotationOf(dto: Class, property: string): Annotation | undefined {
  return Reflect.getMetadata(ANNOTATIONS, dto.prototype as object, property) as Annotation | undefined;
}

/** The DTO classes that an annotation names as its type. */
function classesOf({ type: named }: Annotation): Class[] {
  return [named].flat().flatMap((type): Class[] => {
    if (typeof type !== 'function') return [];
    if (/^class\b/.test(Function.prototype.toString.call(type))) return [type as Class];
    const lazy = type.name === 'type' ? ((type as () => unknown)() as Class) : undefined;
    return lazy ? [lazy] : [];
  });
}

/** The class of a nested object, as class-transformer makes it. */
function nestedClass(dto: Class, property: string, isList: boolean): Class | undefined {
  const made = plainToInstance(dto, { [property]: isList ? [{}] : {} }) as Record<string, unknown>;
  const value = [made[property]].flat()[0];
  const type = value && typeof value === 'object' ? (value.constructor as Class) : undefined;
  return type === Object ? undefined : type;
}

function initialValue(dto: Class, property: string): unknown {
  const value = (new dto() as Record<string, unknown>)[property];
  return typeof value === 'object' ? undefined : value;
}

const sameValues = (a: readonly unknown[] | undefined, b: readonly unknown[]): boolean =>
  a !== undefined && a.length === b.length && a.every((value) => b.includes(value));
