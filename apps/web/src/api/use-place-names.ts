import { useCommunes, useProvinces } from './reference';
import type { Workplace } from './models';

/** Fills in names that an answer left out; communes of the first workplace's province only. */
export function usePlaceNames(workplaces: Workplace[]): Workplace[] {
  const first = workplaces.find(({ communeCode, communeName }) => communeCode && !communeName);
  const missing = workplaces.some(({ provinceCode, provinceName }) => provinceCode && !provinceName);
  const provinces = useProvinces(missing);
  const communes = useCommunes(first?.provinceCode);
  const named = (list: { value: string; label: string }[] | undefined, code: string | null | undefined) =>
    list?.find(({ value }) => value === code)?.label ?? null;
  return workplaces.map((place) => ({
    ...place,
    provinceName: place.provinceName ?? named(provinces.data, place.provinceCode),
    communeName: place.communeName ?? named(communes.data, place.communeCode),
  }));
}
