import type { CloseEvent, Command, FlowController, Logger } from 'concurrently';
import { againText, Backoff } from './backoff.js';

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
      const backoff = new Backoff();
      command.close.subscribe(({ exitCode, timings }: CloseEvent) => {
        if (this.released.has(command.index)) return;
        // A number is its own decision: while starting, nothing that a repetition would change.
        if (!this.keeping && typeof exitCode === 'number') return this.onRefusal(command.name);
        const pause = backoff.pauseAfter(timings.durationSeconds);
        this.logger.logCommandEvent(againText(exitCode, pause), command);
        setTimeout(() => {
          if (!this.released.has(command.index)) command.start();
        }, pause);
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
