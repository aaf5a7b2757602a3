import { type ChildProcess, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { EventLogDriver } from '#events';
import { readEnvironment } from '../config/environment.js';
import { createLogger } from '../observability/logger.js';
import { createEventLog } from '../service/event-log.js';

const ROOT = join(import.meta.dirname, '../../../..');
/** Specs run from the sources, benchmarks from the build itself. */
const BUILT = basename(ROOT) === 'dist' ? ROOT : join(ROOT, 'dist');
const MAINS = {
  embedded: join(BUILT, 'apps/allinone/src/main.js'),
  cluster: join(BUILT, 'apps/allinone/src/cluster/main.js'),
};
/** The platform's last sentence of a start. */
const READY = 'Nối Việc đã sẵn sàng';
const CLI = join(BUILT, 'apps/allinone/src/cli/main.js');

export interface PlatformOptions {
  args?: string[];
  env?: Record<string, string>;
  /** Kept folder of an earlier run; default a new one that `stop` removes. */
  dataDir?: string;
  /** Another build's `apps/allinone/src/main.js`. */
  main?: string;
  port?: number;
  adminPort?: number;
  profile?: Profile;
}

export interface Outcome {
  code: number | null;
  signal: NodeJS.Signals | null;
  output: string;
}

export type Profile = keyof typeof MAINS;

/** In which profile specs of the whole platform run unless they name one: `PROFILE=cluster`, or embedded. */
export const PROFILE: Profile = process.env.PROFILE === 'cluster' ? 'cluster' : 'embedded';

/** Which engine a cluster of the specs searches by: Meilisearch where `MEILI_URL` names a server, else PostgreSQL. */
export const CLUSTER_SEARCH = process.env.MEILI_URL ? 'meilisearch' : 'postgres';

/** A process of the cluster. */
export interface Place {
  /** `openings`, or `openings-2` of several instances; `edge`. */
  name: string;
  url: string;
  adminUrl: string;
}

/** The built platform as a process of its own, the way `npm start` and `npm run cluster` run it. */
export class RunningPlatform {
  private constructor(
    private readonly process: ChildProcess,
    readonly dataDir: string,
    readonly port: number,
    readonly adminPort: number,
    private readonly ownsFolder: boolean,
    private readonly chunks: string[],
    readonly profile: Profile,
    private readonly options: PlatformOptions,
  ) {}

  /**
   * Starts it without waiting: for starts that are meant to fail.
   * @param ownsFolder whether `stop` removes the data
   */
  static async launch(
    options: PlatformOptions = {},
    ownsFolder = options.dataDir === undefined,
  ): Promise<RunningPlatform> {
    const dataDir = options.dataDir ?? (await temporaryFolder());
    const port = options.port ?? (await freePort());
    const adminPort = options.adminPort ?? (await freePort());
    const profile = options.profile ?? PROFILE;
    const child = spawn(process.execPath, [options.main ?? MAINS[profile], ...(options.args ?? [])], {
      env: {
        PATH: process.env.PATH,
        HOME: process.env.HOME,
        HOST: '127.0.0.1',
        PORT: String(port),
        ADMIN_PORT: String(adminPort),
        DATA_DIR: dataDir,
        LOG_LEVEL: 'warn',
        ADMIN_EMAIL: 'admin@noiviec.example',
        ADMIN_PASSWORD: 'mật khẩu quản trị để thử',
        // `PROFILE=cluster EVENTS=postgres`: processes without Kafka.
        ...(process.env.EVENTS && { EVENTS: process.env.EVENTS }),
        ...(profile === 'cluster' && meilisearchFor(dataDir)),
        ...options.env,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const chunks: string[] = [];
    child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => chunks.push(chunk.toString()));
    return new RunningPlatform(child, dataDir, port, adminPort, ownsFolder, chunks, profile, options);
  }

  /** Starts it and waits until it is ready. */
  static async start(options: PlatformOptions = {}, ownsFolder?: boolean): Promise<RunningPlatform> {
    const platform = await RunningPlatform.launch(options, ownsFolder);
    for (const deadline = Date.now() + 150_000; ; await delay(50)) {
      if (platform.process.exitCode !== null || Date.now() > deadline) {
        await platform.kill();
        throw new Error(`The platform did not get ready:\n${platform.output}`);
      }
      // Its own word: of a cluster the edge is ready as soon as one instance of each service is.
      if (platform.output.includes(READY)) return platform;
    }
  }

  /** Asks it to stop and starts it again as it was, on the same data and at the same ports. */
  async restart(): Promise<RunningPlatform> {
    await this.stop('SIGTERM', { keepData: true });
    const { options, dataDir, port, adminPort, ownsFolder } = this;
    return RunningPlatform.start({ ...options, dataDir, port, adminPort }, ownsFolder);
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  get adminUrl(): string {
    return `http://127.0.0.1:${this.adminPort}`;
  }

  get pid(): number {
    return this.process.pid ?? 0;
  }

  /** The cluster's processes, and its Kafka. */
  async places(): Promise<{ kafkaBrokers?: string; processes: Place[] }> {
    const text = await readFile(join(this.dataDir, 'cluster.json'), 'utf8');
    return JSON.parse(text) as { kafkaBrokers?: string; processes: Place[] };
  }

  /** The platform's event log, to be looked into and tampered with; the caller closes it. */
  async eventLog(): Promise<EventLogDriver> {
    const brokers = this.profile === 'cluster' ? (await this.places()).kafkaBrokers : undefined;
    const environment = readEnvironment({ EVENTS: brokers ? 'kafka' : 'postgres', KAFKA_BROKERS: brokers });
    const log = await createEventLog(environment, {
      logger: createLogger('silent'),
      clientId: 'test',
      databaseUrl: () => this.databaseUrl('events'),
    });
    await log.start();
    return log;
  }

  /** One of its databases, as the superuser of its own server: to break what no API lets anyone break. */
  async databaseUrl(database: string): Promise<string> {
    const folder = join(this.dataDir, 'postgres');
    const password = (await readFile(join(folder, 'superuser-password'), 'utf8')).trim();
    const port = (await readFile(join(folder, 'port'), 'utf8')).trim();
    return `postgres://postgres:${password}@127.0.0.1:${port}/${database}`;
  }

  /** The process id of one of the cluster's processes, by its name; of now, it changes with each restart. */
  async pidOf(name: string): Promise<number> {
    const place = (await this.places()).processes.find((candidate) => candidate.name === name);
    if (!place) throw new Error(`the cluster has no process ${name}`);
    const answer = await fetch(`${place.adminUrl}/health/live`, { signal: AbortSignal.timeout(3000) });
    return ((await answer.json()) as { pid: number }).pid;
  }

  /** Everything it has printed. */
  get output(): string {
    return this.chunks.join('');
  }

  /** The first administrator's, as given by `ADMIN_EMAIL` and `ADMIN_PASSWORD`. */
  get administrator(): { email: string; password: string } {
    return { email: 'admin@noiviec.example', password: 'mật khẩu quản trị để thử' };
  }

  async exited(): Promise<Outcome> {
    if (this.process.exitCode === null && this.process.signalCode === null) await once(this.process, 'exit');
    return { code: this.process.exitCode, signal: this.process.signalCode, output: this.output };
  }

  /** Asks it to stop, as `npm start` passes SIGTERM on; removes a data folder of its own. */
  async stop(signal: NodeJS.Signals = 'SIGTERM', { keepData = false } = {}): Promise<Outcome> {
    if (this.process.exitCode === null) this.process.kill(signal);
    const outcome = await this.exited();
    if (this.ownsFolder && !keepData) await rm(this.dataDir, { recursive: true, force: true });
    return outcome;
  }

  /** kill -9: no handler runs; the data folder stays. */
  async kill(): Promise<void> {
    if (this.process.exitCode === null) this.process.kill('SIGKILL');
    await this.exited();
  }

  /** A call to the API; JSON in and out. */
  async call<T = unknown>(
    method: string,
    path: string,
    { token, body, headers }: { token?: string; body?: unknown; headers?: Record<string, string> } = {},
  ): Promise<{ status: number; body: T; headers: Headers }> {
    const answer = await fetch(`${this.url}/api/v1${path}`, {
      method,
      headers: {
        ...(token && { authorization: `Bearer ${token}` }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      body: body === undefined ? undefined : JSON.stringify(body),
      signal: AbortSignal.timeout(30_000),
    });
    const text = await answer.text();
    const isJson = answer.headers.get('content-type')?.includes('json');
    return {
      status: answer.status,
      body: (isJson && text ? JSON.parse(text) : text) as T,
      headers: answer.headers,
    };
  }

  async signIn(account: { email: string; password: string } = this.administrator): Promise<string> {
    const { status, body } = await this.call<{ accessToken: string }>('POST', '/identity/tokens', {
      body: account,
    });
    if (status !== 200) throw new Error(`sign-in answered ${status}: ${JSON.stringify(body)}`);
    return body.accessToken;
  }

  /** The demo accounts by role, from the file that the first start has written. */
  async demoAccounts(): Promise<Map<string, { email: string; password: string }>> {
    const text = await readFile(join(this.dataDir, 'demo-accounts.txt'), 'utf8');
    const blocks = text.matchAll(/^role: (.+)\nemail: (.+)\npassword: (.+)$/gm);
    return new Map(
      [...blocks].map(([, role = '', email = '', password = '']) => [role, { email, password }]),
    );
  }

  /** `npm run cli -- …` against this platform, as its first administrator. */
  async cli(...args: string[]): Promise<CliAnswer> {
    return this.startCli(...args).ended;
  }

  /** The same, for a command that is sent a signal before it has ended. */
  startCli(...args: string[]): { kill: (signal: NodeJS.Signals) => boolean; ended: Promise<CliAnswer> } {
    const child = spawn(process.execPath, [CLI, ...args], {
      env: {
        PATH: process.env.PATH,
        DATA_DIR: this.dataDir,
        NOIVIEC_URL: this.url,
        NOIVIEC_EMAIL: this.administrator.email,
        NOIVIEC_PASSWORD: this.administrator.password,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let stdout = '';
    let stderr = '';
    child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
    const ended = once(child, 'close').then(() => ({
      code: child.exitCode,
      signal: child.signalCode,
      stdout,
      stderr,
    }));
    return { kill: (signal) => child.kill(signal), ended };
  }
}

interface CliAnswer {
  code: number | null;
  signal: NodeJS.Signals | null;
  stdout: string;
  stderr: string;
}

/** The server of `MEILI_URL` with an index of this data folder's own, which goes with Jest's run. */
function meilisearchFor(dataDir: string): Record<string, string> {
  const { MEILI_URL, MEILI_KEY, NOIVIEC_TEST_RUN_DIR: run } = process.env;
  if (!MEILI_URL || !run) return {};
  const own = createHash('sha256').update(dataDir).digest('hex').slice(0, 12);
  return { MEILI_URL, ...(MEILI_KEY && { MEILI_KEY }), MEILI_INDEX: `${basename(run)}-${own}` };
}

/**
 * An empty folder, open to the user as whom PostgreSQL runs when the tests run as root; it goes with the run, however
 * that ends.
 */
export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(process.env.NOIVIEC_TEST_RUN_DIR ?? tmpdir(), 'noiviec-e2e-'));
  await chmod(folder, 0o711);
  return folder;
}

/** A port that was free a moment ago. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (typeof address !== 'object' || !address) throw new Error('no port');
  return address.port;
}
