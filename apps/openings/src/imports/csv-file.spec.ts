import { describe, expect, it } from '@jest/globals';
import { importColumns } from '#reference';
import { type CsvRow, readCsv } from './csv-file.js';

const HEADER = importColumns.join(',');
const rowsOf = async (text: string | Buffer): Promise<CsvRow[]> => {
  const rows: CsvRow[] = [];
  for await (const row of readCsv(Buffer.from(text), importColumns)) rows.push(row);
  return rows;
};
const lines = async (text: string): Promise<[number, string | undefined][]> =>
  (await rowsOf(text)).map(({ line, values }) => [line, values.source_id]);

describe('A CSV file', () => {
  it('tells the line on which each row begins, also after cells of several lines and empty lines', async () => {
    const text = [
      HEADER,
      '1,a,,,,,',
      '2,"b',
      'tiếp',
      'hết",,,,,',
      '3,c,,,,,',
      '',
      '4,"d',
      'x","e',
      'y",,,,',
      '5,f,,,,,',
    ].join('\n');
    expect(await lines(text)).toEqual([
      [2, '1'],
      [3, '2'],
      [6, '3'],
      [8, '4'],
      [11, '5'],
    ]);
    expect(await lines(text.replaceAll('\n', '\r\n'))).toEqual(await lines(text));
  });

  it('may begin with a byte order mark, have other columns, another order and capitals', async () => {
    const [row] = await rowsOf(
      `\ufeffNote,${[...importColumns].reverse().join(',').toUpperCase()}\nx,g,f,e,d,c,b,a\n`,
    );
    expect(row?.values).toMatchObject({ source_id: 'a', title: 'b', employer_key: 'c', posted_ago: 'g' });
  });

  it('may have semicolons instead of commas, as a Vietnamese Excel writes it', async () => {
    const header = [...importColumns, 'Ghi chú, khác'].join(';');
    const text = `\ufeff\r\n${header}\r\n1;Thợ hàn, thợ tiện;;"Hà Nội; Huế";;;;\r\n2;a;;;;\r\n`;
    const rows = await rowsOf(text);
    expect(rows[0]?.values).toMatchObject({ title: 'Thợ hàn, thợ tiện', locations: 'Hà Nội; Huế' });
    expect(rows.map(({ line, problem }) => [line, problem?.code])).toEqual([
      [3, undefined],
      [4, 'column-count'],
    ]);
  });

  it('with commas keeps the semicolons of its cells', async () => {
    const [row] = await rowsOf(`${HEADER}\n1,Thợ hàn; thợ tiện,,,,,\n`);
    expect(row?.values.title).toBe('Thợ hàn; thợ tiện');
  });

  it.each([
    ['semicolons', ';', ''],
    ['commas', ',', ''],
    ['semicolons after a byte order mark', ';', '\ufeff'],
    ['commas after a byte order mark', ',', '\ufeff'],
  ])('may declare %s on its first line; rows keep their lines', async (_, sep, bom) => {
    const header = importColumns.join(sep);
    const rows = [header, `1${sep}"a`, `b"${sep.repeat(5)}`, '', `2${sep}c`, `3${sep}d${sep.repeat(5)}`];
    for (const first of [`sep=${sep}`, `SEP=${sep} `, `"sep=${sep}"`]) {
      for (const end of ['\n', '\r\n']) {
        const found = await rowsOf(bom + [first, ...rows, ''].join(end));
        expect(found.map(({ line, values, problem }) => [line, values.title, problem?.code])).toEqual([
          [3, `a${end}b`, undefined],
          [6, 'c', 'column-count'],
          [7, 'd', undefined],
        ]);
      }
    }
  });

  it('that says what separates its cells is believed, whatever its header has more of', async () => {
    const header = [...importColumns, 'a,b,c,d,e,f,g,h'].join(';');
    const [row] = await rowsOf(`sep=;\n${header}\n1;Thợ hàn, thợ tiện;;;;;;\n`);
    expect(row?.values.title).toBe('Thợ hàn, thợ tiện');
    await expect(rowsOf(`sep=,\n${HEADER.replaceAll(',', ';')}\n1;a\n`)).rejects.toThrow(/thiếu cột/);
  });

  it('of more than one chunk is read whole, letters across the border too', async () => {
    const count = 5000;
    const text = `${HEADER}\n${Array.from({ length: count }, (_, i) => `${i},Nhân viên kế toán ữ,,,,,`).join('\n')}`;
    const rows = await rowsOf(text);
    expect(rows).toHaveLength(count);
    expect(
      rows.every(({ values, line }, i) => values.title === 'Nhân viên kế toán ữ' && line === i + 2),
    ).toBe(true);
  });

  it('has a problem on each row that does not fit the header, and only there', async () => {
    const rows = await rowsOf(`${HEADER}\n1,a\n2,b,,,,,\n3,c,,,,,,x\n`);
    expect(rows.map(({ line, problem }) => [line, problem?.code])).toEqual([
      [2, 'column-count'],
      [3, undefined],
      [4, 'column-count'],
    ]);
  });

  it('tells of a row that does not fit without the data of a person', async () => {
    const [row] = await rowsOf(`${HEADER}\n1,gọi 0912 345 678\n`);
    expect(row?.problem?.value).toBe('1,gọi ***');
  });

  it('may have quotes within cells that are not quoted', async () => {
    const [row] = await rowsOf(`${HEADER}\n1,Bán màn 27" và loa,,,,,\n`);
    expect(row?.values.title).toBe('Bán màn 27" và loa');
  });

  it.each([
    ['is empty', '', /Tệp trống/],
    ['is only empty lines', '\n\n', /Tệp trống/],
    ['is only a header', `${HEADER}\n\n`, /Tệp trống: cần dòng tiêu đề và ít nhất một dòng/],
    ['only says what separates its cells', 'sep=;\r\n', /Tệp trống/],
    ['says so and is only a header', `sep=,\n${HEADER}\n`, /Tệp trống/],
    ['says so and has a quote that is never closed', `sep=,\n${HEADER}\n1,"a,,,,,\n`, /CSV \(dòng 3\)/],
    ['lacks columns', 'source_id,title\n1,a', /thiếu cột employer_key, locations/],
    [
      'has semicolons and lacks columns',
      'source_id;title\n1;a',
      /thiếu cột employer_key, .* source_id, title\./,
    ],
    ['is not UTF-8', Buffer.from(`${HEADER}\n1,K\xe9 to\xe1n,,,,,`, 'latin1'), /UTF-8/],
    ['is UTF-16', Buffer.from(`\ufeff${HEADER}\n`, 'utf16le'), /UTF-8|thiếu cột/],
    ['has a quote that is never closed', `${HEADER}\n1,"a,,,,,\n2,b,,,,,`, /không phải CSV \(dòng/],
  ])('that %s is refused as a whole with a sentence', async (_, content, message) => {
    await expect(rowsOf(content)).rejects.toThrow(message);
  });
});
