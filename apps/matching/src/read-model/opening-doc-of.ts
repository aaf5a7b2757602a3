import type { JobOpeningState } from '#contracts';
import { administrativeUnit } from '#reference';
import type { OpeningDoc, Workplace } from '../search/opening-doc.js';

/** Below it a proposed occupation is a guess that helps nobody. */
const LEAST_CONFIDENCE = 0.3;

/** What search and matching keep of an opening. */
export function openingDocOf(state: JobOpeningState): OpeningDoc {
  const [proposal] = [...state.occupationProposals].sort((a, b) => b.confidence - a.confidence);
  const proposed = proposal && proposal.confidence >= LEAST_CONFIDENCE ? proposal : undefined;
  const { details } = state;
  return {
    id: state.id,
    version: state.version,
    source: state.source,
    sourceId: state.sourceId,
    title: state.title,
    employerName: state.employer.name,
    description: details.description,
    skills: [...details.itSkills, ...details.softSkills, ...(details.specialty ? [details.specialty] : [])],
    workplaces: state.workplaces.map(workplaceOf),
    otherPlacesCount: state.otherPlacesCount,
    pay: state.pay,
    experience: state.experience,
    occupationCode: state.occupationCode ?? proposed?.code ?? null,
    occupationConfidence: state.occupationCode ? 1 : (proposed?.confidence ?? 0),
    positionLevel: state.positionLevel,
    employmentForm: details.employmentForm,
    minTechnicalLevel: details.minTechnicalLevel,
    languages: details.languages.map(({ code }) => code),
    workConditions: details.workConditions,
    quantity: state.quantity,
    hiredCount: state.hiredCount,
    areaProvinceCode: state.areaProvinceCode,
    publishedAt: state.publishedAt ?? new Date(0).toISOString(),
    deadline: state.deadline,
  };
}

/** The commune's centre stands for the workplace; a province is too wide to have one. */
function workplaceOf({ provinceCode, communeCode, text }: JobOpeningState['workplaces'][number]): Workplace {
  const commune = communeCode ? administrativeUnit(communeCode) : undefined;
  return { provinceCode, communeCode, text, lat: commune?.lat ?? null, lng: commune?.lng ?? null };
}
