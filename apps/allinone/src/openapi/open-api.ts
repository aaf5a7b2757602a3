import type { AccessRule } from '#platform';
import type { OperationSource } from './controller-sources.js';
import { described } from './type-schemas.js';
import type { JsonSchema } from './json-schema.js';

interface Reference {
  $ref: string;
}
export interface Parameter {
  name: string;
  in: 'path' | 'query' | 'header';
  required?: boolean;
  description?: string;
  schema: JsonSchema;
}
type Content = Record<string, { schema: JsonSchema }>;
export interface Answer {
  $ref?: string;
  description?: string;
  headers?: Record<string, Reference>;
  content?: Content;
}
type Security = Record<string, string[]>[];
export interface Operation {
  tags?: string[];
  operationId?: string;
  summary?: string;
  description?: string;
  'x-access'?: AccessRule | { kind: 'nobody' };
  security?: Security;
  parameters?: (Parameter | Reference)[];
  requestBody?: { required?: boolean; content: Content };
  responses: Record<string, Answer>;
}
export interface Document {
  openapi: string;
  info: Record<string, unknown>;
  servers: { url: string }[];
  tags: { name: string; description?: string }[];
  paths: Record<string, Partial<Record<'get' | 'put' | 'post' | 'delete' | 'patch', Operation>>>;
  components: {
    schemas: Record<string, JsonSchema>;
    responses: Record<string, Answer>;
    parameters: Record<string, Parameter>;
    headers: Record<string, { description: string; schema: JsonSchema }>;
    securitySchemes: Record<string, Record<string, string>>;
  };
}

const text: JsonSchema = { type: 'string' };

/** What all documents have in common. */
export const COMMON = {
  description:
    'Lists, cursors, errors, Idempotency-Key, ETag and the change feed work alike in every service: docs/api.md. ' +
    '`x-access` says who may call an operation: everyone (`public`), people with one of the roles (`roles`), ' +
    'other services whose token has the scope (`service`); whatever has no rule is refused to everyone.',
  dataLicence:
    'Đơn vị vận hành chưa công bố giấy phép dữ liệu. / The operator has not stated a licence of the data.',
  schemas: {
    Problem: {
      type: 'object',
      description: 'An error (RFC 9457). Texts are Vietnamese unless Accept-Language prefers English.',
      properties: {
        type: { type: 'string', description: 'urn:noiviec:problem:<code>' },
        title: text,
        status: { type: 'integer' },
        code: { type: 'string', description: 'stable, service.kebab-code' },
        detail: text,
        instance: text,
        errors: {
          type: 'array',
          description: 'the fields that were refused',
          items: {
            type: 'object',
            properties: { field: { type: 'string', description: 'path, dots between levels' }, code: text, message: text },
            required: ['field', 'code', 'message'],
          },
        },
        correlationId: { type: 'string', description: 'to be told to those who run the platform' },
      },
      required: ['type', 'title', 'status', 'code', 'correlationId'],
    },
  } satisfies Record<string, JsonSchema>,
  responses: {
    Problem: {
      description: 'What went wrong; `code` says it to programs',
      content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
    },
  } satisfies Record<string, Answer>,
  parameters: {
    IdempotencyKey: {
      name: 'Idempotency-Key',
      in: 'header',
      required: false,
      description: 'Made by the caller for one request: sent again, it gets the first answer and does nothing twice.',
      schema: { type: 'string', pattern: '^[\\x21-\\x7e]{1,100}$' },
    },
    IfMatch: {
      name: 'If-Match',
      in: 'header',
      required: true,
      description: 'The ETag that the edit is based on; 412 when somebody else has changed the record since.',
      schema: { type: 'string', examples: ['"3"'] },
    },
    IfMatchIfKnown: {
      name: 'If-Match',
      in: 'header',
      required: false,
      description:
        'The ETag of the record as the caller knows it; 412 when somebody else has changed the record since.',
      schema: { type: 'string', examples: ['"3"'] },
    },
    AcceptLanguage: {
      name: 'Accept-Language',
      in: 'header',
      required: false,
      description: 'vi (default) or en',
      schema: text,
    },
  } satisfies Record<string, Parameter>,
  headers: { ETag: { description: 'Version of the record, for If-Match', schema: { type: 'string', examples: ['"3"'] } } },
  securitySchemes: {
    bearer: {
      type: 'http',
      scheme: 'bearer',
      bearerFormat: 'JWT',
      description: 'accessToken of POST /api/v1/identity/tokens',
    },
    service: {
      type: 'http',
      scheme: 'bearer',
      bearerFormat: 'JWT',
      description: 'Token of another service with the scope of x-access; never accepted through the edge.',
    },
    refreshCookie: {
      type: 'apiKey',
      in: 'cookie',
      name: 'nv_refresh',
      description: 'Refresh token, set by POST /api/v1/identity/tokens',
    },
  },
};

/** What a caller has to show, from the guard's rule; the cookie where the route asks for it. */
export function securityOf(rule: AccessRule | undefined, asked: Security = []): Security {
  const cookie = asked.some((way) => 'nv_refresh' in way) ? [{ refreshCookie: [] }] : [];
  if (!rule) return [{ bearer: [] }];
  if (rule.kind === 'public') return cookie;
  if (rule.kind === 'roles') return [{ bearer: [] }];
  return [{ service: [] }, ...(rule.roles.length > 0 ? [{ bearer: [] }] : [])];
}

/** First sentence and rest of the docstring; `@ApiOperation` comes first. */
export function summarised(
  route: Operation,
  { documentation }: OperationSource,
): Pick<Operation, 'summary' | 'description'> {
  const { description: whole = '' } = described({}, documentation);
  const [, sentence = whole, rest = ''] = /^(.+?\.)\s+(.*)$/.exec(whole) ?? [];
  const summary = route.summary || sentence.replace(/\.$/, '');
  const description = route.description || (route.summary ? whole : rest);
  return { ...(summary ? { summary } : {}), ...(description ? { description } : {}) };
}

/** The components that the paths need, by name. */
export function reachable(document: Document, components: ReadonlyMap<string, JsonSchema>): Record<string, JsonSchema> {
  const found = new Set<string>();
  const visit = (value: unknown): void => {
    for (const [, name = ''] of JSON.stringify(value).matchAll(/"#\/components\/schemas\/([^"]+)"/g)) {
      if (found.has(name)) continue;
      found.add(name);
      visit(components.get(name) ?? {});
    }
  };
  visit([document.paths, document.components.responses]);
  return Object.fromEntries([...found].sort().map((name) => [name, components.get(name) ?? {}]));
}

/** Those of a kind of component that the paths refer to. */
export function used<T>(paths: Document['paths'], kind: string, all: Record<string, T>): Record<string, T> {
  const text = JSON.stringify(paths);
  return Object.fromEntries(Object.entries(all).filter(([name]) => text.includes(`"#/components/${kind}/${name}"`)));
}
