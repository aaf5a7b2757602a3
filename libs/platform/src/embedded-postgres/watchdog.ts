import { setTimeout as delay } from 'node:timers/promises';
import type { EmbeddedPostgresLogger } from './types.js';

const WATCH_MS = 100;
const FIRST_PAUSE_MS = 50;
const LONGEST_PAUSE_MS = 5_000;
const HOUSEKEEPING_MS = 60_000;

export interface Watched {
  /** The process to watch. */
  pid: number;
  isRunning(pid: number): Promise<boolean>;
  /** Brings the server back on the same port; returns its process id. Tried again with growing pauses. */
  restart(): Promise<number>;
  /** Told once per death, before the first try. */
  onExit(): void;
  /** Called about once a minute while the server runs. */
  housekeeping(): Promise<void>;
  logger: EmbeddedPostgresLogger;
  signal: AbortSignal;
}

/**
 * Keeps a server running until `signal` aborts. Polls the process instead of waiting for a child's exit, because
 * an adopted server is not our child. Never rejects.
 */
export async function keepRunning(watched: Watched): Promise<void> {
  const { signal, logger } = watched;
  const pause = (ms: number) => delay(ms, undefined, { signal, ref: false }).catch(() => undefined);
  let { pid } = watched;
  let lastHousekeeping = Date.now();
  for (;;) {
    await pause(WATCH_MS);
    if (signal.aborted) return;
    if (await watched.isRunning(pid)) {
      if (Date.now() - lastHousekeeping < HOUSEKEEPING_MS) continue;
      lastHousekeeping = Date.now();
      await watched.housekeeping().catch((error: Error) => logger.warn(`PostgreSQL: ${error.message}`));
      continue;
    }
    logger.error(`PostgreSQL: the server (process ${pid}) has ended unasked; starting it again`);
    try {
      watched.onExit();
    } catch (error) {
      logger.error(`PostgreSQL: ${String(error)}`);
    }
    for (let wait = FIRST_PAUSE_MS; !signal.aborted; wait = Math.min(wait * 2, LONGEST_PAUSE_MS)) {
      try {
        pid = await watched.restart();
        break;
      } catch (error) {
        if (!signal.aborted) logger.error(`PostgreSQL: ${(error as Error).message}`);
        await pause(wait);
      }
    }
  }
}
