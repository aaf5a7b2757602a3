import { foldedTokens } from '#reference';
import { monthlyVnd } from '../bands.js';
import type { DocTerms } from '../doc-terms.js';
import type { Candidate } from '../rerank.js';
import { placeOf } from './filter.js';

/** An opening as it stands in the index: terms to be found by, facets, and what re-ranking needs. */
export interface IndexDocument {
  id: string;
  version: number;
  title: string;
  /** Folded words of the title, and of employer and skills: what Meilisearch itself searches. */
  words: string;
  about?: string;
  terms: string[];
  province?: string[];
  commune?: string[];
  /** Unit group. */
  occupation?: string[];
  /** The shorter codes above it. */
  occupationGroups?: string[];
  occupationConfidence: number;
  level?: string[];
  experience?: string[];
  kind?: string[];
  pay?: string[];
  /** Most that is offered, đồng a month; left out when nobody knows. */
  payHigh?: number;
  /** Seconds since 1970. */
  publishedAt: number;
  /** Folded places as written. */
  places: string[];
  /** Whether any workplace has a point. */
  located: boolean;
  _geojson?: { type: 'MultiPoint'; coordinates: [lng: number, lat: number][] };
}

function indexDocument({ doc, title, text, places, filters }: DocTerms): IndexDocument {
  const attributes: Record<string, string[]> = { terms: text };
  for (const term of filters) {
    const { attribute, value } = placeOf(term);
    const values = (attributes[attribute] ??= []);
    if (!values.includes(value)) values.push(value);
  }
  const points = doc.workplaces.flatMap(({ lat, lng }): [number, number][] =>
    typeof lat === 'number' && typeof lng === 'number' ? [[lng, lat]] : [],
  );
  const about = [doc.employerName, ...(doc.skills ?? [])].flatMap((text) => (text ? foldedTokens(text) : []));
  const payHigh = monthlyVnd(doc.pay);
  return {
    id: doc.id,
    version: doc.version,
    title: doc.title,
    words: title.folded.join(' '),
    ...(about.length > 0 && { about: about.join(' ') }),
    ...(attributes as { terms: string[] }),
    occupationConfidence: doc.occupationConfidence ?? (doc.occupationCode ? 1 : 0),
    ...(payHigh !== null && { payHigh }),
    publishedAt: Math.floor(Date.parse(doc.publishedAt) / 1000),
    places,
    located: points.length > 0,
    ...(points.length > 0 && { _geojson: { type: 'MultiPoint', coordinates: points } }),
  };
}

/** The same as a line of NDJSON. */
export const documentLine = (opening: DocTerms): string => JSON.stringify(indexDocument(opening));

/** What is asked for of each candidate. */
export const CANDIDATE_ATTRIBUTES = [
  'id',
  'title',
  'occupation',
  'occupationConfidence',
  'level',
  'province',
  'places',
  'commune',
  'publishedAt',
] as const satisfies (keyof IndexDocument)[];

export function candidateOf(hit: Pick<IndexDocument, (typeof CANDIDATE_ATTRIBUTES)[number]>): Candidate {
  return {
    id: hit.id,
    title: hit.title,
    occupationCode: hit.occupation?.[0] ?? null,
    occupationConfidence: hit.occupationConfidence,
    positionLevel: hit.level?.[0] ?? null,
    provinceCodes: hit.province ?? [],
    places: hit.places,
    communeCodes: hit.commune ?? [],
    publishedAt: hit.publishedAt,
  };
}
