import type { ImportRejection } from './import.service.js';

type Position = Pick<ImportRejection, 'line' | 'field'>;

const BYTE_ORDER_MARK = '\uFEFF';

/**
 * Rejected rows as CSV (RFC 4180), the header with a byte order mark in front: spreadsheets then read it as UTF-8.
 * @param next the rows after a position, empty after the last
 */
export async function* rejectionsCsv(
  next: (after: Position) => Promise<ImportRejection[]>,
): AsyncGenerator<string> {
  yield `${BYTE_ORDER_MARK}line,field,code,reason,value\r\n`;
  for (let rows = await next({ line: 0, field: '' }); rows.length > 0; rows = await next(rows.at(-1)!)) {
    yield rows.map(csvLine).join('');
  }
}

const csvLine = ({ line, field, code, reason, value }: ImportRejection): string =>
  `${[String(line), field, code, reason, value ?? ''].map(csvCell).join(',')}\r\n`;

/** What a spreadsheet would take for a formula is kept as text: the values come from somebody else's file. */
function csvCell(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
