import { expect } from '@jest/globals';
import { Lexicon } from '../../../query/lexicon.js';
import type { QueryPlan } from '../../../query/plan.js';
import type { OpeningDoc } from '../../opening-doc.js';
import type { SearchFilters, SearchResult, SearchSort } from '../../search-engine.js';
import type { MeiliBed } from './meili-bed.js';

const id = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;

const opening = (n: number, title: string, changes: Partial<OpeningDoc> = {}): OpeningDoc => ({
  id: id(n),
  version: 1,
  title,
  workplaces: [{ provinceCode: '01', text: 'Hà Nội' }],
  otherPlacesCount: 0,
  pay: { kind: 'monthly', min: 8_000_000, max: 12_000_000, currency: 'VND' },
  experience: { minMonths: 12, maxMonths: null },
  positionLevel: 'staff',
  publishedAt: new Date(Date.UTC(2026, 10, 21 - n)).toISOString(),
  ...changes,
});

const DOCS = [
  opening(1, 'Thợ Hàn TIG', { occupationCode: '7212', positionLevel: 'worker' }),
  opening(2, 'Phiên Dịch Tiếng Hàn', { pay: { kind: 'negotiable', min: null, max: null, currency: null } }),
  opening(3, 'Công Nhân Hàn', {
    occupationCode: '7212',
    workplaces: [{ provinceCode: '79', communeCode: '26734', lat: 10.78, lng: 106.7 }],
  }),
];

/** One part of a query, in the words given. */
const plan = (...wordings: string[][]): QueryPlan => ({
  text: wordings[0]!.join(' '),
  segments: [
    {
      alternatives: wordings.map((words) => ({ words, weight: 1, source: 'typed' })),
      kind: 'content',
      weight: 1,
    },
  ],
  places: [],
  occupations: [],
  accented: false,
  words: wordings[0]!,
  normal: wordings[0]!,
});

/** What the engine asks a server for, and what it makes of the answers. */
export async function contractScenario({ engine, lexicon }: MeiliBed): Promise<void> {
  await engine.ensureIndex('live');
  await engine.ensureIndex('live');
  await engine.upsert(DOCS);
  await engine.upsert([{ ...DOCS[0]!, version: 0, title: 'Thợ Xây' }]);
  expect(await engine.stats()).toEqual({ generation: expect.stringMatching(/^20/), documents: 3 });

  await engine.refreshTerms();
  const { documents, terms } = await engine.terms();
  expect(terms).toContainEqual({ term: '+tiếng_hàn', count: 1 });
  lexicon.value = new Lexicon(documents, terms);

  const ask = (request: {
    plan?: QueryPlan;
    filters?: SearchFilters;
    sort?: SearchSort;
    cursor?: string;
    limit?: number;
  }): Promise<SearchResult> => engine.search(request);
  const found = ({ hits }: SearchResult): string[] => hits.map((hit) => hit.id);

  const welders = await ask({ plan: plan(['tho', 'han'], ['cong', 'nhan', 'han']) });
  expect(welders).toMatchObject({
    engine: 'meilisearch',
    total: 2,
    totalIsExact: true,
    facets: { occupation: [{ value: '7212', count: 2 }] },
    relaxed: false,
  });
  expect(found(welders).sort()).toEqual([id(1), id(3)]);
  // No term of the index: Meilisearch's own search finds the word, with a letter wrong.
  expect(found(await ask({ plan: plan(['phein', 'dichh', 'tiengg']) }))).toEqual([id(2)]);

  const near = { lat: 10.8, lng: 106.7, radiusKm: 5, provinceCode: '79' };
  expect(found(await ask({ filters: { near } }))).toEqual([id(3)]);
  expect(found(await ask({ filters: { provinceCodes: ['01'], payMin: 10_000_000 } }))).toEqual([id(1)]);
  const first = await ask({ sort: 'payHigh', limit: 2 });
  expect(found(first)).toEqual([id(3), id(1)]);
  expect(found(await ask({ sort: 'payHigh', limit: 2, cursor: first.nextCursor }))).toEqual([id(2)]);

  expect(await engine.store.versionsAfter(id(1), 10)).toEqual([
    { id: id(2), version: 1 },
    { id: id(3), version: 1 },
  ]);
  await engine.remove([id(2)]);
  await engine.ensureIndex('next');
  await engine.upsert([DOCS[1]!], { generation: 'next' });
  await engine.swap();
  expect(found(await ask({}))).toEqual([id(2)]);
  await engine.server.pruneTasks();
}
