import { LRUCache } from 'lru-cache';
import type { DocTerms } from '../doc-terms.js';
import { documentLine } from '../meilisearch/index-document.js';

/** Characters of all lines together: some 20,000 openings. */
const MOST = 20_000_000;

/** A line of one version of an opening. */
export interface ReadyLine {
  version: number;
  line: string;
}

/**
 * Lines of openings that this process has just projected, for the feeder beside it, which need not read them then.
 * They are of a version that may never be committed: the row says which one counts. The oldest make room; what is not
 * here is read.
 */
export class ReadyLines {
  private readonly lines: LRUCache<string, ReadyLine>;

  constructor(most = MOST) {
    this.lines = new LRUCache({ maxSize: most, sizeCalculation: ({ line }) => line.length });
  }

  keep(openings: readonly DocTerms[]): void {
    for (const opening of openings) {
      const { id, version } = opening.doc;
      this.lines.set(id, { version, line: documentLine(opening) });
    }
  }

  /** Hands over those of the ids that are here, and keeps them no longer. */
  take(ids: readonly string[]): Map<string, ReadyLine> {
    const taken = new Map<string, ReadyLine>();
    for (const id of ids) {
      const ready = this.lines.peek(id);
      if (!ready) continue;
      taken.set(id, ready);
      this.lines.delete(id);
    }
    return taken;
  }
}
