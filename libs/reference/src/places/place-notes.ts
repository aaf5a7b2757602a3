import { administrativeUnit, formerUnit, type FormerUnit } from './administrative-units.js';
import type { PlaceAlias } from './place-aliases.js';

/** Why a place is not simply the unit that was written; a stable code with sentences for people. */
export interface PlaceNote {
  code: 'former-province' | 'former-district' | 'former-name' | 'several-inside';
  vi: string;
  en: string;
}

/** What there is to say about a resolved place, or null. */
export function noteOn(about: {
  provinceCode: string;
  former?: FormerUnit;
  alias?: PlaceAlias;
  severalInside?: number;
}): PlaceNote | null {
  const { former, alias } = about;
  const province = administrativeUnit(about.provinceCode)!;
  if (about.severalInside) {
    return {
      code: 'several-inside',
      vi: `${province.name} có nhiều đơn vị cùng tên này; chỉ xác định được tỉnh, thành phố.`,
      en: `${province.nameEn} has several units of this name; only the province is certain.`,
    };
  }
  if (alias?.wasOfficial && former) {
    return {
      code: 'former-name',
      vi: `${alias.written} đã nhập vào ${former.fullName}, nay thuộc ${province.name}.`,
      en: `${alias.written} became part of ${former.fullName}, now in ${province.nameEn}.`,
    };
  }
  if (alias?.wasOfficial) {
    return {
      code: 'former-name',
      vi: `${alias.written} là tên cũ, nay là ${province.fullName}.`,
      en: `${alias.written} is an earlier name, now ${province.nameEn}.`,
    };
  }
  if (former?.level === 'province') {
    return {
      code: 'former-province',
      vi: `${former.fullName} từ ngày 01/07/2025 thuộc ${province.fullName}.`,
      en: `${former.name} has been part of ${province.nameEn} since 1 July 2025.`,
    };
  }
  if (former) {
    const then = formerUnit(former.formerProvinceCode)!;
    return {
      code: 'former-district',
      vi: `Từ ngày 01/07/2025 không còn cấp huyện: ${former.fullName} (${then.name}) nay thuộc ${province.fullName}.`,
      en: `Districts ended on 1 July 2025: ${former.name} (${then.name}) is now in ${province.nameEn}.`,
    };
  }
  return null;
}
