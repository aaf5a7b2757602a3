import { resolvePlace, type ResolvedPlace } from '../places/index.js';
import { fold, phraseKey, tidy } from '../text/index.js';
import { countryNamed } from '../value-lists/index.js';
import { parsed, refused, type Parsed } from './parsed.js';

/** A place of work as written and as far as it is known. */
export interface Workplace {
  /** Province of today; null abroad, nationwide and when the text is unknown or ambiguous. */
  provinceCode: string | null;
  communeCode: string | null;
  /** ISO 3166-1: VN at home; null when it is not known, also for "abroad" without a country. */
  countryCode: string | null;
  text: string;
  /** What the text said before July 2025 names, and what to tell the reader; null when there is nothing to tell. */
  place: ResolvedPlace | null;
}

/** The places of an opening: those named, and how many more are only counted ("Hà Nội & 2 nơi khác"). */
export interface Places {
  workplaces: Workplace[];
  otherPlacesCount: number;
}

const MAX_LENGTH = 2000;
const OTHERS =
  /[\s,;]*(?:&|\+|(?<=\s)(?:và|va|and)(?=\s))\s*(\d{1,3})\s*(?:nơi|noi|tỉnh|tinh|địa điểm|dia diem|thành phố|more|others?|places?)[^,;&]*$/iu;
const GROUPS = /\s*[;\n|]\s*/;
/** A slash separates words only: 12/5 is a house number. */
const ITEMS = /\s*[,&+]\s*|\s+(?:và|hoặc|va|hoac|and|or)\s+|(?<=\p{L}\s?)\/(?=\s?\p{L})/iu;
const BULLET = /^[\s\-*•·+]+/u;

/**
 * Reads "Hà Nội", "Hà Nội & 2 nơi khác", "Hà Nội, Hồ Chí Minh", "Hà Nội: Cầu Giấy, Đống Đa", "P. Dịch Vọng, Q. Cầu
 * Giấy, Hà Nội", "Nhật Bản", "Nước ngoài", "Toàn quốc". A place that is not known stays as text: nothing is dropped
 * and nothing guessed. Only an empty text is refused.
 */
export function parsePlaces(text: string): Parsed<Places> {
  const clean = tidy(text.slice(0, MAX_LENGTH).replace(/\r?\n/g, ' ; '));
  if (!clean) return refused('empty', 'No place is given.');
  const others = OTHERS.exec(clean);
  const named = others ? clean.slice(0, others.index) : clean;
  const groups = named
    .split(GROUPS)
    .map((group) => group.replace(BULLET, ''))
    .filter(Boolean);
  const workplaces = groups.flatMap(readGroup);
  const unique = workplaces.filter((place, i) => workplaces.findIndex((other) => isSame(place, other)) === i);
  return parsed({ workplaces: unique, otherPlacesCount: others ? Number(others[1]) : 0 });
}

const isSame = (a: Workplace, b: Workplace): boolean =>
  a.provinceCode === b.provinceCode &&
  a.communeCode === b.communeCode &&
  phraseKey(a.text) === phraseKey(b.text);

/** "Hà Nội: Cầu Giấy, Đống Đa" names places inside the first; otherwise a list or one address. */
function readGroup(group: string): Workplace[] {
  const colon = /^([^:]{2,60}):\s*(.+)$/.exec(group);
  const head = colon && resolvePlace(colon[1]!);
  if (!colon || !head?.ok) return readList(group);
  const inside = colon[2]!.split(ITEMS).filter(Boolean);
  const found = inside.map((item) => withinPlace(item, colon[1]!)).filter((place) => place !== undefined);
  return found.length ? found : [workplaceOf(head.place, group)];
}

/** The narrower place that an item names inside another, or nothing. */
function withinPlace(item: string, outer: string): Workplace | undefined {
  const both = resolvePlace(`${item}, ${outer}`);
  if (!both.ok) return undefined;
  const isNarrower = both.place.communeCode !== undefined || both.place.oldUnit?.level === 'district';
  return isNarrower ? workplaceOf(both.place, `${item}, ${outer}`) : undefined;
}

function readList(group: string): Workplace[] {
  const whole = readOne(group);
  if (whole) return [whole];
  const items = group
    .split(ITEMS)
    .flatMap((item) => splitDashes(item))
    .filter(Boolean);
  const places: Workplace[] = [];
  let pending: string[] = [];
  for (const item of items) {
    const one = readOne(item);
    if (!one || !isWide(one)) {
      pending.push(item);
      continue;
    }
    places.push(...(pending.length ? readInside(pending, item) : [one]));
    pending = [];
  }
  const trailing = readTrailing(pending, places);
  return [...places, ...trailing];
}

/** "Hà Nội - Bắc Ninh" is two places, "Bà Rịa-Vũng Tàu" one. */
function splitDashes(item: string): string[] {
  if (!/\s-\s|-/.test(item) || readOne(item)) return [item];
  const pieces = item.split(/\s*-\s*/);
  return pieces.every((piece) => readOne(piece) !== undefined) ? pieces : [item];
}

const ABROAD = /^(o |lam viec )?(tai )?nuoc ngoai$|^abroad$|^overseas$/;
const NATIONWIDE = /^(toan quoc|ca nuoc|nationwide|viet nam|vietnam)$/;

function readOne(text: string): Workplace | undefined {
  const resolution = resolvePlace(text);
  if (resolution.ok && !ITEMS.test(text)) return workplaceOf(resolution.place, text);
  const folded = fold(text);
  const nowhere = { provinceCode: null, communeCode: null, text: tidy(text), place: null };
  if (ABROAD.test(folded)) return { ...nowhere, countryCode: null };
  if (NATIONWIDE.test(folded)) return { ...nowhere, countryCode: 'VN' };
  const countryCode = countryNamed(text);
  return countryCode ? { ...nowhere, countryCode } : undefined;
}

/** A whole province, country, or "everywhere": what ends an address. */
const isWide = ({ place }: Workplace): boolean =>
  place === null ||
  (place.communeCode === undefined &&
    place.oldUnit?.level !== 'district' &&
    place.note?.code !== 'several-inside');

/** Parts before their province: an address of one place, or a list of districts. */
function readInside(parts: string[], province: string): Workplace[] {
  const districts = parts
    .map((part) => withinPlace(part, province))
    .filter((place) => place?.place?.oldUnit?.level === 'district');
  if (districts.length > 1) return districts as Workplace[];
  const text = [...parts, province].join(', ');
  const resolution = resolvePlace(text);
  if (resolution.ok) return [workplaceOf(resolution.place, text)];
  return [...parts.map(unknown), readOne(province)!];
}

/** Parts that no province follows: inside the one before them ("Hà Nội, Cầu Giấy"), or places of their own. */
function readTrailing(parts: string[], before: Workplace[]): Workplace[] {
  const last = before.at(-1);
  const inside = last?.provinceCode ? parts.map((part) => withinPlace(part, last.text)) : [];
  if (last && isWide(last) && inside.length && inside.every((place) => place !== undefined)) {
    before.pop();
    return inside;
  }
  const alone = parts.map((part) => readOne(part));
  if (alone.some((place) => place !== undefined)) return parts.map((part, i) => alone[i] ?? unknown(part));
  if (!parts.length) return [];
  const together = resolvePlace(parts.join(', '));
  return together.ok ? [workplaceOf(together.place, parts.join(', '))] : [unknown(parts.join(', '))];
}

const unknown = (text: string): Workplace => ({
  provinceCode: null,
  communeCode: null,
  countryCode: null,
  text: tidy(text),
  place: null,
});

const workplaceOf = (place: ResolvedPlace, text: string): Workplace => ({
  provinceCode: place.provinceCode,
  communeCode: place.communeCode ?? null,
  countryCode: 'VN',
  text: tidy(text),
  place,
});
