import type { ConsentingJobseeker } from '#contracts';
import type { Knowledge } from '../query/understand.js';
import { understand } from '../query/understand.js';
import type { QueryPlan } from '../query/plan.js';
import { titleWords } from '../query/title-words.js';

const MAX_WORDS = 8;

/** A person's wish as search plans: what they ask for, or what they have done when they ask for nothing. */
export function wishPlans(jobseeker: ConsentingJobseeker, knowledge: Knowledge): QueryPlan[] {
  const wished = jobseeker.desiredTitle?.trim();
  const titles = wished
    ? [wished]
    : jobseeker.experience.flatMap(({ title }) => title?.trim() || []).slice(0, 2);
  return titles.map((title) => titlePlan(title, knowledge)).filter(({ segments }) => segments.length);
}

/** What a title names, without pay, place and promises. Places are matched by their codes. */
export function titlePlan(title: string, knowledge: Knowledge): QueryPlan {
  const { normal, part } = titleWords(title);
  const head = normal.filter((_, i) => part[i] === 0).slice(0, MAX_WORDS);
  // The closing blank keeps the last word from being read as half typed.
  return { ...understand(`${head.join(' ')} `, knowledge), places: [] };
}

/** Unit groups that the person wishes for, or has worked in when none is wished for. */
export function wishedCodes(jobseeker: ConsentingJobseeker): string[] {
  const wished = jobseeker.desiredOccupationCodes;
  const worked = jobseeker.experience.flatMap(({ occupationCode }) => occupationCode ?? []);
  return [...new Set(wished.length ? wished : worked)];
}

/** Provinces that the person accepts; empty when anywhere is. */
export function acceptedProvinces(jobseeker: ConsentingJobseeker): string[] {
  return [...new Set(jobseeker.desiredPlaces.flatMap(({ provinceCode }) => provinceCode ?? []))];
}
