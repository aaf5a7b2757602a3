import { Inject, Injectable } from '@nestjs/common';
import type { ConsentingJobseeker } from '#contracts';
import { localDate } from '#reference';
import { type OpeningView, openingView } from '../openings/opening-view.js';
import { OpeningsService } from '../openings/openings.service.js';
import { exclusions } from '../scoring/hard-filters.js';
import { type Match, scoreMatch } from '../scoring/scoring.js';
import { titleFit } from '../search/rerank.js';
import type { OpeningDoc } from '../search/opening-doc.js';
import type { SearchEngine, SearchFilters } from '../search/search-engine.js';
import { SearchKnowledge } from '../search/search-knowledge.js';
import { SEARCH_ENGINE } from '../tokens.js';
import { WeightsStore } from './weights.store.js';
import { acceptedProvinces, wishedCodes, wishPlans } from './wish-plan.js';

export interface OpeningMatch extends Match {
  opening: OpeningView;
}

const CANDIDATES = 100;
/** Of the same minor group: they rarely pass those of the unit group itself. */
const NEIGHBOURS = 40;

/** Openings that fit a person: candidates from the search engine, then the score. */
@Injectable()
export class OpeningsForJobseeker {
  constructor(
    @Inject(SEARCH_ENGINE) private readonly engine: SearchEngine,
    private readonly openings: OpeningsService,
    private readonly knowledge: SearchKnowledge,
    private readonly weights: WeightsStore,
  ) {}

  /** The best first; `now` in ms since 1970. */
  async find(jobseeker: ConsentingJobseeker, limit: number, now = Date.now()): Promise<OpeningMatch[]> {
    const knowledge = this.knowledge.current;
    const plans = wishPlans(jobseeker, knowledge);
    const [weights, ids] = await Promise.all([this.weights.current(), this.candidates(jobseeker, plans)]);
    const docs = await this.openings.docs(ids);
    const today = localDate(new Date(now));
    const matches: (Match & { opening: OpeningDoc })[] = [];
    for (const opening of docs.values()) {
      const fits = plans.map((plan) => titleFit(plan, opening.title, knowledge.lexicon));
      const facts = { jobseeker, opening, now, titleFit: fits.length ? Math.max(...fits) : undefined };
      if (exclusions(facts, today).length) continue;
      matches.push({ opening, ...scoreMatch(facts, weights) });
    }
    return matches
      .sort((a, b) => b.score - a.score || (a.opening.publishedAt < b.opening.publishedAt ? 1 : -1))
      .slice(0, limit)
      .map((match) => ({ ...match, opening: openingView(match.opening) }));
  }

  /** By occupation (the unit group, then its minor group), and by the words of the wish, in the accepted places. */
  private async candidates(
    jobseeker: ConsentingJobseeker,
    plans: ReturnType<typeof wishPlans>,
  ): Promise<string[]> {
    const codes = wishedCodes(jobseeker);
    const provinces = acceptedProvinces(jobseeker);
    const home = jobseeker.provinceCode && !provinces.length ? [jobseeker.provinceCode] : provinces;
    const asks = [home, ...(home.length && !provinces.length ? [[]] : [])].flatMap((provinceCodes) => {
      const filters: SearchFilters = { provinceCodes };
      const list = { limit: CANDIDATES, facets: false, relax: false } as const;
      return [
        ...(codes.length
          ? [
              this.engine.search({ ...list, filters: { ...filters, occupationCodes: codes } }),
              this.engine.search({
                ...list,
                limit: NEIGHBOURS,
                filters: { ...filters, occupationCodes: codes.map((code) => code.slice(0, 3)) },
              }),
            ]
          : []),
        ...plans.map((plan) => this.engine.search({ ...list, plan, filters })),
      ];
    });
    const found = await Promise.all(asks);
    return [...new Set(found.flatMap(({ hits }) => hits.map(({ id }) => id)))];
  }
}
