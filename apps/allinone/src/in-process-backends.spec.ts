import type { IncomingMessage, ServerResponse } from 'node:http';
import { describe, expect, it } from '@jest/globals';
import type { RunningService } from '#platform';
import { backendsOf } from './in-process-backends.js';

/** A service that keeps the addresses under which it is called. */
function aService(name: string, alsoServes?: string[]): { service: RunningService; called: string[] } {
  const called: string[] = [];
  const service = {
    name,
    definition: { name, alsoServes },
    handle: ({ url }: IncomingMessage) => void called.push(url ?? ''),
    fastify: {
      inject: ({ url }: { url: string }) => {
        called.push(url);
        return Promise.resolve({ statusCode: 206, body: name });
      },
    },
  };
  return { service: service as unknown as RunningService, called };
}

describe('The services of one process behind the edge', () => {
  const matching = aService('matching', ['reference']);
  const openings = aService('openings');
  const backends = backendsOf([matching.service, openings.service]);
  const call = (name: string, url: string): void =>
    backends.get(name)!.handle({ url } as IncomingMessage, {} as ServerResponse);

  it('are reached by their names and by the further names they serve, and by no other', () => {
    expect([...backends.keys()].sort()).toEqual(['matching', 'openings', 'reference']);
    call('openings', '/api/v1/openings/feed?after=1');
    expect(openings.called).toEqual(['/api/v1/openings/feed?after=1']);
    call('matching', '/api/v1/matching/openings');
    call('reference', '/api/v1/reference/occupations?q=/api/v1/reference');
    expect(matching.called).toEqual([
      '/api/v1/matching/openings',
      '/api/v1/matching/reference/occupations?q=/api/v1/reference',
    ]);
  });

  it('are read for the edge’s own pages, too', async () => {
    expect(await backends.get('reference')!.get('/value-lists')).toEqual({ status: 206, body: 'matching' });
    expect(matching.called.at(-1)).toBe('/api/v1/matching/reference/value-lists');
  });
});
