import { useTranslation } from 'react-i18next';
import type { ComparedValue, Criterion } from '../api/models';
import { useOccupationNames, useUnitNames } from '../api/reference';
import { formatPay } from '../lib/format-pay';
import { useFormats } from '../lib/use-formats';

const isCode = (value: string) => /^\d{1,4}$/.test(value);
const listOf = (value: ComparedValue): string[] =>
  Array.isArray(value) ? value : value === null ? [] : [String(value)];

/**
 * Says the values that were compared in the reader's words: codes by their names, amounts as pay, months as
 * experience. `provinces` are those whose communes may occur.
 */
export function useComparedValues(criteria: Criterion[], provinces: string[]) {
  const { t } = useTranslation();
  const format = useFormats();
  const of = (name: string) => criteria.find(({ criterion }) => criterion === name);
  const occupations = of('occupation');
  const codes = [...listOf(occupations?.wanted ?? null), ...listOf(occupations?.offered ?? null)].filter(
    isCode,
  );
  const occupationNames = useOccupationNames([...new Set(codes)]);
  const unitNames = useUnitNames(provinces);

  const skill = (word: string) =>
    word.startsWith('language:') ? format.value('language', word.slice('language:'.length)) : word;
  const words = (name: string, value: string) => {
    if (name === 'occupation') return isCode(value) ? (occupationNames.get(value) ?? value) : value;
    if (name === 'distance') return unitNames.get(value) ?? value;
    if (name === 'level') return format.value('technicalLevel', value);
    return skill(value);
  };
  const number = (name: string, value: number) => {
    if (name === 'pay') {
      const pay = { kind: 'monthly', min: value, max: value, currency: 'VND', text: null };
      return formatPay(pay, format.locale, (key, values) => t(key, values ?? {}));
    }
    if (name === 'experience') return format.experience({ minMonths: value, maxMonths: value });
    if (name === 'freshness') return t('match.days', { count: value });
    return String(value);
  };
  return {
    /** undefined when nothing is known */
    say(name: string, value: ComparedValue): string | undefined {
      if (typeof value === 'number') return number(name, value);
      const said = listOf(value).map((part) => words(name, part));
      return said.length ? [...new Set(said)].join(', ') : undefined;
    },
    skills: (missing: string[]) => missing.map(skill).join(', '),
  };
}
