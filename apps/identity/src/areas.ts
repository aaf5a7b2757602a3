import { ValidateBy } from 'class-validator';
import { administrativeUnit } from '#reference';

/** A list of provinces of today, each once; `*` alone is the whole country. */
export function isAreas(value: unknown): value is string[] {
  if (!Array.isArray(value) || value.length === 0 || new Set(value).size !== value.length) return false;
  if (value.length === 1 && value[0] === '*') return true;
  return value.every((code) => typeof code === 'string' && administrativeUnit(code)?.level === 'province');
}

/** class-validator: `isAreas`. */
export function IsAreas(): PropertyDecorator {
  return ValidateBy(
    { name: 'isAreas', validator: { validate: isAreas } },
    {
      context: {
        vi: 'phải là danh sách mã tỉnh hiện hành, hoặc riêng * cho cả nước',
        en: 'must be a list of codes of today’s provinces, or * alone for the whole country',
      },
    },
  );
}
