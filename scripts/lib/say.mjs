// How the start-up scripts talk: short lines that can be told apart from npm's and the platform's own.

/** A foreseen failure. `message` is one sentence that says what to do; `details` (the tool's own output) goes before it. */
export class Refusal extends Error {
  constructor(message, details) {
    super(message);
    this.details = details;
  }
}

/** Prints one line, to standard error: the output of the command that follows (`--json`) stays clean. */
export const say = (line) => console.error(`[noi-viec] ${line}`);

export const seconds = (since) => `${((Date.now() - since) / 1000).toFixed(1)} s`;

/**
 * Shows how far a long step is: one line that is rewritten in a terminal, a new line every `everyMs` in a log.
 * @param {() => string} state text of the moment
 * @returns {() => void} ends it
 */
export function showProgress(state, everyMs = 5000) {
  const terminal = process.stderr.isTTY;
  const timer = setInterval(
    () => {
      if (terminal) process.stderr.write(`\r[noi-viec] ${state()}\x1b[K`);
      else say(state());
    },
    terminal ? 250 : everyMs,
  );
  return () => {
    clearInterval(timer);
    if (terminal) process.stderr.write('\r\x1b[K');
  };
}
