import { SearchCursorError } from '../search-engine.js';

/** Where a list went on from: an offset into a relevance list, or the last row of a sorted one. */
export type Cursor = { generation: string; offset: number } | { after: [key: number | null, docNo: number] };

export function encodeCursor(cursor: Cursor): string {
  return Buffer.from(JSON.stringify(cursor)).toString('base64url');
}

/** @throws SearchCursorError for anything that `encodeCursor` did not make */
export function decodeCursor(text: string): Cursor {
  try {
    const value = JSON.parse(Buffer.from(text, 'base64url').toString()) as Partial<Record<string, unknown>>;
    if (
      typeof value['generation'] === 'string' &&
      Number.isInteger(value['offset']) &&
      Number(value['offset']) >= 0
    ) {
      return { generation: value['generation'], offset: Number(value['offset']) };
    }
    const after = value['after'];
    if (Array.isArray(after) && after.length === 2 && Number.isSafeInteger(after[1])) {
      const key: unknown = after[0];
      if (key === null || Number.isSafeInteger(key))
        return { after: [key as number | null, Number(after[1])] };
    }
  } catch {
    // Falls through: a cursor that cannot be read is answered like one that makes no sense.
  }
  throw new SearchCursorError('matching.cursor-invalid', 'The cursor was not made by this search.');
}
