import { useQueries, useQuery } from '@tanstack/react-query';
import { currentLanguage } from '../i18n';
import { api, call } from './http';

const day = 24 * 3_600_000;

const unitsQuery = (level: 'province' | 'commune', parent: string | undefined) => ({
  queryKey: ['administrative-units', level, parent],
  staleTime: day,
  queryFn: () =>
    call(
      api.GET('/api/v1/reference/administrative-units', {
        params: { query: { level, parent, limit: 1000 } },
      }),
    ),
});

function useUnits(level: 'province' | 'commune', parent: string | undefined, enabled: boolean) {
  return useQuery({
    ...unitsQuery(level, parent),
    enabled,
    select: ({ items }) =>
      items.map(({ code, name, fullName }) => ({
        value: code,
        label: level === 'commune' ? (fullName ?? name) : name,
      })),
  });
}

/** The 34 provinces in force, as select options. */
export const useProvinces = (enabled = true) => useUnits('province', undefined, enabled);

/** The communes and wards of a province, as select options; nothing is asked without a province. */
export const useCommunes = (province: string | null | undefined) =>
  useUnits('commune', province ?? undefined, Boolean(province));

/** Names of the provinces and of the communes of those given, by code. */
export function useUnitNames(provinces: string[]): Map<string, string> {
  const all = useProvinces();
  const communes = useQueries({ queries: provinces.map((province) => unitsQuery('commune', province)) });
  const names = new Map((all.data ?? []).map(({ value, label }) => [value, label]));
  for (const { data } of communes) {
    for (const { code, name, fullName } of data?.items ?? []) names.set(code, fullName ?? name);
  }
  return names;
}

/** Unit groups of ISCO-08 whose name or titles fit the words typed. */
export function useOccupations(words: string) {
  return useQuery({
    queryKey: ['occupations', words],
    enabled: words.trim().length >= 2,
    staleTime: day,
    queryFn: () =>
      call(
        api.GET('/api/v1/reference/occupations', { params: { query: { q: words, level: 4, limit: 20 } } }),
      ),
  });
}

/** Names of occupations by code, fetched one by one and kept; a code without a name stays a code. */
export function useOccupationNames(codes: string[]): Map<string, string> {
  const language = currentLanguage();
  const answers = useQueries({
    queries: codes.map((code) => ({
      queryKey: ['occupation', code],
      staleTime: day,
      queryFn: () => call(api.GET('/api/v1/reference/occupations/{code}', { params: { path: { code } } })),
    })),
  });
  const names = new Map<string, string>();
  for (const [index, code] of codes.entries()) {
    const found = answers[index]?.data;
    if (found) names.set(code, (language === 'en' && found.nameEn) || found.nameVi);
  }
  return names;
}
