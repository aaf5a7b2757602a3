import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { LogAddress } from './open-log.mjs';

export interface FaultProcessOptions {
  role: 'consumer' | 'relay';
  url: string;
  log: LogAddress;
  topic: string;
  partitions: number;
}

const SCRIPT = fileURLToPath(new URL('fault-process.mjs', import.meta.url));

/** Processes of which one is killed and replaced at a time. */
export class KilledProcesses {
  private readonly running: ChildProcess[] = [];
  /** What they wrote to standard error: errors that nobody expects. */
  readonly complaints: string[] = [];

  /** False from the end on. */
  wanted = true;

  constructor(private readonly options: FaultProcessOptions) {}

  /** Starts one more; resolves when it works. */
  async add(): Promise<void> {
    const child = fork(SCRIPT, [JSON.stringify(this.options)], {
      // kafkajs 2.2.4 asks for negative time-outs, about which Node 24 warns on standard error.
      execArgv: ['--disable-warning=TimeoutNegativeWarning'],
      env: {},
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    });
    child.stderr?.on('data', (text: Buffer) => this.complaints.push(text.toString()));
    const dead = once(child, 'exit').then(([code]) => {
      throw new Error(`a process ended with ${String(code)}: ${this.complaints.join('')}`);
    });
    await Promise.race([once(child, 'message'), dead]);
    dead.catch(() => undefined);
    this.running.push(child);
  }

  /** Kills one with SIGKILL, which no process can answer. */
  async kill(index: number): Promise<void> {
    const [child] = this.running.splice(index % this.running.length, 1);
    if (!child || child.exitCode !== null) return;
    const gone = once(child, 'exit');
    child.kill('SIGKILL');
    await gone;
  }

  async end(): Promise<void> {
    this.wanted = false;
    while (this.running.length > 0) await this.kill(0);
  }
}
