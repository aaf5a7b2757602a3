// One broker (and controller) as a Java process of its own.
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import net from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { Refusal } from '../../scripts/lib/say.mjs';

const STARTED = 'Kafka Server started';
const START_MS = 240_000;
const STOP_MS = 20_000;

/** Where the processes of a data folder keep their files: their command lines name it. */
export const propertiesFile = (dataDir, id) => join(dataDir, `broker-${id}`, 'server.properties');

export class Broker {
  #child;
  #ended;

  /** @param {{id: number, port: number, dataDir: string, java: string, jars: string, heap: string, clusterId: string, properties: Record<string, string | number>, launched: () => void}} options */
  constructor(options) {
    this.id = options.id;
    this.port = options.port;
    this.options = options;
    this.folder = join(options.dataDir, `broker-${options.id}`);
  }

  /** Process number, undefined while it does not run. */
  get pid() {
    const running = this.#child && this.#child.exitCode === null && this.#child.signalCode === null;
    return running ? this.#child.pid : undefined;
  }

  /** Writes its properties and, the first time, formats its folder. */
  async prepare() {
    const { dataDir, properties, clusterId } = this.options;
    const logDir = join(this.folder, 'log');
    mkdirSync(logDir, { recursive: true });
    const lines = Object.entries({ ...properties, 'log.dirs': logDir });
    const file = propertiesFile(dataDir, this.id);
    writeFileSync(file, lines.map(([name, value]) => `${name}=${value}\n`).join(''));
    if (existsSync(join(logDir, 'meta.properties'))) return;
    // With `=`, as an id may begin with `-`.
    const format = ['format', `--cluster-id=${clusterId}`, '-c', file];
    const { java, args } = this.#java('kafka.tools.StorageTool', ...format);
    await promisify(execFile)(java, args).catch((error) => {
      throw new Refusal(`Kafka could not prepare ${logDir}: see above.`, `${error.stdout}${error.stderr}`);
    });
  }

  /** Starts the process; `ready` resolves when it answers. */
  launch() {
    if (this.pid) throw new Error(`Broker ${this.id} runs already.`);
    if (existsSync(this.logFile)) renameSync(this.logFile, `${this.logFile}.previous`);
    const log = openSync(this.logFile, 'a');
    const { java, args } = this.#java('kafka.Kafka', propertiesFile(this.options.dataDir, this.id));
    this.#child = spawn(java, args, { stdio: ['ignore', log, log], cwd: this.folder });
    this.#ended = new Promise((resolve) => {
      this.#child.once('exit', (code, signal) => resolve(signal ?? code));
      this.#child.once('error', (error) => resolve(error.code)); // also found out by `ready`
    });
    this.#child.unref(); // whoever started it need not outlive its work
    closeSync(log);
    this.options.launched();
  }

  /** How the process that was launched last ended, once it has: its exit code or signal. */
  ended() {
    return this.#ended;
  }

  async ready() {
    for (const deadline = Date.now() + START_MS; !readFileSync(this.logFile, 'utf8').includes(STARTED);) {
      if (!this.pid || Date.now() > deadline) {
        const reason = this.pid ? `did not start within ${START_MS / 1000} s` : 'ended while it started';
        this.kill('SIGKILL');
        throw new Refusal(
          `Kafka's broker ${this.id} ${reason}: its last lines are above, all of them in ${this.logFile}.`,
          readFileSync(this.logFile, 'utf8').trim().split('\n').slice(-15).join('\n'),
        );
      }
      await sleep(100);
    }
  }

  async start() {
    this.launch();
    await this.ready();
  }

  /** Sends a signal and, for one that ends it, waits until it has ended. */
  async kill(signal = 'SIGKILL') {
    if (!this.pid) return;
    this.#child.ref();
    const ended = once(this.#child, 'exit');
    this.#child.kill(signal);
    if (!['SIGSTOP', 'SIGCONT'].includes(signal)) await ended;
  }

  async stop() {
    const late = setTimeout(() => this.killNow(), STOP_MS);
    await this.kill('SIGTERM');
    clearTimeout(late);
  }

  /** At once and without waiting: for the end of this process. */
  killNow() {
    if (this.pid) this.#child.kill('SIGKILL');
  }

  get logFile() {
    return join(this.folder, 'broker.log');
  }

  #java(mainClass, ...args) {
    const { java, jars, heap } = this.options;
    const memory = [`-Xmx${heap}`, '-Xms128m', '-XX:+ExitOnOutOfMemoryError'];
    return { java, args: [...memory, '-cp', join(jars, '*'), mainClass, ...args] };
  }
}

/** @returns {Promise<boolean>} can the port be opened on loopback? */
export function isFree(port) {
  return new Promise((resolve) => {
    const server = net.createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}

/** @returns {Promise<number[]>} that many ports that nobody uses now */
export async function freePorts(count) {
  const servers = await Promise.all(
    Array.from({ length: count }, async () => {
      const server = net.createServer().listen(0, '127.0.0.1');
      await once(server, 'listening');
      return server;
    }),
  );
  const ports = servers.map((server) => server.address().port);
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return ports;
}
