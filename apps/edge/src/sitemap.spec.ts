import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { TestEdge } from '../test/edge.fixture.js';

let edge: TestEdge;
beforeAll(async () => {
  edge = await new TestEdge().start();
});
afterAll(() => edge.stop());

const publishes = (page: number, total: number, ids: string[]): void => {
  const items = ids.map((id) => ({ id, updatedAt: '2026-11-21T02:00:00.000Z' }));
  edge.answers.set(`/public/sitemap?page=${page}&size=10000`, {
    status: 200,
    body: JSON.stringify({ total, items }),
  });
};
const text = async (path: string): Promise<string> => {
  const answer = await edge.fetch(path);
  expect(answer.status).toBe(200);
  return answer.text();
};

describe('The sitemap', () => {
  it('is named to robots, who stay out of the API and of the officers’ pages', async () => {
    const robots = await text('/robots.txt');
    expect(robots.split('\n')).toEqual(
      expect.arrayContaining([
        'Disallow: /api/',
        'Disallow: /can-bo/',
        'Sitemap: https://viec.example/sitemap.xml',
      ]),
    );
  });

  it('has a file for every ten thousand openings', async () => {
    publishes(0, 20_001, ['a']);
    const index = await text('/sitemap.xml');
    expect([...index.matchAll(/<loc>(.*?)<\/loc>/g)].map(([, url]) => url)).toEqual([
      'https://viec.example/sitemap-0.xml',
      'https://viec.example/sitemap-1.xml',
      'https://viec.example/sitemap-2.xml',
    ]);
    publishes(0, 0, []);
    expect(await text('/sitemap.xml')).toContain('/sitemap-0.xml');
  });

  it('has the address of each opening and when it changed', async () => {
    publishes(1, 10_002, ['a-1', 'b-2']);
    const file = await edge.fetch('/sitemap-1.xml');
    expect(file.headers.get('content-type')).toContain('application/xml');
    const xml = await file.text();
    expect(xml).toContain(
      '<url><loc>https://viec.example/viec-lam/a-1</loc><lastmod>2026-11-21T02:00:00.000Z</lastmod></url>',
    );
    expect(xml.match(/<url>/g)).toHaveLength(2);
  });

  it('has no file behind the last one, an empty one for an empty platform', async () => {
    publishes(2, 10_002, []);
    expect((await edge.fetch('/sitemap-2.xml')).status).toBe(404);
    expect((await edge.fetch('/sitemap-x.xml')).status).toBe(404);
    publishes(0, 0, []);
    expect(await text('/sitemap-0.xml')).not.toContain('<url>');
  });

  it('is 503 while the openings cannot be read: an empty answer would drop them all', async () => {
    edge.answers.set('/public/sitemap?page=0&size=10000', { status: 500, body: '{}' });
    expect((await edge.fetch('/sitemap.xml')).status).toBe(503);
    edge.answers.set('/public/sitemap?page=0&size=10000', new Error('gone'));
    expect((await edge.fetch('/sitemap.xml')).status).toBe(503);
    expect((await edge.fetch('/sitemap-0.xml')).status).toBe(503);
  });
});
