import type { OperationSource, ParameterSource } from './controller-sources.js';
import type { Class, DtoSchemas } from './dto-schemas.js';
import { type JsonSchema, withoutNull } from './json-schema.js';
import type { Operation, Parameter } from './open-api.js';
import type { TypeSchemas } from './type-schemas.js';

const REFERENCE = '#/components/schemas/';
const COMMON_HEADERS: Record<string, string> = {
  'idempotency-key': 'IdempotencyKey',
  'accept-language': 'AcceptLanguage',
};

/** Parameters and body of operations. */
export class OperationParameters {
  constructor(
    private readonly types: TypeSchemas,
    private readonly dtos: DtoSchemas,
  ) {}

  /**
   * @param route what swagger's decorators say of it
   * @param method in small letters
   * @param classes the classes of the method's parameters at run time
   */
  of(
    route: Operation,
    method: string,
    source: OperationSource,
    classes: readonly unknown[],
  ): Pick<Operation, 'parameters' | 'requestBody'> {
    const parameters: NonNullable<Operation['parameters']> = [];
    const headers = new Set(source.idempotent ? ['IdempotencyKey'] : []);
    let requestBody: Operation['requestBody'];
    for (const parameter of source.parameters) {
      const type = classes[parameter.index] as Class | undefined;
      const { kind, name } = parameter;
      if (kind === 'param' && name) parameters.push(this.inPath(parameter, name, route));
      if (kind === 'query') parameters.push(...this.inQuery(parameter, type));
      if (kind === 'header' && name) headers.add(commonHeader(name.toLowerCase(), source));
      if (kind === 'body')
        // What a DELETE takes may be left out with its body.
        requestBody = { ...this.body(parameter, type, route), required: method !== 'delete' };
    }
    for (const header of [...headers].sort()) parameters.push({ $ref: `#/components/parameters/${header}` });
    return {
      ...(parameters.length > 0 ? { parameters } : {}),
      ...(requestBody ? { requestBody } : {}),
    };
  }

  private inPath({ type, pipes }: ParameterSource, name: string, route: Operation): Parameter {
    const said = route.parameters?.find(
      (other): other is Parameter => 'name' in other && other.in === 'path' && other.name === name,
    );
    const schema = this.types.schemaOf(type);
    if (pipes.includes('ParseUUIDPipe')) schema.format = 'uuid';
    if (pipes.includes('ParseIntPipe')) schema.type = 'integer';
    if (said?.schema.enum) schema.enum = said.schema.enum;
    return {
      name,
      in: 'path',
      required: true,
      ...(said?.description ? { description: said.description } : {}),
      schema,
    };
  }

  private inQuery({ type, name }: ParameterSource, dto: Class | undefined): Parameter[] {
    const schema = this.types.schemaOf(type);
    if (name) return [queryParameter(name, schema, false)];
    const members = schema.$ref ? this.completed(schema, dto, 'query') : schema;
    const required = members.required ?? [];
    return Object.entries(members.properties ?? {}).map(([key, member]) =>
      queryParameter(key, member, required.includes(key)),
    );
  }

  private body({ type }: ParameterSource, dto: Class | undefined, route: Operation): NonNullable<Operation['requestBody']> {
    const schema = this.types.schemaOf(type);
    // Files and the like: what the decorators say of them.
    if (!schema.$ref && !schema.items) return route.requestBody ?? { content: {} };
    if (schema.$ref) this.completed(schema, dto, 'json');
    const mediaTypes = Object.keys(route.requestBody?.content ?? { 'application/json': {} });
    return { content: Object.fromEntries(mediaTypes.map((media) => [media, { schema }])) };
  }

  private completed({ $ref = '' }: JsonSchema, dto: Class | undefined, from: 'query' | 'json'): JsonSchema {
    if (dto && dto !== Object) this.dtos.complete(dto, from);
    return this.types.components.get($ref.slice(REFERENCE.length)) ?? {};
  }
}

/** Nothing is null in a query string. */
function queryParameter(name: string, given: JsonSchema, required: boolean): Parameter {
  const { description, ...schema } = withoutNull(given).schema;
  return { name, in: 'query', required, ...(description ? { description } : {}), schema };
}

/** @throws Error when the header is none that the platform has in common */
function commonHeader(name: string, { ifMatch }: OperationSource): string {
  const common = name === 'if-match' ? (ifMatch === 'required' ? 'IfMatch' : 'IfMatchIfKnown') : COMMON_HEADERS[name];
  if (!common) throw new Error(`The header ${name} is not described: add it to the common parameters.`);
  return common;
}
