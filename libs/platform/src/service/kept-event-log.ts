import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import { type EventLogDriver, within } from '#events';
import type { Metrics } from '../observability/metrics.js';

/** A start waits so long for the log (ms), then goes on without it. */
const FIRST_MS = 5_000;
/** Shorter than who asks for readiness or metrics waits (ms). */
const ANSWER_MS = 2_000;
const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 5_000;

/**
 * The event log of a process that serves without it, too: what is committed meanwhile waits in the outboxes. A log
 * that cannot be started is tried again in the background, and the cause is told once.
 */
export class KeptEventLog {
  private unstarted?: string = 'not started';
  private readonly closing = new AbortController();

  private constructor(
    private readonly log: EventLogDriver,
    private readonly logger: Pick<Logger, 'info' | 'error'>,
  ) {}

  /** Resolves when the log is started or five seconds have passed. Never rejects. */
  static async start(
    log: EventLogDriver,
    logger: Pick<Logger, 'info' | 'error'>,
    metrics: Metrics,
  ): Promise<KeptEventLog> {
    const kept = new KeptEventLog(log, logger);
    metrics.onScrape(async () => {
      metrics.eventLogUp.set({ log: log.name }, (await kept.check()) === undefined ? 1 : 0);
    });
    await within(FIRST_MS, kept.keepStarting());
    return kept;
  }

  /** What is wrong with the log or with what reads it: a note for readiness, within two seconds. Never rejects. */
  check = async (): Promise<string | undefined> => {
    if (this.unstarted !== undefined) return this.unstarted;
    try {
      const answered = await within(
        ANSWER_MS,
        this.log.check().then(() => true),
      );
      return answered ? undefined : `no answer within ${ANSWER_MS} ms`;
    } catch (error) {
      return messageOf(error);
    }
  };

  async close(): Promise<void> {
    this.closing.abort();
    await this.log.close();
  }

  private async keepStarting(): Promise<void> {
    const { signal } = this.closing;
    for (let pause = FIRST_PAUSE_MS; !signal.aborted; pause = Math.min(pause * 2, LONGEST_PAUSE_MS)) {
      try {
        await this.log.start();
        if (this.unstarted !== 'not started') this.logger.info('the event log is there');
        this.unstarted = undefined;
        return;
      } catch (err) {
        if (signal.aborted) return;
        const cause = messageOf(err);
        if (this.unstarted !== cause)
          this.logger.error(
            { err },
            `the event log cannot be used yet, events wait in the outboxes: ${cause}`,
          );
        this.unstarted = cause;
      }
      await sleep(pause, undefined, { signal, ref: false }).catch(() => undefined);
    }
  }
}

/** Node has no message of its own for a name with several addresses, of which none answers. */
function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.message || (error as NodeJS.ErrnoException).code || error.name;
}
