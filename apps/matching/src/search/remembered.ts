/** While nothing changes, what is remembered may be this old … */
const QUIET_MS = 30_000;
/** … and this old once something has changed: an import is seen within a second. */
const CHANGED_MS = 1_000;
const MAX = 500;

/** Answers that are dear to compute and may be a little old. */
export class Remembered<T> {
  private readonly answers = new Map<string, { answer: T; at: number }>();
  private changedAt = 0;

  get(key: string, now = Date.now()): T | undefined {
    const known = this.answers.get(key);
    if (!known) return undefined;
    const age = now - known.at;
    return age < (known.at <= this.changedAt ? CHANGED_MS : QUIET_MS) ? known.answer : undefined;
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
}
