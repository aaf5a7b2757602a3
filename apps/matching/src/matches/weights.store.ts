import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { invalidField } from '#platform';
import { CRITERIA, FIRST_WEIGHTS, type ScoringWeights } from '../scoring/weights.js';

const REMEMBER_MS = 10_000;

/** The weights in force, kept in the database by version: the newest counts. */
@Injectable()
export class WeightsStore {
  private known?: { weights: ScoringWeights; at: number };

  constructor(private readonly dataSource: DataSource) {}

  async current(): Promise<ScoringWeights> {
    if (this.known && Date.now() - this.known.at < REMEMBER_MS) return this.known.weights;
    const [row] = await this.dataSource.query<ScoringWeights[]>(
      'SELECT version, points FROM public.scoring_weights ORDER BY version DESC LIMIT 1',
    );
    const weights = row ?? FIRST_WEIGHTS;
    this.known = { weights, at: Date.now() };
    return weights;
  }

  /**
   * Puts a new version in force.
   * @throws Problem 422 when a criterion is missing or negative, or the points do not add up to 100
   */
  async put(points: Record<string, unknown>, by: string): Promise<ScoringWeights> {
    const given = CRITERIA.map((criterion) => points[criterion]);
    const valid = given.every(
      (value): value is number => typeof value === 'number' && value >= 0 && Number.isFinite(value),
    );
    const others = Object.keys(points).some((key) => !CRITERIA.includes(key as never));
    if (!valid || others || given.reduce((sum, value) => sum + value, 0) !== 100) {
      throw invalidField('points', 'matching.weights-invalid', {
        vi: `Cần đủ điểm cho ${CRITERIA.join(', ')}, không âm và cộng lại bằng 100.`,
        en: `Points are needed for ${CRITERIA.join(', ')}, none negative, adding up to 100.`,
      });
    }
    const [row] = await this.dataSource.query<ScoringWeights[]>(
      `INSERT INTO public.scoring_weights (version, points, created_by)
       SELECT coalesce(max(version), ${FIRST_WEIGHTS.version}) + 1, $1::jsonb, $2 FROM public.scoring_weights
       RETURNING version, points`,
      [JSON.stringify(points), by],
    );
    this.known = undefined;
    return row!;
  }
}
