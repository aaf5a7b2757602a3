import { Slices } from '#platform';
import { importColumns } from '#reference';
import { readCsv } from './csv-file.js';
import { type OpeningRecord, type RawRow, type RowReader, type RowRejection } from './opening-row.js';

/** Consecutive rows of a file: what goes in, and what is left out and why. */
export interface ImportBatch {
  /** Rows of the file before this batch, the header not counted. */
  from: number;
  rows: number;
  records: OpeningRecord[];
  /** Line of each record by its `source_id`. */
  lines: Map<string, number>;
  rejections: (RowRejection & { line: number })[];
}

/**
 * Number of rows below the header.
 * @param keep called at each row
 * @throws ImportFileError when the file as a whole cannot be read
 */
export async function countRows(content: Buffer, keep?: () => Promise<void>): Promise<number> {
  let rows = 0;
  const slices = new Slices();
  for await (const _ of readCsv(content, importColumns)) {
    rows += 1;
    await keep?.();
    await slices.next();
  }
  return rows;
}

/**
 * Reads a file in batches. The same file gives the same batches each time, so that a job goes on after a crash
 * exactly as it would have without.
 * @param keep called at each row: while others search, a batch takes seconds
 */
export async function* importBatches(
  content: Buffer,
  read: RowReader,
  size: number,
  keep?: () => Promise<void>,
): AsyncGenerator<ImportBatch, void> {
  const seen = new Set<string>();
  const slices = new Slices();
  let batch = emptyBatch(0);
  for await (const { line, values, problem } of readCsv(content, importColumns)) {
    const result = problem ? [problem] : readSafely(read, values);
    if (Array.isArray(result)) batch.rejections.push(...result.map((rejection) => ({ ...rejection, line })));
    else if (seen.has(result.source_id))
      batch.rejections.push({ line, ...DUPLICATE, value: result.source_id });
    else {
      seen.add(result.source_id);
      batch.records.push(result);
      batch.lines.set(result.source_id, line);
    }
    batch.rows += 1;
    await keep?.();
    await slices.next();
    if (batch.rows === size) {
      yield batch;
      batch = emptyBatch(batch.from + size);
    }
  }
  if (batch.rows > 0) yield batch;
}

const emptyBatch = (from: number): ImportBatch => ({
  from,
  rows: 0,
  records: [],
  lines: new Map(),
  rejections: [],
});

/** Whatever a row holds, it costs that row at most. */
function readSafely(read: RowReader, values: RawRow): ReturnType<RowReader> {
  try {
    return read(values);
  } catch {
    return [UNREADABLE];
  }
}

const UNREADABLE: RowRejection = {
  field: 'line',
  code: 'unreadable',
  reason: 'không đọc được dòng này',
  value: null,
};

const DUPLICATE = {
  field: 'source_id',
  code: 'duplicate-in-file',
  reason: 'mã này đã có ở một dòng phía trên',
};

/** Reads one further batch while the one before is being stored: the database and this process work side by side. */
export async function* readAhead<T>(source: AsyncGenerator<T, void>): AsyncGenerator<T, void> {
  let next = source.next();
  try {
    for (;;) {
      const result = await next;
      if (result.done === true) return;
      next = source.next();
      // Told when it is asked for; until then it is nobody's failure.
      next.catch(() => undefined);
      yield result.value;
    }
  } finally {
    await source.return();
  }
}
