import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { contractScenario } from './test/contract.scenario.js';
import { INDEX, readRecording, requestsOf } from './test/contract.recording.js';
import { meiliBed } from './test/meili-bed.js';
import { type Exchange, replay, type TestHttpServer } from './test/recording.js';

const KEY = 'the-key-of-this-spec';

describe('What Meilisearch is asked for', () => {
  let server: TestHttpServer | undefined;
  const sent = (): Exchange[] => server!.exchanges;
  const at = (method: string, path: RegExp): number[] =>
    sent().flatMap(({ request }, i) => (request.method === method && path.test(request.path) ? [i] : []));

  beforeAll(async () => {
    server = await replay(readRecording(), KEY);
    await contractScenario(meiliBed({ url: server.url, key: KEY }, INDEX));
  });
  afterAll(() => server?.close());

  it('is what a real server was asked for and answered, no more and no less', () => {
    expect(requestsOf(sent())).toEqual(requestsOf(readRecording()));
  });

  it('is asked by a key that can only search, where it is a search', () => {
    const searches = sent().filter(({ request }) => /\/(search|multi-search)$/.test(request.path));
    expect(searches.length).toBeGreaterThan(5);
    expect(new Set(searches.map(({ request }) => request.key))).toEqual(new Set(['search']));
    expect(
      new Set(
        sent()
          .filter((one) => !searches.includes(one))
          .map(({ request }) => request.key),
      ),
    ).toEqual(new Set(['write']));
    const [made] = at('POST', /^\/keys$/);
    expect(sent()[made!]!.request.body).toMatchObject({
      actions: ['search'],
      indexes: [INDEX, `${INDEX}_next`],
    });
  });

  it('is never a compressed answer', () => {
    expect(new Set(sent().map(({ request }) => request.encoding))).toEqual(new Set(['identity']));
  });

  it('sends settings once to each index, before its documents, and documents as NDJSON', () => {
    for (const index of [INDEX, `${INDEX}_next`]) {
      const settings = at('PATCH', new RegExp(`/${index}/settings`));
      const documents = at('POST', new RegExp(`/${index}/documents[?]`));
      expect(settings).toHaveLength(1);
      expect(documents).toHaveLength(1);
      expect(settings[0]).toBeLessThan(documents[0]!);
      expect(sent()[documents[0]!]!.request.type).toBe('application/x-ndjson');
    }
  });
});
