import { readFileSync } from 'node:fs';
import { tokens } from '#reference';
import { titleWords } from '../../apps/matching/src/query/title-words.js';

const key = (text: string): string =>
  ` ${tokens(text)
    .map(({ normal }) => normal)
    .join(' ')} `;
const headOf = (title: string): string => {
  const words = titleWords(title);
  return ` ${words.normal.filter((_, i) => words.part[i] === 0).join(' ')} `;
};

interface Term {
  not: boolean;
  /** Each alternative: phrases that must all be there. */
  alternatives: { text: string; head: boolean }[][];
}

/** `a|b & c & !d` as terms that all must hold. */
function parse(clause: string): Term[] {
  return clause.split(' & ').map((term) => {
    const not = term.startsWith('!');
    const alternatives = term
      .slice(not ? 1 : 0)
      .split('|')
      .map((phrases) =>
        phrases
          .split('+')
          .map((phrase) => ({ head: phrase.startsWith('^'), text: key(phrase.replace(/^\^/, '')) })),
      );
    return { not, alternatives };
  });
}

interface Clause {
  grade: number;
  terms: Term[];
}

/** The clauses of each need, in order (needs.tsv says how they are written). */
function readNeeds(): Map<string, Clause[]> {
  const needs = new Map<string, Clause[]>();
  for (const line of readFileSync('bench/search-quality/needs.tsv', 'utf8').trimEnd().split('\n')) {
    if (line.startsWith('#')) continue;
    const [need, grade, clause] = line.split('\t') as [string, string, string];
    needs.set(need, [...(needs.get(need) ?? []), { grade: Number(grade), terms: parse(clause) }]);
  }
  return needs;
}

const parsed = readNeeds();

/** The grade of a title for a need: 0 for what has nothing to do with it. */
function gradeTitle(need: string, title: string): number {
  const whole = key(title);
  const head = headOf(title);
  for (const { grade, terms } of parsed.get(need) ?? []) {
    const said = ({ text, head: inHead }: { text: string; head: boolean }): boolean =>
      (inHead ? head : whole).includes(text);
    const holds = terms.every(({ not, alternatives }) => alternatives.some((all) => all.every(said)) !== not);
    if (holds) return grade;
  }
  return 0;
}

/** In the wrong place the right work is no answer. */
export function gradePosting(
  need: string,
  place: string | undefined,
  posting: { title: string; locations: string },
): number {
  const grade = gradeTitle(need, posting.title);
  if (!grade || !place) return grade;
  const wanted = place.split('|').map(key);
  const where = [key(posting.locations), key(posting.title)];
  return wanted.some((name) => where.some((text) => text.includes(name))) ? grade : 0;
}
