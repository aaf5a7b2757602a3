import { describe, expect, it } from '@jest/globals';
import { importColumns } from '#reference';
import { type ImportBatch, importBatches } from './import-batches.js';
import { openingRowReader, type RowReader } from './opening-row.js';

const read = openingRowReader({
  source: 'csv',
  trusted: true,
  keepDays: 60,
  asOf: '2026-11-20',
  today: '2026-11-21',
  areas: ['*'],
});
const file = (...rows: string[]): Buffer => Buffer.from([importColumns.join(','), ...rows, ''].join('\n'));
const batchesOf = async (content: Buffer, reader: RowReader, size = 2): Promise<ImportBatch[]> => {
  const batches: ImportBatch[] = [];
  for await (const batch of importBatches(content, reader, size)) batches.push(batch);
  return batches;
};

describe('The batches of an import', () => {
  it('lose one row, not the file, when a row cannot be read at all', async () => {
    const [batch] = await batchesOf(
      file('1,Thợ hàn,,,,,', '2,Thợ may,,,,,', '3,Kế toán,,,,,'),
      (row) => {
        if (row.source_id === '2') throw new RangeError('Invalid time value');
        return read(row);
      },
      3,
    );
    expect(batch?.records.map((record) => record.source_id)).toEqual(['1', '3']);
    expect(batch?.rejections).toEqual([
      expect.objectContaining({ line: 3, field: 'line', code: 'unreadable', value: null }),
    ]);
  });

  it('keep the job’s lease while they are read, and end when it is lost', async () => {
    const content = file('1,Thợ hàn,,,,,', '2,Thợ may,,,,,', '3,Kế toán,,,,,');
    let kept = 0;
    const lost = new Error('the lease is lost');
    const batches = importBatches(content, read, 2, () =>
      ++kept === 3 ? Promise.reject(lost) : Promise.resolve(),
    );
    expect((await batches.next()).value).toMatchObject({ from: 0, rows: 2 });
    await expect(batches.next()).rejects.toBe(lost);
  });

  it('know the line of each record', async () => {
    const batches = await batchesOf(file('a,"Thợ\nhàn",,,,,', 'b,Thợ may,,,,,', 'c,Kế toán,,,,,'), read);
    expect(batches.map(({ from, lines }) => [from, [...lines]])).toEqual([
      [
        0,
        [
          ['a', 2],
          ['b', 4],
        ],
      ],
      [2, [['c', 5]]],
    ]);
  });
});
