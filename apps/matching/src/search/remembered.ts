/** While nothing changes, what is remembered may be this old … */
const QUIET_MS = 30_000;
/** … once something has changed it is found out anew after so long, for the next to ask … */
const CHANGED_MS = 1_000;
/** … and not told any more after so long. */
const OUTDATED_MS = 5_000;
const MAX = 500;
/** Totals and facets of more hits than these are worth remembering: they are the dear ones. */
export const BROAD = 2_000;

/**
 * Answers that are dear to compute and may be a little old. While an import changes the index all the time, whoever
 * asks is told the last answer at once and the next one is computed meanwhile.
 */
export class Remembered<T> {
  private readonly answers = new Map<string, { answer: T; at: number }>();
  private readonly renewing = new Set<string>();
  private changedAt = 0;

  /** @param renew computes the answer anew and puts it here; its failure is for whoever asks next */
  get(key: string, renew: () => Promise<unknown>, now = Date.now()): T | undefined {
    const known = this.answers.get(key);
    if (!known) return undefined;
    const age = now - known.at;
    const changed = known.at <= this.changedAt;
    if (age >= (changed ? OUTDATED_MS : QUIET_MS)) return undefined;
    if (changed && age >= CHANGED_MS) this.renew(key, renew);
    return known.answer;
  }

  /** @param at when computing began: what changed since is not in it */
  put(key: string, answer: T, at: number): void {
    if (this.answers.size >= MAX) this.answers.clear();
    this.answers.set(key, { answer, at });
  }

  changed(now = Date.now()): void {
    this.changedAt = now;
  }

  clear(): void {
    this.answers.clear();
  }

  private renew(key: string, renew: () => Promise<unknown>): void {
    if (this.renewing.has(key)) return;
    this.renewing.add(key);
    const done = (): unknown => this.renewing.delete(key);
    renew().then(done, done);
  }
}
