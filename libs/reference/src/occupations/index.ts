export { abbreviations, expandAbbreviations, type AbbreviationReading } from './abbreviations.js';
export * from './occupations.js';
export * from './vsco.js';
export { proposeOccupation, type OccupationProposal } from './propose-occupation.js';
