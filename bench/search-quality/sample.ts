import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import {
  endOfLocalDate,
  parseExperience,
  parsePay,
  parsePlaces,
  parsePostedAgo,
  proposeOccupation,
} from '#reference';
import type { OpeningDoc } from '../../apps/matching/src/search/opening-doc.js';

/** The columns of a public job board's export. */
export interface SampleRow {
  source_id: string;
  title: string;
  employer_key: string;
  locations: string;
  salary_text: string;
  experience_text: string;
  posted_ago: string;
}

const AS_OF = '2026-11-21';
/** Beside the repository: the sample is not ours to publish. */
const PLACES = ['../shared', '../../shared'].map((folder) => `${folder}/data/openings-real-sample.csv`);

/** @throws Error that says where the sample is looked for */
export function readSample(): SampleRow[] {
  const path = PLACES.find((candidate) => existsSync(candidate));
  if (!path) throw new Error(`This benchmark needs the real sample at ${PLACES[0]}.`);
  return parse(readFileSync(path, 'utf8'), { columns: true, skip_empty_lines: true });
}

/** A posting as matching projects it when it is imported. */
export function sampleDoc(row: SampleRow): OpeningDoc {
  const places = parsePlaces(row.locations);
  const pay = parsePay(row.salary_text);
  const experience = parseExperience(row.experience_text);
  const posted = parsePostedAgo(row.posted_ago, AS_OF);
  const [proposal] = proposeOccupation(row.title);
  return {
    id: uuidOf(row.source_id),
    version: 1,
    source: 'sample',
    sourceId: row.source_id,
    title: row.title,
    workplaces: places.ok ? places.value.workplaces : [],
    otherPlacesCount: places.ok ? places.value.otherPlacesCount : 0,
    pay: pay.ok ? pay.value : { kind: null, min: null, max: null, currency: null },
    experience: experience.ok ? experience.value : { minMonths: null, maxMonths: null },
    occupationCode: proposal && proposal.confidence >= 0.3 ? proposal.code : null,
    occupationConfidence: proposal?.confidence ?? 0,
    publishedAt: endOfLocalDate(posted.ok ? posted.value : AS_OF).toISOString(),
  };
}

/** An id that is the same in every run. */
function uuidOf(text: string): string {
  const hash = createHash('md5').update(text).digest('hex');
  return [
    hash.slice(0, 8),
    hash.slice(8, 12),
    `4${hash.slice(13, 16)}`,
    `8${hash.slice(17, 20)}`,
    hash.slice(20),
  ].join('-');
}
