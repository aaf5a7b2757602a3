/** A calendar day "YYYY-MM-DD" of Asia/Ho_Chi_Minh, in which legal dates are counted whatever `TZ` is. */
export type LocalDate = string;

/** Viet Nam keeps UTC+7 all year; its zone has had no change since 1975. */
const OFFSET_MS = 7 * 3600_000;
const DAY_MS = 86_400_000;

/** The day in Viet Nam at an instant. */
export function localDate(instant: Date = new Date()): LocalDate {
  return new Date(instant.getTime() + OFFSET_MS).toISOString().slice(0, 10);
}

/** Whether a text is a day that exists. */
export function isLocalDate(text: string): text is LocalDate {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const instant = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(instant.getTime()) && instant.toISOString().startsWith(text);
}

/** The instant at which a day begins in Viet Nam. */
export function startOfLocalDate(date: LocalDate): Date {
  return new Date(atMidnight(date) - OFFSET_MS);
}

/** The instant at which a day is over in Viet Nam (exclusive). */
export function endOfLocalDate(date: LocalDate): Date {
  return new Date(atMidnight(date) - OFFSET_MS + DAY_MS);
}

/** `days` later, earlier when negative. */
export function addDays(date: LocalDate, days: number): LocalDate {
  return toDate(atMidnight(date) + days * DAY_MS);
}

/** `months` later on the same day of the month, or on the month's last day (31 January + 1 = 28 or 29 February). */
export function addMonths(date: LocalDate, months: number): LocalDate {
  const from = new Date(atMidnight(date));
  const lastDay = Date.UTC(from.getUTCFullYear(), from.getUTCMonth() + months + 1, 0);
  const sameDay = Date.UTC(from.getUTCFullYear(), from.getUTCMonth() + months, from.getUTCDate());
  return toDate(Math.min(lastDay, sameDay));
}

/** Days from one date to another, negative backwards. */
export function daysBetween(from: LocalDate, to: LocalDate): number {
  return Math.round((atMidnight(to) - atMidnight(from)) / DAY_MS);
}

/** Full years of age on a day; born on 29 February one turns a year older on 1 March of other years. */
export function ageOn(birthDate: LocalDate, on: LocalDate): number {
  const years = Number(on.slice(0, 4)) - Number(birthDate.slice(0, 4));
  return on.slice(5) < birthDate.slice(5) ? years - 1 : years;
}

function atMidnight(date: LocalDate): number {
  if (!isLocalDate(date)) throw new RangeError(`"${date}" is no date of the form YYYY-MM-DD`);
  return Date.parse(`${date}T00:00:00Z`);
}

const toDate = (time: number): LocalDate => new Date(time).toISOString().slice(0, 10);
