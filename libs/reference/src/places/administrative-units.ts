import { lazy, readDataRows } from '../data/data-file.js';
import { accentedKey, phraseKey } from '../text/index.js';
import { distanceKm, type Coordinates } from './geo.js';

/** city = thành phố (trực thuộc trung ương), province = tỉnh, ward = phường, commune = xã, specialZone = đặc khu. */
export type UnitKind = 'city' | 'province' | 'ward' | 'commune' | 'specialZone';

/** A unit of the two tiers in force since 1 July 2025 (34 provinces and cities, 3,321 communes). */
export interface AdministrativeUnit extends Coordinates {
  /** Two digits for a province, five for a commune. */
  code: string;
  level: 'province' | 'commune';
  kind: UnitKind;
  /** Its own code for a province. */
  provinceCode: string;
  name: string;
  fullName: string;
  nameEn: string;
}

/** A province or district as they were before 1 July 2025. Codes are of that time: "15" was Yên Bái, not Lào Cai. */
export interface FormerUnit {
  code: string;
  level: 'province' | 'district';
  /** The province of that time that it was in; its own code for a province. */
  formerProvinceCode: string;
  name: string;
  fullName: string;
  /** The province of today that its area went to. */
  successorProvinceCode: string;
}

const KINDS: Record<string, UnitKind> = {
  'Thành phố': 'city',
  Tỉnh: 'province',
  Phường: 'ward',
  Xã: 'commune',
  'Đặc khu': 'specialZone',
};

type UnitColumn =
  'code' | 'level' | 'parent_code' | 'kind' | 'name' | 'full_name' | 'name_en' | 'lat' | 'lng';
type FormerColumn = 'code' | 'level' | 'parent_code' | 'name' | 'full_name' | 'successor_province_code';

const units = lazy(() => {
  const all = readDataRows<UnitColumn>('administrative-units.csv').map((row): AdministrativeUnit => ({
    code: row.code,
    level: row.level as AdministrativeUnit['level'],
    kind: KINDS[row.kind]!,
    provinceCode: row.parent_code || row.code,
    name: row.name,
    fullName: `${row.kind} ${row.name}`,
    nameEn: row.name_en,
    lat: Number(row.lat),
    lng: Number(row.lng),
  }));
  const provinces = all.filter((unit) => unit.level === 'province');
  const communes = new Map<string, AdministrativeUnit[]>(provinces.map((unit) => [unit.code, []]));
  for (const unit of all) if (unit.level === 'commune') communes.get(unit.provinceCode)?.push(unit);
  return { all, provinces, communes, byCode: new Map(all.map((unit) => [unit.code, unit])) };
});

const formerUnitsTable = lazy(() => {
  const all = readDataRows<FormerColumn>('administrative-units-before-2025-07.csv').map(
    (row): FormerUnit => ({
      code: row.code,
      level: row.level as FormerUnit['level'],
      formerProvinceCode: row.parent_code || row.code,
      name: row.name,
      fullName: row.full_name,
      successorProvinceCode: row.successor_province_code,
    }),
  );
  return { all, byCode: new Map(all.map((unit) => [unit.code, unit])) };
});

/** All units of today, provinces and communes, in the order of their codes' table. */
export function administrativeUnits(): readonly AdministrativeUnit[] {
  return units().all;
}

/** The unit of today with this code (two digits: province, five: commune). */
export function administrativeUnit(code: string): AdministrativeUnit | undefined {
  return units().byCode.get(code);
}

/** The 34 provinces and cities. */
export function provinces(): readonly AdministrativeUnit[] {
  return units().provinces;
}

/** The communes, wards and special zones of a province; none for an unknown code. */
export function communesOf(provinceCode: string): readonly AdministrativeUnit[] {
  return units().communes.get(provinceCode) ?? [];
}

/** All provinces and districts of before July 2025. */
export function formerUnits(): readonly FormerUnit[] {
  return formerUnitsTable().all;
}

/** The unit of before July 2025 with this code (two digits: province, three: district). */
export function formerUnit(code: string): FormerUnit | undefined {
  return formerUnitsTable().byCode.get(code);
}

/** Communes whose centre lies within `km` kilometres of a point, nearest first. */
export function communesWithin(
  centre: Coordinates,
  km: number,
): { unit: AdministrativeUnit; distanceKm: number }[] {
  return units()
    .all.filter((unit) => unit.level === 'commune')
    .map((unit) => ({ unit, distanceKm: distanceKm(centre, unit) }))
    .filter((near) => near.distanceKm <= km)
    .sort((a, b) => a.distanceKm - b.distanceKm);
}

/** What a picker asks for. */
export interface UnitSearch {
  /** Any part of the name from a word's beginning, with or without accents. */
  q?: string;
  level?: 'province' | 'commune';
  /** Province code. */
  parent?: string;
  /** 50 unless told. */
  limit?: number;
}

const unitKeys = lazy(() => new Map(units().all.map((unit) => [unit.code, ` ${phraseKey(unit.fullName)}`])));

/** Units of today for a picker: names that begin with the text come first. */
export function searchAdministrativeUnits(search: UnitSearch = {}): AdministrativeUnit[] {
  const { q = '', level, parent, limit = 50 } = search;
  const wanted = phraseKey(q);
  const from =
    parent && level !== 'province' ? communesOf(parent) : level === 'province' ? provinces() : units().all;
  const found = from.filter(
    (unit) =>
      (!level || unit.level === level) && (!wanted || unitKeys().get(unit.code)!.includes(` ${wanted}`)),
  );
  if (!wanted) return found.slice(0, limit);
  const accented = accentedKey(q);
  const rank = (unit: AdministrativeUnit): number =>
    (phraseKey(unit.name).startsWith(wanted) ? 0 : 4) +
    (accentedKey(unit.name).startsWith(accented) ? 0 : 2) +
    (unit.level === 'province' ? 0 : 1);
  return found.sort((a, b) => rank(a) - rank(b)).slice(0, limit);
}
