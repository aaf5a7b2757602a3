import { tokens } from '#reference';
import type { OccupationGuess } from './plan.js';

/** One row of the occupation list, level 4 only. */
export interface OccupationTitles {
  /** ISCO-08 unit group. */
  code: string;
  titles: string[];
}

interface Title {
  code: string;
  words: string[];
  normal: string[];
}

const MAX_TITLE_WORDS = 8;

/** Job titles of the occupation list, to tell which unit groups a query speaks of. */
export class OccupationVocabulary {
  private readonly titles = new Map<string, Title[]>();

  constructor(occupations: Iterable<OccupationTitles>) {
    for (const { code, titles } of occupations) {
      for (const text of titles) {
        const found = tokens(text);
        if (!found.length || found.length > MAX_TITLE_WORDS) continue;
        const title = { code, words: found.map((t) => t.folded), normal: found.map((t) => t.normal) };
        const key = title.words.join(' ');
        this.titles.set(key, [...(this.titles.get(key) ?? []), title]);
      }
    }
  }

  /**
   * Unit groups of the titles in the query: the whole of it counts 1, a part of it by its share of the words. A word
   * of one syllable is no title.
   */
  guess(folded: readonly string[], normal: readonly string[]): OccupationGuess[] {
    const weights = new Map<string, number>();
    for (let at = 0; at < folded.length; at++) {
      for (let length = Math.min(MAX_TITLE_WORDS, folded.length - at); length >= 1; length--) {
        if (length === 1 && folded.length > 1) break;
        const found = this.lookUp(folded, normal, at, length);
        if (!found.length) continue;
        const weight = (length / folded.length) ** 1.5;
        for (const { code } of found) weights.set(code, Math.max(weights.get(code) ?? 0, weight));
        break;
      }
    }
    const best = Math.max(0, ...weights.values());
    return [...weights]
      .filter(([, weight]) => weight >= best * 0.6)
      .map(([code, weight]) => ({ code, weight }))
      .slice(0, 6);
  }

  /** As written where a title is written so; in any accents otherwise. */
  private lookUp(folded: readonly string[], normal: readonly string[], at: number, length: number): Title[] {
    const found = this.titles.get(folded.slice(at, at + length).join(' ')) ?? [];
    const written = normal.slice(at, at + length).join(' ');
    const exact = found.filter((title) => title.normal.join(' ') === written);
    return exact.length ? exact : found;
  }

  /** Every title as written, as vocabulary. */
  *all(): Iterable<string> {
    for (const titles of this.titles.values()) for (const title of titles) yield title.normal.join(' ');
  }
}
