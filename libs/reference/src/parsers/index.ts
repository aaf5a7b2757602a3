export { experienceBand, parseExperience, type Experience, type ExperienceBand } from './experience.js';
export * from './local-date.js';
export type { Parsed } from './parsed.js';
export { parsePay, type Pay } from './pay.js';
export {
  findPersonalData,
  isCitizenId,
  isFreeOfPersonalData,
  phoneToE164,
  type PersonalDataFinding,
} from './personal-data.js';
export { parsePlaces, type Places, type Workplace } from './places.js';
export { EARLIEST_POSTING, parsePostedAgo } from './posted-ago.js';
