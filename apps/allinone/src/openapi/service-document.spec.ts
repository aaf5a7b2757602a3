import { beforeAll, describe, expect, it } from '@jest/globals';
import { resolve } from 'node:path';
import { ControllerSources } from './controller-sources.js';
import { type Document, type Operation } from './open-api.js';
import { documentService } from './service-document.js';
import { clinicService } from './test/clinic.module.js';

const ROOT = resolve(import.meta.dirname, '../../../..');

describe('The document of a service', () => {
  let document: Document;
  let contradictions: string[];
  const operation = (method: 'get' | 'post' | 'patch' | 'delete', path: string): Operation =>
    document.paths[`/api/v1/${path}`]![method]!;

  beforeAll(async () => {
    const sources = new ControllerSources(ROOT, (path) => path.endsWith('/clinic.controller.ts'));
    ({ document, contradictions } = await documentService(clinicService, sources, '1.2.3'));
  });

  it('is made without a database, a log or any object of the service', () => {
    expect(document.info['version']).toBe('1.2.3');
    expect(contradictions).toEqual([]);
  });

  it('says what a method answers as its type has it: dates as text, names kept, lists named for what they hold', () => {
    const { schemas } = document.components;
    expect(operation('get', 'allinone/visits').responses['200']?.content).toEqual({
      'application/json': { schema: { $ref: '#/components/schemas/VisitPage' } },
    });
    expect(schemas['VisitPage']?.properties?.['items']).toEqual({
      type: 'array',
      items: { $ref: '#/components/schemas/Visit' },
    });
    expect(schemas['Visit']).toEqual({
      type: 'object',
      description: 'A visit as the staff see it.',
      properties: {
        id: { type: 'string' },
        kind: { type: 'string', enum: ['checkUp', 'vaccination'] },
        room: { type: ['string', 'null'] },
        beganAt: { type: 'string', format: 'date-time', description: 'When it began.' },
        endedAt: { type: ['string', 'null'], format: 'date-time' },
        answers: { type: 'object', additionalProperties: { type: 'string' } },
      },
      required: expect.arrayContaining(['id', 'kind', 'room', 'beganAt', 'answers']),
    });
    expect(schemas['Visit']?.required).not.toContain('endedAt');
  });

  it('gives a type that zod inferred the name of its alias', () => {
    expect(operation('patch', 'allinone/visits/{id}').responses['200']?.content).toEqual({
      'application/json': { schema: { $ref: '#/components/schemas/VisitState' } },
    });
  });

  it('has the rules of class-validator in bodies, also where nobody wrote them down a second time', () => {
    const { schemas } = document.components;
    expect(schemas['CreateVisitDto']).toEqual({
      type: 'object',
      properties: {
        kind: { type: 'string', enum: ['vaccination', 'checkUp'] },
        room: { type: ['integer', 'null'], minimum: 1, maximum: 9 },
        patients: { type: 'array', items: { $ref: '#/components/schemas/PatientDto' }, maxItems: 3 },
      },
      required: ['kind', 'patients'],
      additionalProperties: false,
    });
    expect(schemas['PatientDto']?.properties?.['number']).toEqual({
      type: 'string',
      pattern: '^\\d{4}$',
      examples: ['0123'],
    });
  });

  it('takes queries apart into parameters', () => {
    expect(operation('get', 'allinone/visits').parameters).toEqual([
      {
        name: 'kind',
        in: 'query',
        required: false,
        description: 'kinds, separated by commas',
        schema: { type: 'array', items: { type: 'string', enum: ['vaccination', 'checkUp'] } },
      },
      expect.objectContaining({
        name: 'limit',
        schema: { type: 'integer', minimum: 1, maximum: 100, default: 20 },
      }),
      expect.objectContaining({ name: 'cursor', schema: { type: 'string', maxLength: 500 } }),
    ]);
  });

  it('names the headers that a method reads and writes', () => {
    expect(operation('post', 'allinone/visits').parameters).toEqual([
      { $ref: '#/components/parameters/IdempotencyKey' },
    ]);
    const edit = operation('patch', 'allinone/visits/{id}');
    expect(edit.parameters).toEqual([
      { name: 'id', in: 'path', required: true, schema: { type: 'string', format: 'uuid' } },
      { $ref: '#/components/parameters/IfMatch' },
    ]);
    expect(edit.responses['200']?.headers).toEqual({ ETag: { $ref: '#/components/headers/ETag' } });
    expect(operation('delete', 'allinone/visits/{id}').parameters).toContainEqual({
      $ref: '#/components/parameters/IfMatchIfKnown',
    });
  });

  it('answers with the code of the method: created, accepted, nothing', () => {
    expect(Object.keys(operation('post', 'allinone/visits').responses)).toEqual(['201', 'default']);
    expect(Object.keys(operation('post', 'allinone/files').responses)).toEqual(['202', 'default']);
    expect(operation('delete', 'allinone/visits/{id}').responses['204']).toEqual({
      description: 'Done; no content',
    });
  });

  it('takes files as the decorators describe them', () => {
    expect(operation('post', 'allinone/files').requestBody).toEqual({
      required: true,
      content: { 'text/csv': { schema: { type: 'string', format: 'binary' } } },
    });
  });

  it('shows who may call it, from what the guard reads', () => {
    expect(operation('get', 'allinone/visits')).toMatchObject({ 'x-access': { kind: 'public' }, security: [] });
    expect(operation('post', 'allinone/visits')).toMatchObject({
      'x-access': { kind: 'roles', roles: ['centreOfficer'] },
      security: [{ bearer: [] }],
    });
    expect(operation('delete', 'allinone/visits/{id}')).toMatchObject({
      'x-access': { kind: 'service', scope: 'clinic.visits', roles: [] },
      security: [{ service: [] }],
    });
  });

  it('takes summary, description and tags from the docstrings', () => {
    expect(operation('get', 'allinone/visits')).toMatchObject({
      summary: 'The visits of a day',
      description: 'Newest first.',
      operationId: 'clinicList',
    });
    expect(document.tags).toContainEqual({ name: 'visits', description: 'Visits of a clinic.' });
  });

  it('shows what else the service serves where the edge shows it, and each path of a method as an operation', () => {
    expect(operation('get', 'reference/kinds').operationId).toBe('clinicKindsAtKinds');
    expect(operation('get', 'allinone/kinds').operationId).toBe('clinicKinds');
  });

  it('has no component that nothing refers to', () => {
    const text = JSON.stringify(document);
    for (const [kind, members] of Object.entries(document.components))
      for (const name of Object.keys(members))
        expect(text).toContain(kind === 'securitySchemes' ? `{"${name}":[]}` : `"#/components/${kind}/${name}"`);
  });
});
