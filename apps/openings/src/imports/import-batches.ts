import { setImmediate as breathe } from 'node:timers/promises';
import { readCsv } from './csv-file.js';
import { type OpeningRecord, OPENING_COLUMNS, type RowReader, type RowRejection } from './opening-row.js';

/** Consecutive rows of a file: what goes in, and what is left out and why. */
export interface ImportBatch {
  /** Rows of the file before this batch, the header not counted. */
  from: number;
  rows: number;
  records: OpeningRecord[];
  rejections: (RowRejection & { line: number })[];
}

/** So many rows are read before other work gets its turn. */
const AT_ONCE = 50;

/** Number of rows below the header. @throws ImportFileError when the file as a whole cannot be read */
export async function countRows(content: Buffer): Promise<number> {
  let rows = 0;
  for await (const _ of readCsv(content, OPENING_COLUMNS)) rows += 1;
  return rows;
}

/**
 * Reads a file in batches. The same file gives the same batches each time, so that a job goes on after a crash
 * exactly as it would have without.
 */
export async function* importBatches(
  content: Buffer,
  read: RowReader,
  size: number,
): AsyncGenerator<ImportBatch, void> {
  const seen = new Set<string>();
  let batch: ImportBatch = { from: 0, rows: 0, records: [], rejections: [] };
  for await (const { line, values, problem } of readCsv(content, OPENING_COLUMNS)) {
    const result = problem ? [problem] : read(values);
    if (Array.isArray(result)) batch.rejections.push(...result.map((rejection) => ({ ...rejection, line })));
    else if (seen.has(result.source_id))
      batch.rejections.push({ line, ...DUPLICATE, value: result.source_id });
    else {
      seen.add(result.source_id);
      batch.records.push(result);
    }
    batch.rows += 1;
    if (batch.rows % AT_ONCE === 0) await breathe();
    if (batch.rows === size) {
      yield batch;
      batch = { from: batch.from + size, rows: 0, records: [], rejections: [] };
    }
  }
  if (batch.rows > 0) yield batch;
}

const DUPLICATE = {
  field: 'source_id',
  code: 'duplicate-in-file',
  reason: 'mã này đã có ở một dòng phía trên',
};
