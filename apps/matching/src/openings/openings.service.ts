import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { administrativeUnit } from '#reference';
import { CURSOR_INVALID, invalidField, Problem } from '#platform';
import type { QueryPlan } from '../query/plan.js';
import { understand } from '../query/understand.js';
import { highlight } from '../search/highlight.js';
import type { OpeningDoc } from '../search/opening-doc.js';
import {
  type EngineName,
  type FacetName,
  type SearchEngine,
  SearchCursorError,
  type SearchFilters,
  type SearchResult,
} from '../search/search-engine.js';
import { SearchKnowledge } from '../search/search-knowledge.js';
import { type Suggestion, typeahead } from '../search/typeahead.js';
import { SEARCH_ENGINE } from '../tokens.js';
import { type OpeningView, openingView } from './opening-view.js';
import { type FacetValue, labelled } from './facet-labels.js';
import type { SearchOpeningsQuery } from './search.dto.js';

export interface OpeningHit extends OpeningView {
  titleHighlighted: string;
  score: number;
}

export interface OpeningList {
  /** Which search engine answered. */
  engine: EngineName;
  /** True while the platform's search engine is away and its database answers instead: slower, and as complete. */
  degraded: boolean;
  items: OpeningHit[];
  total: number;
  totalIsExact: boolean;
  facets: Record<FacetName, FacetValue[]>;
  corrected?: { from: string; to: string };
  understanding?: { places: { name: string; provinceCodes: string[] }[]; words: string[]; relaxed: boolean };
  nextCursor?: string;
}

const DEFAULT_RADIUS_KM = 20;

/** Searches openings and reads them from the read model. */
@Injectable()
export class OpeningsService {
  constructor(
    private readonly dataSource: DataSource,
    @Inject(SEARCH_ENGINE) private readonly engine: SearchEngine,
    private readonly knowledge: SearchKnowledge,
  ) {}

  async search(query: SearchOpeningsQuery, lang: 'vi' | 'en' = 'vi'): Promise<OpeningList> {
    const plan = query.q?.trim()
      ? understand(query.q, this.knowledge.current, { exact: query.exact })
      : undefined;
    const result = await this.ask(query, plan);
    const docs = await this.docs(result.hits.map(({ id }) => id));
    return {
      engine: result.engine,
      degraded: result.degraded ?? false,
      items: result.hits.flatMap(({ id, score }) => {
        const doc = docs.get(id);
        return doc ? [{ ...openingView(doc), titleHighlighted: highlight(doc.title, plan), score }] : [];
      }),
      total: result.total,
      totalIsExact: result.totalIsExact,
      facets: labelled(result.facets!, lang),
      corrected: plan?.corrected,
      understanding: plan && {
        places: plan.places.map(({ name, provinceCodes }) => ({ name, provinceCodes })),
        words: plan.normal,
        relaxed: result.relaxed,
      },
      nextCursor: result.nextCursor,
    };
  }

  typeahead(query: string): Suggestion[] {
    return typeahead(query, this.knowledge.current.lexicon);
  }

  /**
   * A published opening.
   * @throws Problem 404 for an unknown one, 410 with its status for one that has ended
   */
  async get(id: string): Promise<OpeningView & { description: string | null }> {
    const [row] = await this.dataSource.query<{ status: string; doc: OpeningDoc }[]>(
      'SELECT status, doc FROM openings WHERE id = $1',
      [id],
    );
    if (row?.status === 'published')
      return { ...openingView(row.doc), description: row.doc.description ?? null };
    const ended = row && ['closed', 'expired', 'filled'].includes(row.status);
    throw new Problem({
      status: ended ? 410 : 404,
      code: ended ? 'matching.opening-ended' : 'matching.opening-not-found',
      title: ended
        ? { vi: 'Tin tuyển dụng đã kết thúc', en: 'The opening has ended' }
        : { vi: 'Không có tin tuyển dụng này', en: 'There is no such opening' },
      extensions: ended ? { openingStatus: row.status } : undefined,
    });
  }

  /** Published openings of the read model by id: an index beside it may be behind. */
  async docs(ids: readonly string[]): Promise<Map<string, OpeningDoc>> {
    if (!ids.length) return new Map();
    const rows = await this.dataSource.query<{ doc: OpeningDoc }[]>(
      `SELECT doc FROM openings WHERE id = ANY($1::uuid[]) AND status = 'published'`,
      [ids],
    );
    return new Map(rows.map(({ doc }) => [doc.id, doc]));
  }

  private async ask(query: SearchOpeningsQuery, plan: QueryPlan | undefined): Promise<SearchResult> {
    try {
      return await this.engine.search({
        plan,
        filters: filtersOf(query),
        sort: query.sort,
        limit: query.limit,
        cursor: query.cursor,
      });
    } catch (error) {
      if (error instanceof SearchCursorError)
        throw invalidField('cursor', error.code, CURSOR_TEXTS[error.code]);
      throw error;
    }
  }
}

const CURSOR_TEXTS: Record<SearchCursorError['code'], { vi: string; en: string }> = {
  [CURSOR_INVALID.code]: CURSOR_INVALID,
  'matching.cursor-outdated': {
    vi: 'Danh sách đã được lập lại; hãy bắt đầu lại từ trang đầu.',
    en: 'The index was rebuilt since; start again from the first page.',
  },
  'matching.relevance-window-ended': {
    vi: 'Chỉ xếp theo độ phù hợp đến 1.000 tin; hãy dùng sort=newest hoặc nguồn tin /feed để xem tiếp.',
    en: 'Relevance is listed up to 1,000 openings; use sort=newest or the feed to go on.',
  },
};

/** @throws Problem 422 for a radius without a commune, or a commune that does not exist */
function filtersOf(query: SearchOpeningsQuery): SearchFilters {
  const commune = query.commune ? administrativeUnit(query.commune) : undefined;
  if (query.commune && commune?.level !== 'commune') {
    throw invalidField('commune', 'matching.commune-unknown', {
      vi: 'Không có xã/phường này.',
      en: 'There is no such commune.',
    });
  }
  if (query.radiusKm !== undefined && !commune) {
    throw invalidField('radiusKm', 'matching.radius-needs-commune', {
      vi: 'Bán kính cần một xã/phường làm tâm.',
      en: 'A radius needs a commune as its centre.',
    });
  }
  return {
    provinceCodes: query.province,
    near: commune && {
      lat: commune.lat,
      lng: commune.lng,
      radiusKm: query.radiusKm ?? DEFAULT_RADIUS_KM,
      provinceCode: commune.provinceCode,
    },
    occupationCodes: query.occupation,
    payMin: query.payMin,
    levels: query.level,
    experience: query.experience,
    kinds: query.kind,
    payBands: query.pay,
  };
}
