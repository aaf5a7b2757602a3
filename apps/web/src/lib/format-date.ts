const timeZone = 'Asia/Ho_Chi_Minh';
const localeTag = (locale: string) => (locale === 'en' ? 'en-GB' : 'vi-VN');

/** Local date of Asia/Ho_Chi_Minh ("2026-11-30") as 30/11/2026; no time zone can shift it. */
export function formatLocalDate(date: string | null | undefined): string | undefined {
  const [, year, month, day] = /^(\d{4})-(\d{2})-(\d{2})/.exec(date ?? '') ?? [];
  return year ? `${day}/${month}/${year}` : undefined;
}

/** An instant as date and time in Vietnam, wherever the reader is. */
export function formatInstant(instant: string | null | undefined, locale: string): string | undefined {
  if (!instant) return undefined;
  const options: Intl.DateTimeFormatOptions = {
    timeZone,
    day: '2-digit',
    month: '2-digit',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
  };
  return new Intl.DateTimeFormat(localeTag(locale), options).format(new Date(instant));
}

/** Today in Vietnam as YYYY-MM-DD. */
export function today(now = new Date()): string {
  return new Intl.DateTimeFormat('en-CA', { timeZone }).format(now);
}

/** Today's day so many years later, as YYYY-MM-DD; of 29 February it is the 28th. */
export function yearsAhead(years: number, now = new Date()): string {
  const [year, ...monthAndDay] = today(now).split('-');
  return [Number(year) + years, ...monthAndDay].join('-').replace('-02-29', '-02-28');
}

/** Whole days from today in Vietnam until a local date; negative when it has passed. */
export function daysUntil(date: string, now = new Date()): number {
  return Math.round((Date.parse(date) - Date.parse(today(now))) / 86_400_000);
}

/** "hôm nay", "3 ngày trước", "2 tuần trước": how long ago an instant was, in days of Vietnam. */
export function formatAgo(instant: string, locale: string, now = new Date()): string {
  const days = daysUntil(today(new Date(instant)), now);
  const words = new Intl.RelativeTimeFormat(localeTag(locale), { numeric: 'auto' });
  const said =
    days > -14
      ? words.format(days, 'day')
      : days > -60
        ? words.format(Math.trunc(days / 7), 'week')
        : words.format(Math.trunc(days / 30), 'month');
  return said.toLowerCase();
}
