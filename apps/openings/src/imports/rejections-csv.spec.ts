import { describe, expect, it } from '@jest/globals';
import type { ImportRejection } from './import.service.js';
import { rejectionsCsv } from './rejections-csv.js';

const row = (line: number, changes: Partial<ImportRejection> = {}): ImportRejection => ({
  line,
  field: 'title',
  code: 'required',
  reason: 'Thiếu tên công việc',
  value: null,
  ...changes,
});

async function csvOf(rows: ImportRejection[], batch = 2): Promise<string[]> {
  const next = (after: { line: number }) =>
    Promise.resolve(rows.filter(({ line }) => line > after.line).slice(0, batch));
  let text = '';
  for await (const part of rejectionsCsv(next)) text += part;
  return text.split('\r\n');
}

describe('The file of rejected rows', () => {
  it('has every row once, whatever the size of the batches', async () => {
    const lines = await csvOf([row(2), row(3), row(7), row(8), row(9)]);
    expect(lines[0]).toBe('\uFEFFline,field,code,reason,value');
    expect(lines.slice(1).map((line) => line.split(',')[0])).toEqual(['2', '3', '7', '8', '9', '']);
  });

  it('keeps commas, quotes and line breaks of a value inside of its cell', async () => {
    const [, line] = await csvOf([row(2, { value: 'Thợ "hàn", \nbậc 3' })]);
    expect(line).toBe('2,title,required,Thiếu tên công việc,"Thợ ""hàn"", \nbậc 3"');
  });

  it.each(['=1+2', '+84', '-5', '@SUM(A1)', '\tx'])(
    'gives a spreadsheet no formula to run: %j',
    async (value) => {
      const [, line] = await csvOf([row(2, { value })]);
      expect(line).toContain(`,'${value}`);
    },
  );
});
