import type { JobOpeningState } from '#contracts';

/** An opening as search and matching see it: what may be shown to anybody. */
export interface OpeningDoc {
  id: string;
  /** Version of the aggregate that this was built from: an older one never replaces a newer one. */
  version: number;
  /** Where an imported posting came from, and its id there. */
  source?: string | null;
  sourceId?: string | null;
  title: string;
  employerName?: string | null;
  description?: string | null;
  skills?: string[];
  workplaces: Workplace[];
  otherPlacesCount: number;
  pay: Pay;
  experience: { minMonths: number | null; maxMonths: number | null };
  /** ISCO-08 unit group. */
  occupationCode?: string | null;
  /** 0..1 for a proposed code; 1 when a person set it. */
  occupationConfidence?: number;
  positionLevel?: string | null;
  employmentForm?: string | null;
  minTechnicalLevel?: string | null;
  /** Languages asked for. */
  languages?: string[];
  workConditions?: JobOpeningState['details']['workConditions'];
  /** Province whose centre is responsible. */
  areaProvinceCode?: string | null;
  /** People wanted; null when the source does not say. */
  quantity?: number | null;
  hiredCount?: number;
  /** Instant (ISO 8601, UTC). */
  publishedAt: string;
  /** Last local day on which it is open; null when the source does not say. */
  deadline?: string | null;
}

export interface Workplace {
  /** Province of today. */
  provinceCode?: string | null;
  communeCode?: string | null;
  /** As written, with names of the old units. */
  text?: string | null;
  lat?: number | null;
  lng?: number | null;
}

export interface Pay {
  /** monthly, daily, hourly, negotiable or commission; null = unknown. */
  kind: string | null;
  /** Integer minor units of the currency (đồng for VND). */
  min: number | null;
  max: number | null;
  currency: string | null;
  text?: string | null;
}
