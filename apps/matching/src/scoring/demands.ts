import { phraseKey } from '#reference';
import { technicalLevels } from '#contracts';
import { monthlyVnd } from '../search/bands.js';
import { graded, type Judgement, type MatchFacts, unknown } from './judgement.js';

/** Skills and languages asked for, against those that the person has. */
export function skillsCriterion({ jobseeker, opening }: MatchFacts): Judgement {
  const wanted = [...(opening.skills ?? []), ...(opening.languages ?? []).map((code) => `language:${code}`)];
  const own = [
    ...jobseeker.itSkills,
    ...jobseeker.softSkills,
    ...(jobseeker.specialty ? [jobseeker.specialty] : []),
    ...jobseeker.languages.map(({ code }) => `language:${code}`),
  ];
  if (!wanted.length || !own.length) return unknown(wanted.length ? wanted : null, own.length ? own : null);
  const keys = own.map((skill) => ` ${phraseKey(skill)} `);
  const missing = wanted.filter((skill) => {
    const key = ` ${phraseKey(skill)} `;
    return !keys.some((known) => known.includes(key) || key.includes(known));
  });
  return { ...graded(1 - missing.length / wanted.length, wanted, own), ...(missing.length && { missing }) };
}

/** Technical level: as much as is asked for, or a step below. */
export function levelCriterion({ jobseeker, opening }: MatchFacts): Judgement {
  const wanted = opening.minTechnicalLevel ?? null;
  const own = jobseeker.technicalLevel;
  const steps: readonly string[] = technicalLevels;
  if (!wanted || !own || !steps.includes(wanted)) return unknown(wanted, own);
  const short = steps.indexOf(wanted) - steps.indexOf(own);
  return graded(short <= 0 ? 1 : short === 1 ? 0.5 : 0, wanted, own);
}

/** Pay is compared in đồng a month only; nothing is converted. */
export function payCriterion({ jobseeker, opening }: MatchFacts): Judgement {
  const { min: wanted, currency } = jobseeker.desiredPay;
  const offered = monthlyVnd(opening.pay);
  if (wanted === null || offered === null || (currency ?? 'VND') !== 'VND') {
    return unknown(wanted, offered ?? opening.pay.text ?? null);
  }
  return graded(offered >= wanted ? 1 : Math.max(0, 1 - (3 * (wanted - offered)) / wanted), wanted, offered);
}

/** Months of work: in the occupation's minor group where they are told by occupation, in all otherwise. */
export function experienceCriterion({ jobseeker, opening }: MatchFacts): Judgement {
  const wanted = opening.experience.minMonths;
  if (wanted === null) return unknown(null, jobseeker.experienceMonths);
  if (wanted <= 0) return graded(1, 0, jobseeker.experienceMonths);
  const own = monthsInTrade({ jobseeker, opening }) ?? jobseeker.experienceMonths;
  if (own === null) return unknown(wanted, null);
  return graded(own >= wanted ? 1 : 0.9 * (own / wanted), wanted, own);
}

function monthsInTrade({ jobseeker, opening }: Pick<MatchFacts, 'jobseeker' | 'opening'>): number | null {
  const group = opening.occupationCode?.slice(0, 3);
  const told = jobseeker.experience.filter(({ occupationCode, months }) => occupationCode && months !== null);
  if (!group || !told.length) return null;
  return told
    .filter(({ occupationCode }) => occupationCode!.startsWith(group))
    .reduce((sum, { months }) => sum + months!, 0);
}
