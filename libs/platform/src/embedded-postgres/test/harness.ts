import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import pg from 'pg';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '../index.js';
import { readPostmaster, terminate } from '../postmaster.js';
import { locateBinaries } from '../binaries.js';

/** Speed instead of durability where a test is not about durability. */
const QUICK = { fsync: false, shared_buffers: '32MB' };

/** Data folders, servers and platform processes of one test file, all cleared at its end. */
export class EmbeddedPostgresHarness {
  private readonly folders: string[] = [];
  private readonly servers: EmbeddedPostgres[] = [];
  private readonly processes: ChildProcess[] = [];
  private shared: Promise<string> | undefined;

  /** An empty data folder that PostgreSQL's unprivileged user may enter. */
  async emptyDataDir(): Promise<string> {
    const folder = await mkdtemp(join(process.env.NOIVIEC_TEST_RUN_DIR ?? tmpdir(), 'embedded-'));
    this.folders.push(folder);
    await chmod(folder, 0o711);
    return folder;
  }

  /** The data folder that the tests of a file share, one after the other. */
  dataDir(): Promise<string> {
    return (this.shared ??= this.emptyDataDir());
  }

  async start(
    dataDir: string,
    settings: Record<string, string | boolean> = QUICK,
  ): Promise<EmbeddedPostgres> {
    const server = await startEmbeddedPostgres({ dataDir, settings });
    this.servers.push(server);
    return server;
  }

  /** Starts a platform process on the folder, in a process group of its own. */
  spawnPlatform(dataDir: string, identity: { uid?: number; gid?: number } = {}): PlatformProcess {
    const program = join(import.meta.dirname, 'platform-process.fixture.mjs');
    const child = spawn(
      process.execPath,
      [
        '--experimental-transform-types',
        '--no-warnings',
        program,
        JSON.stringify({ dataDir, settings: QUICK }),
      ],
      {
        stdio: ['pipe', 'pipe', 'inherit'],
        detached: true,
        env: { PATH: process.env.PATH },
        cwd: '/',
        ...identity,
      },
    );
    this.processes.push(child);
    return new PlatformProcess(child);
  }

  /** Ends every server and platform process; the data stay. */
  async stopAll(): Promise<void> {
    for (const server of this.servers.splice(0)) await server.stop();
    for (const child of this.processes.splice(0)) child.kill('SIGKILL');
    const binaries = await locateBinaries();
    for (const folder of this.folders) {
      await terminate(clusterOf(folder), binaries, { fastMs: 5_000, immediateMs: 2_000 });
    }
  }

  async clear(): Promise<void> {
    await this.stopAll();
    for (const folder of this.folders.splice(0))
      await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

export interface PlatformEvent {
  event: 'log' | 'ready' | 'error' | 'interrupted';
  url: string;
  superuserUrl: string;
  code: string;
  message: string;
}

export class PlatformProcess {
  readonly events: PlatformEvent[] = [];
  private waiting: (() => void)[] = [];

  constructor(readonly child: ChildProcess) {
    child.once('exit', () => this.waiting.splice(0).forEach((wake) => wake()));
    createInterface(child.stdout!).on('line', (line) => {
      this.events.push(JSON.parse(line) as PlatformEvent);
      this.waiting.splice(0).forEach((wake) => wake());
    });
  }

  /** Resolves with the first event of one of these kinds. */
  async saw(...kinds: PlatformEvent['event'][]): Promise<PlatformEvent> {
    for (;;) {
      const found = this.events.find(({ event }) => kinds.includes(event));
      if (found) return found;
      if (this.child.exitCode !== null) throw new Error(`the platform ended: ${JSON.stringify(this.events)}`);
      await new Promise<void>((wake) => this.waiting.push(wake));
    }
  }

  async end(how: 'kill -9' | 'stop'): Promise<void> {
    const gone = once(this.child, 'exit');
    if (how === 'stop') this.child.stdin!.write('stop\n');
    else this.child.kill('SIGKILL');
    await gone;
  }
}

export const clusterOf = (dataDir: string) => join(dataDir, 'postgres', 'cluster');

export async function serverPid(dataDir: string): Promise<number> {
  return (await readPostmaster(clusterOf(dataDir)))?.pid ?? 0;
}

/** First row of one statement on a connection of its own. */
export async function ask(
  connectionString: string,
  sql: string,
): Promise<Record<string, unknown> | undefined> {
  const client = new pg.Client({ connectionString, connectionTimeoutMillis: 2_000 });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows[0];
  } finally {
    await client.end().catch(() => undefined);
  }
}

export const modeOf = async (file: string) => ((await stat(file)).mode & 0o777).toString(8);
