import { invalidField } from '#platform';
import { administrativeUnit } from '#reference';

/**
 * Checks codes of a place against the units in force.
 * @param at path of the object that holds the codes, '' for the root
 * @throws Problem 422 naming the field
 */
export function assertPlace(
  place: { provinceCode?: string | null; communeCode?: string | null },
  at = '',
): void {
  const { provinceCode, communeCode } = place;
  const field = (name: string): string => (at ? `${at}.${name}` : name);
  if (provinceCode && administrativeUnit(provinceCode)?.level !== 'province') {
    throw invalidField(field('provinceCode'), 'openings.unknown-province', {
      vi: 'Không có tỉnh mang mã này.',
      en: 'There is no province with this code.',
    });
  }
  if (communeCode && administrativeUnit(communeCode)?.provinceCode !== provinceCode) {
    throw invalidField(field('communeCode'), 'openings.commune-outside-province', {
      vi: 'Xã, phường không thuộc tỉnh đã chọn.',
      en: 'The commune is not in the chosen province.',
    });
  }
}
