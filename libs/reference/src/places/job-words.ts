import { lazy, readDataFile, readDataRows } from '../data/data-file.js';
import { tokens, type Token } from '../text/index.js';

/** Neighbouring words in the job titles that the library knows, with accents and without. */
const pairs = lazy(() => {
  const titles = readDataFile('market-titles.txt').split(/[;:\n]/);
  for (const row of readDataRows<'synonyms_vi'>('occupations.csv'))
    titles.push(...row.synonyms_vi.split(';'));
  const normal = new Set<string>();
  const folded = new Set<string>();
  for (const title of titles) {
    const words = tokens(title);
    for (let i = 1; i < words.length; i++) {
      normal.add(`${words[i - 1]!.normal} ${words[i]!.normal}`);
      folded.add(`${words[i - 1]!.folded} ${words[i]!.folded}`);
    }
  }
  return { normal, folded };
});

/** Whether two neighbouring words stand together in a known job title ("thợ hàn", "quản lý"). */
export function areJobWords(first: Token, second: Token): boolean {
  const { normal, folded } = pairs();
  const accented = first.accented || second.accented;
  return accented
    ? normal.has(`${first.normal} ${second.normal}`)
    : folded.has(`${first.folded} ${second.folded}`);
}
