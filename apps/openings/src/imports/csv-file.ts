import { isUtf8 } from 'node:buffer';
import { Readable } from 'node:stream';
import { type CsvError, parse } from 'csv-parse';
import type { ImportColumn } from '#reference';
import { type RawRow, type RowRejection, shown } from './opening-row.js';

export const EMPTY_FILE = {
  vi: 'Tệp trống: cần dòng tiêu đề và ít nhất một dòng dữ liệu.',
  en: 'The file is empty: it needs a header and at least one row.',
};

/**
 * The file as a whole cannot be read. The message says why and what to do to who handed it in; it may quote the file,
 * and with it a person. What a log may have is `code` and `columns`.
 */
export class ImportFileError extends Error {
  override name = 'ImportFileError';

  /** @param columns how many the file's first row has */
  constructor(
    readonly code: 'not-utf8' | 'not-csv' | 'empty' | 'columns-missing' | 'source-unknown',
    message: string,
    readonly columns?: number,
  ) {
    super(message);
  }
}

export interface CsvRow {
  /** Line of the file on which the row begins; the header is line 1. */
  line: number;
  values: RawRow;
  /** Set when the row does not fit the header. */
  problem?: RowRejection;
}

const CHUNK_BYTES = 16 * 1024;
/** A first line that says what separates cells. */
const DECLARATION = /^"?sep=([,;])"?[ \t]*(?:[\r\n]|$)/i;

/**
 * Reads a UTF-8 CSV file with a header, row by row, leaving room for others in between: a large file holds up
 * nobody. Its cells are separated by commas, or by semicolons as a Vietnamese Excel writes them; a first line `sep=;`
 * says which, as Excel reads it.
 * @throws ImportFileError when it is not UTF-8, not CSV, has no row below its header, or lacks a column
 */
export async function* readCsv(
  content: Buffer,
  columns: readonly ImportColumn[],
): AsyncGenerator<CsvRow, void> {
  if (!isUtf8(content)) {
    throw new ImportFileError(
      'not-utf8',
      'Tệp không phải UTF-8: hãy lưu lại với bảng mã UTF-8 rồi nhập lại.',
    );
  }
  const beginning = content.toString('utf8', 0, CHUNK_BYTES).replace('\ufeff', '');
  const declared = DECLARATION.exec(beginning)?.[1];
  const parser = Readable.from(chunksOf(content)).pipe(
    parse({
      bom: true,
      delimiter: declared ?? delimiterOf(beginning),
      from_line: declared ? 2 : 1,
      info: true,
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: true,
    }),
  );
  const lines = new LineCounter(content);
  let names: string[] | undefined;
  let rows = 0;
  try {
    for await (const { record, info } of parser as AsyncIterable<{
      record: string[];
      info: { bytes: number };
    }>) {
      const line = lines.next(info.bytes);
      if (names) {
        rows += 1;
        yield rowOf(record, names, line);
      } else names = headerOf(record, columns);
    }
  } catch (error) {
    if (error instanceof ImportFileError || !isCsvError(error)) throw error;
    throw new ImportFileError('not-csv', `Tệp không phải CSV (dòng ${error.lines}): ${error.message}.`);
  }
  if (rows === 0) throw new ImportFileError('empty', EMPTY_FILE.vi);
}

function* chunksOf(content: Buffer): Generator<Buffer> {
  for (let at = 0; at < content.length; at += CHUNK_BYTES) yield content.subarray(at, at + CHUNK_BYTES);
}

/** What separates cells: what the header has more of. */
function delimiterOf(beginning: string): ',' | ';' {
  const header = /[^\r\n]+/.exec(beginning)?.[0] ?? '';
  return header.split(';').length > header.split(',').length ? ';' : ',';
}

function headerOf(record: string[], columns: readonly ImportColumn[]): string[] {
  const names = record.map((name) => name.trim().toLowerCase());
  const missing = columns.filter((column) => !names.includes(column));
  if (missing.length === 0) return names;
  throw new ImportFileError(
    'columns-missing',
    `Tệp thiếu cột ${missing.join(', ')}; tiêu đề là: ${names.join(', ')}.`,
    names.length,
  );
}

function rowOf(record: string[], names: string[], line: number): CsvRow {
  const values = Object.fromEntries(names.map((name, index) => [name, record[index]])) as RawRow;
  if (record.length === names.length) return { line, values };
  return {
    line,
    values,
    problem: {
      field: 'line',
      code: 'column-count',
      reason: `dòng có ${record.length} cột, tiêu đề có ${names.length}`,
      value: shown(record.join(',')),
    },
  };
}

const LF = 0x0a;
const CR = 0x0d;

/**
 * Tells on which line each row begins, from the byte at which the one before has ended: the parser's own count
 * takes a Windows line break within a cell for two.
 */
class LineCounter {
  private at = 0;
  private line = 1;

  constructor(private readonly content: Buffer) {}

  /** @param end offset behind the row */
  next(end: number): number {
    while (this.content[this.at] === LF || this.content[this.at] === CR) {
      if (this.content[this.at] === LF) this.line += 1;
      this.at += 1;
    }
    const begin = this.line;
    for (
      let lf = this.content.indexOf(LF, this.at);
      lf !== -1 && lf < end;
      lf = this.content.indexOf(LF, lf + 1)
    )
      this.line += 1;
    this.at = Math.max(this.at, end);
    return begin;
  }
}

function isCsvError(error: unknown): error is CsvError & { lines: number } {
  return error instanceof Error && 'code' in error && String(error.code).startsWith('CSV_');
}
