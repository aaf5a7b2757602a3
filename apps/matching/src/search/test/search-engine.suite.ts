import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { jobVocabulary } from '../../query/job-vocabulary.js';
import { Lexicon } from '../../query/lexicon.js';
import { listedPhrases } from '../../query/phrases.js';
import type { CurrentLexicon } from '../../query/current-lexicon.js';
import { understand } from '../../query/understand.js';
import type { OpeningDoc } from '../opening-doc.js';
import type { SearchEngine, SearchFilters, SearchRequest, SearchResult } from '../search-engine.js';

export interface EngineUnderTest {
  engine: SearchEngine;
  lexicon: CurrentLexicon;
  /** Waits until what was written is found. */
  settled(): Promise<void>;
  close(): Promise<void>;
}

const DAY_MS = 86_400_000;
const NOW = Date.parse('2026-11-21T00:00:00Z');
let count = 0;

/** An opening with an id that tells its order: the first is the newest. */
function opening(title: string, changes: Partial<OpeningDoc> = {}): OpeningDoc {
  count++;
  return {
    id: `00000000-0000-4000-8000-${String(count).padStart(12, '0')}`,
    version: 1,
    title,
    workplaces: [{ provinceCode: '01', text: 'Hà Nội' }],
    otherPlacesCount: 0,
    pay: { kind: 'monthly', min: 8_000_000, max: 12_000_000, currency: 'VND' },
    experience: { minMonths: 12, maxMonths: null },
    positionLevel: 'staff',
    publishedAt: new Date(NOW - count * DAY_MS).toISOString(),
    ...changes,
  };
}

const BINH_DUONG = [{ provinceCode: '79', text: 'Bình Dương' }];
const negotiable = { kind: 'negotiable', min: null, max: null, currency: null };
const hourly = { kind: 'hourly', min: 30_000, max: 90_000_000, currency: 'VND' };

const DOCS: OpeningDoc[] = [
  opening('Thợ Hàn TIG', { occupationCode: '7212', positionLevel: 'worker' }),
  opening('Nhân Viên Kinh Doanh Tiếng Hàn'),
  opening('Phiên Dịch Tiếng Hàn', {
    pay: { kind: 'monthly', min: 20_000_000, max: 30_000_000, currency: 'VND' },
  }),
  opening('Công Nhân Hàn', { occupationCode: '7212', positionLevel: 'worker' }),
  opening('Lái Xe Văn Phòng', { pay: negotiable }),
  opening('Tài Xế Xe Tải', { workplaces: BINH_DUONG, pay: hourly }),
  opening('Kế Toán Tổng Hợp'),
  opening('Kế Toán Kho', { workplaces: BINH_DUONG }),
  opening('Kế Toán Trưởng', {
    workplaces: [{ provinceCode: '79', text: 'Hồ Chí Minh', communeCode: '26734', lat: 10.78, lng: 106.7 }],
    positionLevel: 'manager',
    pay: { kind: 'monthly', min: 25_000_000, max: 40_000_000, currency: 'VND' },
    experience: { minMonths: 60, maxMonths: null },
  }),
  opening('Thực Tập Sinh Kế Toán', {
    positionLevel: 'intern',
    experience: { minMonths: 0, maxMonths: null },
  }),
  opening('Nhân Viên Bán Hàng', { employmentForm: 'partTime', employerName: 'Công ty Hoa Sen' }),
  opening('Lập Trình Viên PHP', { description: 'Làm việc với Laravel và MySQL' }),
];
const byTitle = new Map(DOCS.map((doc) => [doc.title, doc]));
const titles = new Map(DOCS.map((doc) => [doc.id, doc.title]));

/** What every search engine of this port must do. */
export function searchEngineSuite(name: string, create: () => Promise<EngineUnderTest>): void {
  describe(`${name} as a search engine`, () => {
    let under: EngineUnderTest;

    const ask = (q: string | undefined, request: Partial<SearchRequest> = {}): Promise<SearchResult> => {
      const knowledge = { lexicon: under.lexicon.value, occupations: jobVocabulary() };
      return under.engine.search({
        plan: q === undefined ? undefined : understand(q, knowledge),
        ...request,
      });
    };
    const found = async (q: string | undefined, filters?: SearchFilters): Promise<string[]> => {
      const { hits } = await ask(q, { filters });
      return hits.map(({ id }) => titles.get(id) ?? id);
    };
    const learn = async (): Promise<void> => {
      await under.settled();
      await under.engine.refreshTerms();
      const { documents, terms } = await under.engine.terms();
      under.lexicon.value = new Lexicon(documents, terms, [...jobVocabulary().all(), ...listedPhrases()]);
    };

    beforeAll(async () => {
      under = await create();
      await under.engine.ensureIndex('live');
      await under.engine.ensureIndex('live');
      await under.engine.upsert(DOCS);
      await learn();
    });
    afterAll(() => under.close());

    it('lists the newest where nothing is asked', async () => {
      const all = await ask(undefined);
      expect(all.hits.map(({ id }) => titles.get(id))).toEqual(DOCS.map(({ title }) => title));
      expect(all).toMatchObject({ total: DOCS.length, totalIsExact: true, relaxed: false });
    });

    it('finds welders for "tho han", and no Korean', async () => {
      const welders = await found('tho han');
      expect(welders.slice(0, 2)).toEqual(['Thợ Hàn TIG', 'Công Nhân Hàn']);
      expect(welders.join()).not.toMatch(/Tiếng Hàn/);
    });

    it('finds Korean for "tiếng hàn", and no welders', async () => {
      expect((await found('tiếng hàn')).sort()).toEqual([
        'Nhân Viên Kinh Doanh Tiếng Hàn',
        'Phiên Dịch Tiếng Hàn',
      ]);
    });

    it('finds what is meant whatever it is called, ranked below what is typed', async () => {
      expect(await found('tài xế')).toEqual(['Tài Xế Xe Tải', 'Lái Xe Văn Phòng']);
      expect(await found('accountant')).toContain('Kế Toán Tổng Hợp');
    });

    it('finds misspelt and half-typed words', async () => {
      expect(await found('kế taon')).toContain('Kế Toán Tổng Hợp');
      expect((await found('lập trình vi'))[0]).toBe('Lập Trình Viên PHP');
    });

    it('takes a place of before 2025 for its successor, and prefers it as written', async () => {
      const inPlace = (await found('kế toán Bình Dương')).slice(0, 2);
      expect(inPlace).toEqual(['Kế Toán Kho', 'Kế Toán Trưởng']);
    });

    it('says that nothing has all words only where that is so, not where few have', async () => {
      const { hits, relaxed, total } = await ask('kế toán kho');
      expect(titles.get(hits[0]!.id)).toBe('Kế Toán Kho');
      expect(total).toBeLessThan(10);
      expect(relaxed).toBe(false);
    });

    it('never comes back empty because of one word that nothing has', async () => {
      const { hits, relaxed } = await ask('kế toán xyzzyq');
      expect(hits.map(({ id }) => titles.get(id))).toContain('Kế Toán Tổng Hợp');
      expect(relaxed).toBe(true);
    });

    it('finds words of the employer and the description', async () => {
      expect(await found('hoa sen')).toContain('Nhân Viên Bán Hàng');
      expect(await found('laravel')).toContain('Lập Trình Viên PHP');
    });

    it('filters by province, occupation group, level, experience, kind and pay', async () => {
      expect(await found(undefined, { provinceCodes: ['79'] })).toEqual([
        'Tài Xế Xe Tải',
        'Kế Toán Kho',
        'Kế Toán Trưởng',
      ]);
      expect(await found(undefined, { occupationCodes: ['721'] })).toEqual(['Thợ Hàn TIG', 'Công Nhân Hàn']);
      expect(await found(undefined, { levels: ['manager', 'intern'] })).toEqual([
        'Kế Toán Trưởng',
        'Thực Tập Sinh Kế Toán',
      ]);
      expect(await found(undefined, { experience: ['>5'] })).toEqual(['Kế Toán Trưởng']);
      expect(await found(undefined, { kinds: ['partTime'] })).toEqual(['Nhân Viên Bán Hàng']);
      expect(await found(undefined, { payBands: ['negotiable'] })).toEqual(['Lái Xe Văn Phòng']);
    });

    it('compares pay only where it is in đồng a month', async () => {
      expect(await found(undefined, { payMin: 20_000_000 })).toEqual([
        'Phiên Dịch Tiếng Hàn',
        'Kế Toán Trưởng',
      ]);
      const { hits } = await ask(undefined, { sort: 'payHigh', limit: 2 });
      expect(hits.map(({ id }) => titles.get(id))).toEqual(['Kế Toán Trưởng', 'Phiên Dịch Tiếng Hàn']);
    });

    it('finds what is near, and what may be because it names only the province', async () => {
      const near = (lat: number): SearchFilters => ({
        near: { lat, lng: 106.7, radiusKm: 5, provinceCode: '79' },
      });
      expect(await found(undefined, near(10.8))).toEqual(['Tài Xế Xe Tải', 'Kế Toán Kho', 'Kế Toán Trưởng']);
      expect(await found(undefined, near(11.5))).toEqual(['Tài Xế Xe Tải', 'Kế Toán Kho']);
    });

    it('counts facets over all hits', async () => {
      const { facets } = await ask('kế toán');
      expect(facets!.province).toEqual(
        expect.arrayContaining([
          { value: '01', count: 2 },
          { value: '79', count: 2 },
        ]),
      );
      expect(facets!.level).toEqual(
        expect.arrayContaining([
          { value: 'staff', count: 2 },
          { value: 'manager', count: 1 },
          { value: 'intern', count: 1 },
        ]),
      );
      expect((await ask('kế toán', { facets: false })).facets).toBeUndefined();
    });

    it.each(['relevance', 'newest', 'payHigh'] as const)(
      'pages through everything once, sorted by %s',
      async (sort) => {
        const seen: string[] = [];
        let cursor: string | undefined;
        do {
          const page: SearchResult = await ask('nhân viên', { sort, limit: 1, cursor });
          seen.push(...page.hits.map(({ id }) => id));
          cursor = page.nextCursor;
        } while (cursor);
        expect(seen).toHaveLength(new Set(seen).size);
        expect(seen).toHaveLength((await ask('nhân viên')).total);
      },
    );

    it('refuses cursors that it did not make', async () => {
      await expect(ask('kế toán', { cursor: 'nonsense' })).rejects.toMatchObject({
        code: 'platform.cursor-invalid',
      });
      const { nextCursor } = await ask(undefined, { limit: 1 });
      await expect(ask('kế toán', { cursor: nextCursor })).rejects.toMatchObject({
        code: 'platform.cursor-invalid',
      });
    });

    it('gives whole numbers as scores, the best first', async () => {
      const scores = (await ask('kế toán trưởng')).hits.map(({ score }) => score);
      expect(scores.every(Number.isInteger)).toBe(true);
      expect(scores).toEqual([...scores].sort((a, b) => b - a));
    });

    it('keeps the newer of two versions, whichever comes last', async () => {
      const doc = opening('Thợ Mộc', { version: 3 });
      titles.set(doc.id, 'Thợ Mộc');
      await under.engine.upsert([doc]);
      await under.engine.upsert([{ ...doc, version: 2, title: 'Thợ Xây' }]);
      await under.settled();
      expect(await found('thợ mộc')).toEqual(['Thợ Mộc']);
      await under.engine.remove([doc.id]);
      await under.settled();
      expect((await ask(undefined)).total).toBe(DOCS.length);
    });

    it('swaps in an index that was built beside the live one, and tells old cursors so', async () => {
      const before = await under.engine.stats();
      const { nextCursor } = await ask('kế toán', { limit: 1 });
      await under.engine.ensureIndex('next');
      const kept = [byTitle.get('Kế Toán Kho')!, byTitle.get('Kế Toán Trưởng')!];
      await under.engine.upsert(kept, { generation: 'next' });
      await under.settled();
      expect((await ask(undefined)).total).toBe(DOCS.length);
      expect(await under.engine.stats('next')).toMatchObject({ documents: 2 });
      await under.engine.swap();
      await learn();
      expect((await found('kế toán')).sort()).toEqual(['Kế Toán Kho', 'Kế Toán Trưởng']);
      expect((await under.engine.stats()).generation).not.toBe(before.generation);
      await expect(ask('kế toán', { cursor: nextCursor })).rejects.toMatchObject({
        code: 'matching.cursor-outdated',
      });
    });
  });
}
