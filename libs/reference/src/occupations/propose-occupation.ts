import { preciseByField } from './field-hints.js';
import { isRoleOnly } from './manager-groups.js';
import type { Reading } from './title-matches.js';
import { titleParts } from './title-parts.js';
import { readPart } from './title-readings.js';
import type { TitleWord } from './title-words.js';

/** A unit group that a title may belong to. */
export interface OccupationProposal {
  /** ISCO-08 unit group, four digits. */
  code: string;
  /** 0..1, the share of such proposals that were right on judged titles. */
  confidence: number;
  /** The words of the title that it rests on, spelt out and normalised. */
  evidence: string;
}

const MAX_PROPOSALS = 5;
/** A part that comes later explains the first one, or names an alternative. */
const LATER = 0.72;
/** Broad groups that a more telling part of the same title makes precise ("Nhân viên kinh doanh/ Sale bất động sản"). */
const MADE_PRECISE: Readonly<Record<string, RegExp>> = {
  '3322': /^(5244|2433|2434|3334|3324|3339|3321|4221|3312|3332)/,
  '5223': /^(4222|3339|5142|3334|2412|3321|3322|3213|5244|4221|3312)/,
  '3115': /^(311[2346]|3119|7|351|352)/,
  '2166': /^(3432|2163|3118|2161|2162|2513)/,
  '2421': /^(25|1323|1330|2142)/,
  '4110': /^(4[1-4]|3331|3514)/,
};

/**
 * Unit groups for a free job title, Vietnamese or English, likeliest first; none when nothing in it is known. Places,
 * pay and benefits in the title are ignored; the longest known title at the head of a part decides (the left end in
 * Vietnamese, the right end in English), the first part before the others; "trưởng phòng X" takes the managers of X.
 */
export function proposeOccupation(title: string): OccupationProposal[] {
  const parts = joinedRoles(titleParts(title).map(({ words }) => words));
  const readings = parts.map((words) => readPart(words));
  const first = mainPart(parts, readings);
  if (first === -1) return [];
  const best = new Map<string, Reading>();
  for (const [i, found] of readings.entries()) {
    for (const reading of found) {
      const score = reading.score * (i === first ? 1 : LATER);
      const known = best.get(reading.code);
      if (!known) best.set(reading.code, { ...reading, score });
      else known.score = Math.min(0.99, Math.max(known.score, score) + (i === first ? 0 : 0.03));
    }
  }
  const ranked = [...best.values()].sort((a, b) => b.score - a.score);
  makePrecise(ranked);
  const [top] = ranked;
  const precise = preciseByField(top!.code, top!.evidence, parts);
  if (precise) {
    ranked.unshift({ code: precise, score: 0.73, evidence: top!.evidence });
    top!.score = Math.min(top!.score, 0.7);
  }
  return ranked
    .filter(({ code }, i) => ranked.findIndex((other) => other.code === code) === i)
    .slice(0, MAX_PROPOSALS)
    .map(({ code, score, evidence }) => ({ code, confidence: calibrated(score), evidence }));
}

/** The first part that names a job; a bare short form before it ("[IT] - Full-Stack Developer") is its context. */
function mainPart(parts: readonly TitleWord[][], readings: readonly Reading[][]): number {
  const naming = readings.findIndex((found) => found.some((reading) => reading.score >= 0.4));
  if (naming === -1) return readings.findIndex((found) => found.length > 0);
  const isContext = parts[naming]!.length === 1 && parts[naming]![0]!.folded.length <= 3;
  const later = isContext
    ? readings.findIndex((found, i) => i > naming && (found[0]?.score ?? 0) >= 0.85)
    : -1;
  return later === -1 ? naming : later;
}

/** "Team Leader - Customer Service", "Content Marketing_ Team Leader": a part that is nothing but a role joins the other. */
function joinedRoles(parts: readonly TitleWord[][]): TitleWord[][] {
  const [first, second, ...rest] = parts;
  if (!first || !second) return [...parts];
  return isRoleOnly(first) !== isRoleOnly(second) ? [[...first, ...second], ...rest] : [...parts];
}

function makePrecise(ranked: Reading[]): void {
  const pattern = MADE_PRECISE[ranked[0]!.code];
  const at = pattern
    ? ranked.findIndex(({ code, score }, i) => i > 0 && score >= 0.6 && pattern.test(code))
    : -1;
  if (at === -1) return;
  const [precise] = ranked.splice(at, 1);
  const broad = ranked[0]!;
  ranked.unshift({ ...precise!, score: 0.74 });
  broad.score = Math.min(broad.score, 0.7);
}

/**
 * From the rules' score to the share of proposals that were right, as judged by hand on titles that the rules had not
 * been tuned on (and a little less in the middle, because other sources write otherwise).
 */
const CALIBRATION: readonly (readonly [score: number, right: number])[] = [
  [0, 0],
  [0.3, 0.38],
  [0.5, 0.6],
  [0.7, 0.8],
  [0.85, 0.88],
  [0.95, 0.95],
  [1, 0.98],
];

function calibrated(score: number): number {
  const above = CALIBRATION.findIndex(([at]) => at >= score);
  const [x1, y1] = CALIBRATION[above]!;
  const [x0, y0] = CALIBRATION[Math.max(0, above - 1)]!;
  const right = x1 === x0 ? y1 : y0 + ((score - x0) / (x1 - x0)) * (y1 - y0);
  return Math.round(right * 100) / 100;
}
