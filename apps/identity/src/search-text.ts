import { fold } from '#reference';

/** Text as it is searched: without accents and case. */
export function searchTextOf(...parts: string[]): string {
  return fold(parts.join(' '));
}

/** A LIKE pattern for rows whose search text holds what somebody typed. */
export function searchPattern(typed: string): string {
  return `%${fold(typed.trim()).replace(/[\\%_]/g, '\\$&')}%`;
}
