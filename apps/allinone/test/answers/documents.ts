import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';

export interface Operation {
  'x-access': { kind: 'public' | 'roles' | 'service'; roles?: string[] };
  responses: Record<string, { content?: Record<string, object>; headers?: Record<string, unknown> }>;
}
interface Document {
  paths: Record<string, Record<string, Operation>>;
}

const FOLDER = join(import.meta.dirname, '../../../../openapi');

/** The committed documents, against which answers are held: they must not hold more than is described, either. */
export class Documents {
  /** By method and path: `GET /api/v1/matching/openings/{id}`. */
  readonly operations = new Map<string, Operation>();
  private readonly ajv = new Ajv2020({ strict: false, allErrors: true });
  private readonly files = new Map<string, string>();
  private readonly validators = new Map<string, ValidateFunction>();

  constructor() {
    formats.default(this.ajv);
    for (const file of readdirSync(FOLDER)) {
      const document = closed(JSON.parse(readFileSync(join(FOLDER, file), 'utf8'))) as Document;
      this.ajv.addSchema(document, file);
      for (const [path, item] of Object.entries(document.paths))
        for (const [method, operation] of Object.entries(item)) {
          this.operations.set(`${method.toUpperCase()} ${path}`, operation);
          this.files.set(`${method.toUpperCase()} ${path}`, file);
        }
    }
  }

  /** In how far an answer is not what is described; sentences, none when it is. */
  faults(operation: string, status: number, headers: Headers, body: unknown): string[] {
    const described = this.operations.get(operation);
    if (!described) return [`${operation} is in no document`];
    const type = headers.get('content-type')?.split(';')[0] ?? '';
    if (status >= 400)
      return type === 'application/problem+json'
        ? this.check(`${operation} ${status}`, this.pointer(operation, 'components/schemas/Problem'), body)
        : [`${operation}: ${status} is ${type}`];
    const answer = described.responses[status];
    if (!answer) return [`${operation}: ${status} is not described`];
    const faults: string[] = [];
    if (Boolean(answer.headers?.['ETag']) !== headers.has('etag'))
      faults.push(
        `${operation}: ETag is ${headers.get('etag')}, but ${answer.headers ? '' : 'not '}described`,
      );
    if (!answer.content) return body === '' ? faults : [...faults, `${operation}: ${status} has a body`];
    if (!answer.content[type]) return [...faults, `${operation}: ${status} is ${type}`];
    const [method = '', path = ''] = operation.split(' ');
    const place = [
      'paths',
      path,
      method.toLowerCase(),
      'responses',
      String(status),
      'content',
      type,
      'schema',
    ];
    return [...faults, ...this.check(`${operation} ${status}`, this.pointer(operation, ...place), body)];
  }

  private check(what: string, pointer: string, body: unknown): string[] {
    const validate = this.validators.get(pointer) ?? this.ajv.compile({ $ref: pointer });
    this.validators.set(pointer, validate);
    if (validate(body)) return [];
    const sentences = (validate.errors ?? []).map(
      ({ instancePath, message, params }) =>
        `${what}: ${instancePath.replace(/\/\d+(?=\/|$)/g, '/*')} ${message} ${JSON.stringify(params)}`,
    );
    return [...new Set(sentences)];
  }

  private pointer(operation: string, ...parts: string[]): string {
    const escaped = parts.map((part) =>
      part.startsWith('components/')
        ? part
        : encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1')),
    );
    return `${this.files.get(operation)}#/${escaped.join('/')}`;
  }
}

/** A copy in which objects have no members beside those that are described. */
function closed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(closed);
  if (!value || typeof value !== 'object') return value;
  const copy: Record<string, unknown> = Object.fromEntries(
    Object.entries(value).map(([key, member]) => [key, closed(member)]),
  );
  const isOpen =
    !('additionalProperties' in copy) &&
    !(
      'code' in ((copy['properties'] as object | undefined) ?? {}) &&
      'correlationId' in (copy['properties'] as object)
    );
  if (copy['type'] && copy['properties'] && isOpen) copy['additionalProperties'] = false;
  return copy;
}
