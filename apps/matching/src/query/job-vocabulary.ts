import { occupations } from '#reference';
import { OccupationVocabulary } from './occupation-vocabulary.js';

let vocabulary: OccupationVocabulary | undefined;

/** The titles of all unit groups; built at first use. */
export function jobVocabulary(): OccupationVocabulary {
  return (vocabulary ??= new OccupationVocabulary(
    occupations()
      .filter(({ level }) => level === 4)
      .map(({ code, nameVi, nameEn, synonymsVi, synonymsEn }) => ({
        code,
        titles: [nameVi, nameEn, ...synonymsVi, ...synonymsEn],
      })),
  ));
}
