import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { ConsentingJobseeker } from '#contracts';
import { localDate } from '#reference';
import { exclusions } from '../scoring/hard-filters.js';
import { type Match, scoreMatch } from '../scoring/scoring.js';
import { tsQueries } from '../search/postgres/ts-query.js';
import { titleFit } from '../search/rerank.js';
import type { OpeningDoc } from '../search/opening-doc.js';
import { SearchKnowledge } from '../search/search-knowledge.js';
import { WeightsStore } from './weights.store.js';
import { titlePlan, wishPlans } from './wish-plan.js';

export interface JobseekerMatch extends Match {
  jobseeker: {
    id: string;
    provinceCode: string | null;
    communeCode: string | null;
    desiredTitle: string | null;
    desiredOccupationCodes: string[];
    technicalLevel: string | null;
    experienceMonths: number | null;
  };
}

const CANDIDATES = 400;

/** People who fit an opening, of the areas that the asker is responsible for. */
@Injectable()
export class JobseekersForOpening {
  constructor(
    private readonly dataSource: DataSource,
    private readonly knowledge: SearchKnowledge,
    private readonly weights: WeightsStore,
  ) {}

  /** @param areas province codes whose people may be seen; `['*']` for all */
  async find(
    opening: OpeningDoc,
    areas: readonly string[],
    limit: number,
    now = Date.now(),
  ): Promise<JobseekerMatch[]> {
    const [weights, people] = await Promise.all([this.weights.current(), this.candidates(opening, areas)]);
    const knowledge = this.knowledge.current;
    const today = localDate(new Date(now));
    const matches: JobseekerMatch[] = [];
    for (const jobseeker of people) {
      const fits = wishPlans(jobseeker, knowledge).map((plan) =>
        titleFit(plan, opening.title, knowledge.lexicon),
      );
      const facts = { jobseeker, opening, now, titleFit: fits.length ? Math.max(...fits) : undefined };
      if (exclusions(facts, today).length) continue;
      matches.push({ jobseeker: shown(jobseeker), ...scoreMatch(facts, weights) });
    }
    return matches
      .sort((a, b) => b.score - a.score || (a.jobseeker.id < b.jobseeker.id ? -1 : 1))
      .slice(0, limit);
  }

  private async candidates(opening: OpeningDoc, areas: readonly string[]): Promise<ConsentingJobseeker[]> {
    const code = opening.occupationCode;
    const knowledge = this.knowledge.current;
    const groups = code ? [code, code.slice(0, 3)] : [];
    const words = tsQueries.jobseekerTerms(titlePlan(opening.title, knowledge));
    const provinces = opening.workplaces.flatMap(({ provinceCode }) => provinceCode ?? []);
    const rows = await this.dataSource.query<{ state: ConsentingJobseeker }[]>(
      `SELECT state FROM jobseekers
       WHERE consent AND (occupation_codes && $1::text[] OR terms @@ $2::tsquery)
         AND ($3::text[] IS NULL OR province_code = ANY($3))
         AND (cardinality($4::text[]) = 0 OR $5 OR cardinality(desired_provinces) = 0 OR desired_provinces && $4::text[])
       ORDER BY ($6::text = ANY(occupation_codes)) DESC, (province_code = ANY($4::text[])) DESC NULLS LAST, id
       LIMIT ${CANDIDATES}`,
      [
        groups,
        words ?? '',
        areas.includes('*') ? null : areas,
        provinces,
        opening.otherPlacesCount > 0,
        code ?? '',
      ],
    );
    return rows.map(({ state }) => state);
  }
}

function shown(jobseeker: ConsentingJobseeker): JobseekerMatch['jobseeker'] {
  const {
    id,
    provinceCode,
    communeCode,
    desiredTitle,
    desiredOccupationCodes,
    technicalLevel,
    experienceMonths,
  } = jobseeker;
  return {
    id,
    provinceCode,
    communeCode,
    desiredTitle,
    desiredOccupationCodes,
    technicalLevel,
    experienceMonths,
  };
}
