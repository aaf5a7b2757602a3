import { describe, expect, it } from '@jest/globals';
import { readEnvironment } from '../config/environment.js';
import type { ServiceDefinition } from '../service/definition.js';
import { OpenApiController } from './openapi.controller.js';

const documentOf = (name: string, settings: Record<string, string> = {}) =>
  new OpenApiController(
    { name, module: class {} } satisfies ServiceDefinition,
    readEnvironment(settings),
  ).openapi();

describe('The document that a service serves', () => {
  it('is the committed one, which says that no licence of the data is stated', async () => {
    const { openapi, info, paths } = await documentOf('openings');
    expect(openapi).toBe('3.1.0');
    expect(info['x-data-licence']).toContain('has not stated');
    expect(paths).toHaveProperty(['/api/v1/openings/feed']);
  });

  it('states the licence that the operator has set', async () => {
    const { info } = await documentOf('openings', { DATA_LICENCE: 'CC BY 4.0, Sở Nội vụ tỉnh Thái Nguyên' });
    expect(info['x-data-licence']).toBe('CC BY 4.0, Sở Nội vụ tỉnh Thái Nguyên');
  });

  it('is not found for a service that has none', async () => {
    await expect(documentOf('nothing')).rejects.toMatchObject({
      problem: { status: 404, code: 'nothing.openapi-not-found' },
    });
  });
});
