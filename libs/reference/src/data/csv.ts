/**
 * Rows of a CSV text (RFC 4180: commas, double quotes doubled inside quotes) as objects keyed by the first line.
 * For this library's own small files: a whole text in, all rows out; missing cells are empty strings.
 */
export function parseCsv(text: string): Record<string, string>[] {
  const lines = recordsOf(text.replace(/^\ufeff/, ''));
  const columns = lines.shift() ?? [];
  return lines.map((cells) => Object.fromEntries(columns.map((column, i) => [column, cells[i] ?? ''])));
}

function recordsOf(text: string): string[][] {
  if (!text.includes('"')) {
    const lines = text.split(/\r?\n/).filter((line) => line !== '');
    return lines.map((line) => line.split(','));
  }
  const records: string[][] = [];
  let record: string[] = [];
  // One cell with the separator that ends it. The sticky flag makes the cells follow one another without gaps.
  const cell = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/y;
  while (cell.lastIndex < text.length) {
    const match = cell.exec(text);
    if (!match) throw new Error(`Not CSV after "${record.join(',').slice(0, 60)}"`);
    record.push(match[1] !== undefined ? match[1].replaceAll('""', '"') : match[2]!);
    if (match[3] === ',') continue;
    if (record.length > 1 || record[0] !== '') records.push(record);
    record = [];
  }
  if (record.length) records.push(record);
  return records;
}
