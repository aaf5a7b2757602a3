/** What a service holds to and a page says beforehand; it imports nothing, for pages are bundled with it. */

/** An import file of about half a million postings, MB. */
export const LARGEST_IMPORT_MB = 64;

/** The last day to apply is at most so far ahead: what is later is a slip, and would be shown for ever. */
export const FURTHEST_DEADLINE_YEARS = 2;
