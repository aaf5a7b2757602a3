import type { Logger } from 'pino';

interface Step {
  what: string;
  withinMs: number;
  run: () => Promise<void>;
}

/** What has been started, to be ended in the opposite order. One step that fails or hangs holds up no other. */
export class Shutdown {
  private readonly steps: Step[] = [];

  constructor(private readonly logger: Logger) {}

  /** @param withinMs how long the step may take before the next one begins all the same */
  add(what: string, withinMs: number, run: () => Promise<void>): void {
    this.steps.push({ what, withinMs, run });
  }

  /** Ends everything that was added, once. Never rejects: what could not be ended is logged. */
  async run(): Promise<void> {
    for (let step = this.steps.pop(); step; step = this.steps.pop()) {
      const { what, withinMs, run } = step;
      let timer: NodeJS.Timeout | undefined;
      const late = new Promise<never>((_, reject) => {
        timer = setTimeout(() => reject(new Error(`not ended within ${withinMs} ms`)), withinMs);
      });
      try {
        await Promise.race([run(), late]);
      } catch (err) {
        this.logger.error({ err, what }, 'could not be ended in order');
      } finally {
        clearTimeout(timer);
      }
    }
  }
}
