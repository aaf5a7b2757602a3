const FIRST_MS = 250;
const LONGEST_MS = 30_000;
/** What ran so long had recovered: its next restart is quick again. */
const RECOVERED_S = 60;

/** Pauses before restarts: a quarter of a second the first time, then twice as long each time up to half a minute. */
export class Backoff {
  private next = FIRST_MS;

  /** How long to wait (ms) before what has run for so many seconds is started again. */
  pauseAfter(ranSeconds: number): number {
    const pause = ranSeconds >= RECOVERED_S ? FIRST_MS : this.next;
    this.next = Math.min(pause * 2, LONGEST_MS);
    return pause;
  }
}

/** What is said of a process that ended unasked. */
export const againText = (how: string | number, pauseMs: number): string =>
  `ended with ${how}; it is started again in ${pauseMs} ms`;
