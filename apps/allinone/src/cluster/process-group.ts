import { spawn } from 'node:child_process';
import { setTimeout as delay } from 'node:timers/promises';
import { type Command, createConcurrently, Logger, LogOutput } from 'concurrently';
import { childEnvironment } from '#platform';
import { RestartWithBackoff } from './restart-with-backoff.js';

/** kafkajs 2.2.4 asks for time-outs in the past, which Node 24 tells on the console at each start. */
export const KAFKAJS_WARNING = '--disable-warning=TimeoutNegativeWarning';

/** A program of ours as a process of its own. */
export interface ProcessSpec {
  /** Before each line that it prints. */
  name: string;
  /** The built script. */
  script: string;
  environment: Record<string, string>;
}

/**
 * Processes that are kept running until they are asked to stop: concurrently starts them and prints what they
 * print. Each ends when its input does, so that none is left behind however this process ends.
 */
export class ProcessGroup {
  private readonly commands: readonly Command[];
  private readonly restarting: RestartWithBackoff;

  /** @param onRefusal told of one that ends with an exit code before `keep` was called */
  constructor(specs: readonly ProcessSpec[], onRefusal: (name: string) => void) {
    const logger = new Logger({ prefixFormat: 'name' });
    this.restarting = new RestartWithBackoff(logger, onRefusal);
    const { commands, result } = createConcurrently(
      specs.map(({ name, script, environment }) => ({
        name,
        command: script,
        env: childEnvironment({ ...environment, END_WITH_INPUT: 'true' }),
      })),
      {
        logger,
        outputStream: process.stdout,
        controllers: [new LogOutput({ logger }), this.restarting],
        // No shell between: a signal reaches the program itself. A group of its own: Ctrl-C reaches only us.
        spawn: (script, options) =>
          spawn(process.execPath, [KAFKAJS_WARNING, script], {
            ...options,
            detached: process.platform !== 'win32',
          }),
        kill: (pid, signal) => void process.kill(pid, signal),
      },
    );
    // How they ended is told to the controllers above.
    result.catch(() => undefined);
    this.commands = commands;
  }

  /** From now on one that ends, however it does, is started again. */
  keep(): void {
    this.restarting.keep();
  }

  /** Asks all that `which` names to stop, and kills those that have not after `withinMs`. */
  async stop(which: (name: string) => boolean, withinMs: number): Promise<void> {
    const stopping = this.commands.filter(({ name }) => which(name));
    for (const command of stopping) this.restarting.release(command);
    signal(stopping, 'SIGTERM');
    for (const deadline = Date.now() + withinMs; stopping.some(isRunning); await delay(20)) {
      if (Date.now() < deadline) continue;
      signal(stopping, 'SIGKILL');
      return;
    }
  }
}

const isRunning = ({ state }: Command): boolean => state === 'started';

function signal(commands: readonly Command[], name: NodeJS.Signals): void {
  for (const command of commands) if (isRunning(command)) command.kill(name);
}
