import { readFileSync, writeFileSync } from 'node:fs';
import { gradePosting } from './judge.js';
import { QUERIES } from './queries.js';
import type { SampleRow } from './sample.js';

const FILE = 'bench/search-quality/judgements.tsv';

/** Grades by source id, for each need and place. */
export type Judgements = Map<string, Map<string, number>>;

export const judgementKey = (need: string, place = ''): string => `${need}\t${place}`;

/** Judges the whole sample and writes what has a grade: need, place, grade, source ids. */
export function writeJudgements(rows: readonly SampleRow[]): void {
  const keys = new Set(
    Object.values(QUERIES).flatMap((list) => list.map(([, need, place]) => judgementKey(need, place))),
  );
  const lines = [...keys].sort().flatMap((key) => {
    const [need, place] = key.split('\t') as [string, string];
    const graded = rows.map((row) => ({
      id: row.source_id,
      grade: gradePosting(need, place || undefined, row),
    }));
    return [3, 2, 1].flatMap((grade) => {
      const ids = graded.filter((one) => one.grade === grade).map(({ id }) => id);
      return ids.length ? [`${key}\t${grade}\t${ids.join(' ')}`] : [];
    });
  });
  writeFileSync(FILE, `${lines.join('\n')}\n`);
}

export function readJudgements(): Judgements {
  const judgements: Judgements = new Map();
  for (const line of readFileSync(FILE, 'utf8').trimEnd().split('\n')) {
    const [need, place, grade, ids] = line.split('\t') as [string, string, string, string];
    const key = judgementKey(need, place);
    const known = judgements.get(key) ?? new Map<string, number>();
    for (const id of ids.split(' ')) known.set(id, Number(grade));
    judgements.set(key, known);
  }
  return judgements;
}
