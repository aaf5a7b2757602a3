import { describe, expect, it } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Validator } from '@seriousme/openapi-schema-validator';
import { services } from '../services.js';
import type { Document, Operation } from './open-api.js';

const FOLDER = resolve(import.meta.dirname, '../../../../openapi');
const read = (name: string): Document =>
  JSON.parse(readFileSync(join(FOLDER, `${name}.json`), 'utf8')) as Document;

/** Their answers, or hashes of their bodies, must not be kept (codes, passwords), or a repeat does no harm. */
const UNKEYED = [
  'POST /api/v1/identity/accounts/{id}/password-codes',
  'POST /api/v1/identity/registrations',
  'POST /api/v1/identity/signing-keys',
  'POST /api/v1/jobseekers/jobseekers/{id}/claim-codes',
];

/** Each operation of a document as `GET /path`. */
const operationsOf = (document: Document): [string, Operation][] =>
  Object.entries(document.paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, operation]): [string, Operation] => [
      `${method.toUpperCase()} ${path}`,
      operation,
    ]),
  );

describe('The committed OpenAPI documents', () => {
  it('are one for each service', () => {
    expect(readdirSync(FOLDER).sort()).toEqual(services.map(({ name }) => `${name}.json`).sort());
  });

  describe.each(services.map(({ name, alsoServes = [] }) => ({ name, alsoServes })))(
    'of $name',
    ({ name, alsoServes }) => {
      const document = read(name);
      const operations = operationsOf(document);

      it('is valid OpenAPI 3.1', async () => {
        const { errors, valid } = await new Validator().validate({ ...document });
        expect({ valid, errors }).toEqual({ valid: true, errors: undefined });
        expect(document.openapi).toMatch(/^3\.1\./);
      });

      it('describes only what the edge passes to it, and itself', () => {
        const prefixes = [name, ...alsoServes].map((first) => `/api/v1/${first}/`);
        for (const path of Object.keys(document.paths))
          expect({ path, known: prefixes.some((prefix) => path.startsWith(prefix)) }).toEqual({
            path,
            known: true,
          });
        expect(document.paths).toHaveProperty([`/api/v1/${name}/openapi.json`, 'get']);
      });

      it('says of every operation what it does', () => {
        const silent = operations.filter(([, { summary }]) => !summary).map(([operation]) => operation);
        // Write a docstring above the controller's method, then `npm run generate`.
        expect(silent).toEqual([]);
      });

      it('says of every operation who may call it: what has no rule is refused to everyone', () => {
        const unruled = operations
          .filter(([, operation]) => !['public', 'roles', 'service'].includes(operation['x-access']?.kind ?? ''))
          .map(([operation]) => operation);
        expect(unruled).toEqual([]);
        for (const [operation, { 'x-access': access, security }] of operations)
          if (access?.kind !== 'public') expect({ operation, security }).not.toEqual({ operation, security: [] });
      });

      it('has problem+json as the error of every operation, and an answer that is not left open', () => {
        for (const [operation, { responses }] of operations) {
          expect({ operation, error: responses['default'] }).toEqual({
            operation,
            error: { $ref: '#/components/responses/Problem' },
          });
          const [code, answer] = Object.entries(responses).find(([status]) => status.startsWith('2')) ?? [];
          const schemas = Object.values(answer?.content ?? {}).map(({ schema }) => Object.keys(schema).length);
          // 204 has no content; everything else has some, of a type that is known.
          expect({ operation, code, schemas }).toEqual({
            operation,
            code,
            schemas: code === '204' ? [] : [expect.any(Number)],
          });
          expect({ operation, open: schemas.includes(0) }).toEqual({ operation, open: false });
        }
      });

      it('takes an Idempotency-Key wherever something is created, and If-Match for every edit', () => {
        const refers = ({ parameters = [] }: Operation, name: string): boolean =>
          parameters.some((parameter) => '$ref' in parameter && parameter.$ref.endsWith(`/${name}`));
        const creating = operations.filter(
          ([key, { responses }]) => key.startsWith('POST ') && ('201' in responses || '202' in responses),
        );
        const unkeyed = creating.filter(([, operation]) => !refers(operation, 'IdempotencyKey'));
        expect(unkeyed.map(([key]) => key).filter((key) => !UNKEYED.includes(key))).toEqual([]);
        const edits = operations.filter(([key]) => key.startsWith('PATCH '));
        for (const [key, operation] of edits)
          expect({ key, ifMatch: refers(operation, 'IfMatch'), etag: operation.responses['200']?.headers }).toEqual({
            key,
            ifMatch: true,
            etag: { ETag: { $ref: '#/components/headers/ETag' } },
          });
      });

      it('has lists that are paged alike', () => {
        for (const [operation, { parameters = [] }] of operations) {
          const limit = parameters.find((parameter) => 'name' in parameter && parameter.name === 'limit');
          if (!limit) continue;
          expect({ operation, limit }).toMatchObject({
            operation,
            limit: { schema: { type: 'integer', minimum: 1 } },
          });
        }
      });

      it('has names of operations that are unique', () => {
        const ids = operations.map(([, { operationId }]) => operationId);
        expect(new Set(ids).size).toBe(ids.length);
      });
    },
  );
});
