import type { CloseEvent, Command, FlowController, Logger } from 'concurrently';

const FIRST_MS = 250;
const LONGEST_MS = 30_000;
/** One that ran so long had recovered: its next restart is quick again. */
const RECOVERED_S = 60;

/**
 * Starts a process again when it ends unasked: at once the first time, then with pauses that double up to half a
 * minute, for as long as it takes. (concurrently's own restarts never become quick again, and do not know that a
 * stop was asked for.)
 */
export class RestartWithBackoff implements FlowController {
  private readonly released = new Set<number>();
  private keeping = false;

  constructor(
    private readonly logger: Logger,
    private readonly onRefusal: (name: string) => void,
  ) {}

  handle(commands: Command[]): { commands: Command[] } {
    for (const command of commands) {
      let pause = FIRST_MS;
      command.close.subscribe(({ exitCode, timings }: CloseEvent) => {
        if (this.released.has(command.index)) return;
        // A number is its own decision: while starting, nothing that a repetition would change.
        if (!this.keeping && typeof exitCode === 'number') return this.onRefusal(command.name);
        if (timings.durationSeconds >= RECOVERED_S) pause = FIRST_MS;
        this.logger.logCommandEvent(`ended with ${exitCode}; it is started again in ${pause} ms`, command);
        setTimeout(() => {
          if (!this.released.has(command.index)) command.start();
        }, pause);
        pause = Math.min(pause * 2, LONGEST_MS);
      });
    }
    return { commands };
  }

  keep(): void {
    this.keeping = true;
  }

  /** Lets a process end for good. */
  release(command: Command): void {
    this.released.add(command.index);
  }
}
