import type { Candidate } from '../rerank.js';
import { provincesOf } from '../doc-terms.js';
import { levelOf, unitGroupCode } from './index-rows.js';

export const CANDIDATE_COLUMNS =
  'id, title, occupation, occupation_confidence, traits, province_mask, places, communes, rank';

/** What re-ranking needs of a row of `opening_index`. */
export interface CandidateRow {
  id: string;
  title: string;
  occupation: number | null;
  occupation_confidence: number;
  traits: number;
  province_mask: string;
  places: string;
  communes: string;
  rank: number;
}

export function candidateOf(row: CandidateRow): Candidate {
  return {
    id: row.id,
    title: row.title,
    occupationCode: row.occupation === null ? null : unitGroupCode(row.occupation),
    occupationConfidence: row.occupation_confidence,
    positionLevel: levelOf(row.traits),
    provinceCodes: provincesOf(BigInt(row.province_mask)),
    places: row.places ? row.places.split('|') : [],
    communeCodes: row.communes ? row.communes.split('|') : [],
    publishedAt: row.rank,
  };
}
