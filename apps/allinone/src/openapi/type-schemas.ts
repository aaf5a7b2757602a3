import ts from 'typescript';
import { type JsonSchema, nullable, referTo } from './json-schema.js';

/** How a value of a library's type is written in JSON. */
const WRITTEN_AS: Record<string, JsonSchema> = {
  Date: { type: 'string', format: 'date-time' },
  Buffer: { type: 'string', format: 'binary' },
  Uint8Array: { type: 'string', format: 'binary' },
  StreamableFile: { type: 'string', format: 'binary' },
};

/**
 * JSON Schemas of TypeScript types as the checker resolves them, so that inferred types (zod's), generics and
 * mapped types come out as what they are. Interfaces, classes and aliases become components under their own names;
 * `Page<Opening>` becomes `OpeningPage`.
 */
export class TypeSchemas {
  readonly components = new Map<string, JsonSchema>();
  private readonly typeOf = new Map<string, ts.Type>();

  constructor(
    private readonly checker: ts.TypeChecker,
    /** Names of types that lost theirs on the way (`type State = z.infer<…>`). */
    private readonly aliases: ReadonlyMap<ts.Type, ts.Symbol>,
  ) {}

  /** @throws Error when two different types of one document have the same name */
  schemaOf(type: ts.Type): JsonSchema {
    const flags = type.flags;
    if (flags & (ts.TypeFlags.Any | ts.TypeFlags.Unknown)) return {};
    if (flags & ts.TypeFlags.Null) return { type: 'null' };
    if (type.isStringLiteral()) return { type: 'string', enum: [type.value] };
    if (type.isNumberLiteral()) return { type: 'number', enum: [type.value] };
    if (flags & ts.TypeFlags.BooleanLiteral)
      return { type: 'boolean', enum: [this.checker.typeToString(type) === 'true'] };
    if (flags & ts.TypeFlags.StringLike) return { type: 'string' };
    if (flags & ts.TypeFlags.NumberLike) return { type: 'number' };
    if (flags & ts.TypeFlags.BooleanLike) return { type: 'boolean' };
    if (type.isUnion()) return this.ofUnion(type);
    if (flags & ts.TypeFlags.NonPrimitive) return { type: 'object' };
    if (type.isIntersection()) {
      const primitive = type.types.find((part) => !(part.flags & ts.TypeFlags.Object));
      if (primitive) return this.schemaOf(primitive);
    }
    if (flags & (ts.TypeFlags.Object | ts.TypeFlags.Intersection)) return this.ofObject(type);
    throw new Error(`${this.checker.typeToString(type)} cannot be written as JSON.`);
  }

  /** The schema of what a method answers; none for nothing. */
  answerOf(type: ts.Type): JsonSchema | undefined {
    return type.flags & (ts.TypeFlags.Void | ts.TypeFlags.Undefined) ? undefined : this.schemaOf(type);
  }

  private ofUnion(union: ts.UnionType): JsonSchema {
    const parts = union.types.filter((part) => !(part.flags & ts.TypeFlags.Undefined));
    const values = parts.filter((part) => !(part.flags & ts.TypeFlags.Null));
    const schemas = new Map<string, JsonSchema>();
    // The checker's order of a union depends on what it has seen before: unsorted, documents would change by chance.
    const add = (schema: JsonSchema): unknown => schemas.set(JSON.stringify(schema), schema);
    const strings = values.flatMap((part) => (part.isStringLiteral() ? [part.value] : []));
    const numbers = values.flatMap((part) => (part.isNumberLiteral() ? [part.value] : []));
    const booleans = values.filter((part) => part.flags & ts.TypeFlags.BooleanLiteral);
    if (strings.length > 0) add({ type: 'string', enum: strings.sort() });
    if (numbers.length > 0) add({ type: 'number', enum: numbers.sort((a, b) => a - b) });
    if (booleans.length === 2) add({ type: 'boolean' });
    else if (booleans[0]) add(this.schemaOf(booleans[0]));
    for (const part of values)
      if (!part.isStringLiteral() && !part.isNumberLiteral() && !(part.flags & ts.TypeFlags.BooleanLiteral))
        add(this.schemaOf(part));
    const sorted = [...schemas.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, schema]) => schema);
    const [only] = sorted;
    const schema = sorted.length === 1 && only ? only : sorted.length === 0 ? {} : { anyOf: sorted };
    return values.length < parts.length ? (values.length === 0 ? { type: 'null' } : nullable(schema)) : schema;
  }

  private ofObject(type: ts.Type): JsonSchema {
    const { checker } = this;
    const written = WRITTEN_AS[type.symbol?.name ?? ''];
    if (written && isOfLibrary(type.symbol)) return written;
    if (checker.isTupleType(type))
      return {
        type: 'array',
        prefixItems: checker.getTypeArguments(type as ts.TypeReference).map((part) => this.schemaOf(part)),
      };
    if (checker.isArrayType(type)) {
      const [item] = checker.getTypeArguments(type as ts.TypeReference);
      return { type: 'array', items: item ? this.schemaOf(item) : {} };
    }
    const name = this.nameOf(type);
    if (!name) return this.ofMembers(type);
    const known = this.typeOf.get(name);
    if (!known) {
      this.typeOf.set(name, type);
      this.components.set(name, {});
      this.components.set(name, this.ofMembers(type));
    } else if (known !== type && JSON.stringify(this.ofMembers(type)) !== JSON.stringify(this.components.get(name))) {
      throw new Error(`Two different types are called ${name}: give one of them another name.`);
    }
    return referTo(name);
  }

  private ofMembers(type: ts.Type): JsonSchema {
    const { checker } = this;
    const properties: Record<string, JsonSchema> = {};
    const required: string[] = [];
    for (const property of checker.getPropertiesOfType(type)) {
      if (isHidden(property)) continue;
      const valueType = checker.getTypeOfSymbol(property);
      if (valueType.getCallSignatures().length > 0) continue;
      properties[property.name] = described(
        this.schemaOf(valueType),
        ts.displayPartsToString(property.getDocumentationComment(checker)),
      );
      const optional = property.flags & ts.SymbolFlags.Optional || mayBeUndefined(valueType);
      if (!optional) required.push(property.name);
    }
    const index = checker.getIndexTypeOfType(type, ts.IndexKind.String);
    const rest = index && this.schemaOf(index);
    const hasMembers = Object.keys(properties).length > 0;
    const isNamed = type.symbol?.flags & (ts.SymbolFlags.Interface | ts.SymbolFlags.Class);
    const comment = isNamed ? type.symbol : this.aliases.get(type);
    return described(
      {
        type: 'object',
        ...(hasMembers ? { properties } : {}),
        ...(required.length > 0 ? { required } : {}),
        ...(rest ? { additionalProperties: Object.keys(rest).length > 0 ? rest : true } : {}),
      },
      comment ? ts.displayPartsToString(comment.getDocumentationComment(checker)) : '',
    );
  }

  /** The name of a component, or none for what has no name of its own. */
  private nameOf(type: ts.Type): string | undefined {
    const alias = type.aliasSymbol && !isOfLibrary(type.aliasSymbol) ? type.aliasSymbol : undefined;
    if (alias) return this.withArguments(alias.name, type.aliasTypeArguments);
    const { symbol } = type;
    if (symbol && symbol.flags & (ts.SymbolFlags.Interface | ts.SymbolFlags.Class) && !isOfLibrary(symbol)) {
      const args = isReference(type) ? this.checker.getTypeArguments(type) : [];
      // A class's own `this` type is the last argument of a reference to it.
      return this.withArguments(
        symbol.name,
        args.filter((arg) => !(arg.flags & ts.TypeFlags.TypeParameter)),
      );
    }
    return this.aliases.get(type)?.name;
  }

  private withArguments(name: string, args: readonly ts.Type[] = []): string | undefined {
    const names = args.map((arg) => this.nameOf(arg));
    return names.every((part) => part !== undefined) ? `${names.join('')}${name}` : undefined;
  }
}

export function described(schema: JsonSchema, description: string): JsonSchema {
  const text = description.trim().replace(/\s*\n\s*/g, ' ');
  return text ? { ...schema, description: text } : schema;
}

export function isOfLibrary(symbol: ts.Symbol): boolean {
  return (
    symbol.declarations?.every((declaration) => {
      const { fileName } = declaration.getSourceFile();
      return fileName.includes('/node_modules/');
    }) ?? false
  );
}

const isReference = (type: ts.Type): type is ts.TypeReference =>
  Boolean((type as ts.ObjectType).objectFlags & ts.ObjectFlags.Reference);

const mayBeUndefined = (type: ts.Type): boolean =>
  type.isUnion() && type.types.some((part) => part.flags & ts.TypeFlags.Undefined);

const isHidden = (property: ts.Symbol): boolean =>
  property.name.startsWith('__') ||
  (property.declarations ?? []).some(
    (declaration) =>
      ts.getCombinedModifierFlags(declaration) & (ts.ModifierFlags.Private | ts.ModifierFlags.Protected),
  );
