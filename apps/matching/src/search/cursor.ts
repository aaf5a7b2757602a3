import { SearchCursorError } from './search-engine.js';

/** The last row of a sorted page: its sort key (null sorts last), and what tells it from others with the same key. */
export type After = [key: number | null, tie: number | string];

/** Where a list went on from: an offset into a relevance list, or the last row of a sorted one. */
export type Cursor = { generation: string; offset: number } | { after: After };

export function encodeCursor(cursor: Cursor): string {
  return Buffer.from(JSON.stringify(cursor)).toString('base64url');
}

const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/;

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
    if (Array.isArray(after) && after.length === 2) {
      const [key, tie] = after as [unknown, unknown];
      const keyIsOurs = key === null || Number.isSafeInteger(key);
      const tieIsOurs = Number.isSafeInteger(tie) || (typeof tie === 'string' && UUID.test(tie));
      if (keyIsOurs && tieIsOurs) return { after: [key, tie] as After };
    }
  } catch {
    // Falls through: a cursor that cannot be read is answered like one that makes no sense.
  }
  throw new SearchCursorError('platform.cursor-invalid', 'The cursor was not made by this search.');
}
