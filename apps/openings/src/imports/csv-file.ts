import { parse } from 'csv-parse/sync';
import type { OpeningColumn, RawRow, RowRejection } from './opening-row.js';

/** The file as a whole cannot be read; the message says why and what to do. */
export class ImportFileError extends Error {
  override name = 'ImportFileError';
}

export interface CsvRow {
  /** Line of the file on which the row begins; the header is line 1. */
  line: number;
  values: RawRow;
  /** Set when the row does not fit the header. */
  problem?: RowRejection;
}

/**
 * Reads a UTF-8 CSV file with a header.
 * @throws ImportFileError when it is not UTF-8, not CSV, or lacks a column
 */
export function readCsv(content: Buffer, columns: readonly OpeningColumn[]): CsvRow[] {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(content);
  } catch {
    throw new ImportFileError('Tệp không phải UTF-8: hãy lưu lại với bảng mã UTF-8 rồi nhập lại.');
  }
  let parsed: { record: string[]; info: { lines: number } }[];
  try {
    parsed = parse(text, {
      bom: true,
      info: true,
      relax_column_count: true,
      skip_empty_lines: true,
    }) as unknown as typeof parsed;
  } catch (error) {
    throw new ImportFileError(
      `Tệp không phải CSV: ${error instanceof Error ? error.message : String(error)}.`,
    );
  }
  const [header, ...rows] = parsed;
  if (!header) throw new ImportFileError('Tệp trống: cần dòng tiêu đề và ít nhất một dòng dữ liệu.');
  const names = header.record.map((name) => name.trim().toLowerCase());
  const missing = columns.filter((column) => !names.includes(column));
  if (missing.length > 0)
    throw new ImportFileError(`Tệp thiếu cột ${missing.join(', ')}; tiêu đề là: ${names.join(', ')}.`);
  return rows.map(({ record, info }) => {
    const values = Object.fromEntries(names.map((name, index) => [name, record[index]])) as RawRow;
    const breaks = record.reduce((sum, cell) => sum + (cell.match(/\n/g)?.length ?? 0), 0);
    const row: CsvRow = { line: info.lines - breaks, values };
    if (record.length !== names.length) {
      row.problem = {
        field: 'line',
        code: 'column-count',
        reason: `dòng có ${record.length} cột, tiêu đề có ${names.length}`,
        value: record.join(',').slice(0, 200),
      };
    }
    return row;
  });
}
