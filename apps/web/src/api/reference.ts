import { useQuery } from '@tanstack/react-query';
import { currentLanguage } from '../i18n';
import { api, call } from './http';

const day = 24 * 3_600_000;

/** The 34 provinces in force, as select options. */
export function useProvinces() {
  return useQuery({
    queryKey: ['provinces', currentLanguage()],
    staleTime: day,
    queryFn: () =>
      call(
        api.GET('/api/v1/reference/administrative-units', {
          params: { query: { level: 'province', limit: 100 } },
        }),
      ),
    select: ({ items }) => items.map(({ code, name }) => ({ value: code, label: name })),
  });
}

/** The communes and wards of a province, as select options; nothing is asked without a province. */
export function useCommunes(province: string | null | undefined) {
  return useQuery({
    queryKey: ['communes', province, currentLanguage()],
    enabled: Boolean(province),
    staleTime: day,
    queryFn: async () => {
      const items = [];
      let cursor: string | undefined;
      do {
        const query = { level: 'commune', parent: province!, limit: 100, cursor };
        const page: { items: { code: string; name: string; fullName?: string }[]; nextCursor?: string } =
          await call(api.GET('/api/v1/reference/administrative-units', { params: { query } }));
        items.push(...page.items);
        cursor = page.nextCursor;
      } while (cursor);
      return items;
    },
    select: (items) => items.map(({ code, name, fullName }) => ({ value: code, label: fullName ?? name })),
  });
}

/** Occupations whose name or titles fit the words typed, unit groups first. */
export function useOccupations(words: string) {
  return useQuery({
    queryKey: ['occupations', words, currentLanguage()],
    enabled: words.trim().length >= 2,
    staleTime: day,
    queryFn: () =>
      call(api.GET('/api/v1/reference/occupations', { params: { query: { q: words, limit: 20 } } })),
  });
}
