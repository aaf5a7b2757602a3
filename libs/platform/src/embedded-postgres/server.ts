import { chown, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { locateBinaries, type PostgresBinaries, withinReach } from './binaries.js';
import {
  choosePort,
  type DataFolder,
  folderError,
  prepareFolder,
  randomPassword,
  readText,
  rotateLog,
  writeDurably,
} from './data-folder.js';
import { type DataFolderLock, lockDataFolder } from './data-folder-lock.js';
import { EmbeddedPostgresError } from './errors.js';
import { initialiseIfNeeded, SUPERUSER } from './initialise.js';
import {
  isServerOf,
  launch,
  type Postmaster,
  readPostmaster,
  removeStalePidFile,
  terminate,
} from './postmaster.js';
import { ServiceRoles } from './roles.js';
import { assertWithinReach, chooseRunAs, type RunAs } from './run-as.js';
import {
  configurationFile,
  CUSTOM_CONFIGURATION,
  defaultSettings,
  HOST_BASED_AUTHENTICATION,
  type PostgresSettings,
} from './settings.js';
import { recognise, resetSuperuserPassword } from './superuser.js';
import type { EmbeddedPostgres, EmbeddedPostgresLogger, EmbeddedPostgresOptions } from './types.js';
import { keepRunning } from './watchdog.js';

const SILENT: EmbeddedPostgresLogger = { info() {}, warn() {}, error() {} };
const FAST_STOP_MS = 8_000;
const IMMEDIATE_STOP_MS = 3_000;
const PORT_ATTEMPTS = 5;
const STILL_STOPPING_MS = 15_000;

/** The server behind `startEmbeddedPostgres`; used directly by the test harness only. */
export class EmbeddedServer implements EmbeddedPostgres {
  port = 0;
  private readonly logger: EmbeddedPostgresLogger;
  private readonly settings: PostgresSettings;
  private readonly exitCallbacks: (() => void)[] = [];
  private readonly stopping = new AbortController();
  private folder!: DataFolder;
  private binaries!: PostgresBinaries;
  private roles!: ServiceRoles;
  private runAs: RunAs | undefined;
  private lock: DataFolderLock | undefined;
  private password = '';
  private watching: Promise<void> = Promise.resolve();
  private stopped: Promise<void> | undefined;

  constructor(private readonly options: EmbeddedPostgresOptions) {
    this.logger = options.logger ?? SILENT;
    this.settings = { ...defaultSettings(), ...options.settings };
  }

  get superuserUrl(): string {
    return this.address(SUPERUSER, this.password, 'postgres');
  }

  url(database: string, role = this.roles.owner(database) ?? SUPERUSER): string {
    const password = role === SUPERUSER ? this.password : this.roles.password(role);
    if (!password) throw new TypeError(`The role "${role}" is not one that ensureDatabase() made.`);
    return this.address(role, password, database);
  }

  async ensureDatabase(name: string, role: string): Promise<string> {
    await this.roles.ensure(name, role);
    return this.url(name, role);
  }

  onExit(callback: () => void): void {
    this.exitCallbacks.push(callback);
  }

  async start(): Promise<void> {
    this.folder = await prepareFolder(this.options.dataDir);
    this.lock = lockDataFolder(this.folder.lockFile);
    try {
      this.runAs = await chooseRunAs([this.folder.cluster, this.folder.root]);
      assertWithinReach(this.folder.root, this.runAs);
      this.binaries = await withinReach(await locateBinaries(), this.folder.programs, this.runAs);
      const began = Date.now();
      if (await initialiseIfNeeded(this.folder, this.binaries, this.runAs, { durable: this.isDurable() })) {
        this.logger.info(
          `PostgreSQL: made a new database cluster in ${this.folder.cluster} (${Date.now() - began} ms)`,
        );
      }
      this.password = (await readText(this.folder.passwordFile)) ?? '';
      this.roles = new ServiceRoles(this.folder.rolesFile, () => this.superuserUrl);
      await this.roles.load();
      const { pid } = await this.bringUpOnAnyPort();
      this.watching = this.watch(pid);
    } catch (error) {
      this.lock.release();
      throw error;
    }
  }

  stop(deadlineMs = FAST_STOP_MS): Promise<void> {
    this.stopped ??= this.stopNow(deadlineMs);
    return this.stopped;
  }

  private async stopNow(fastMs: number): Promise<void> {
    this.stopping.abort();
    await this.watching;
    await terminate(this.folder.cluster, this.binaries, { fastMs, immediateMs: IMMEDIATE_STOP_MS });
    this.lock?.release();
    this.logger.info('PostgreSQL: stopped');
  }

  /** Lets go of the running server without stopping it: another process may adopt it. */
  async detach(): Promise<void> {
    this.stopping.abort();
    await this.watching;
    this.lock?.release();
  }

  private isDurable(): boolean {
    return this.settings.fsync !== false && this.settings.fsync !== 'off';
  }

  /** Adopts or launches; a recorded port that is taken gives way to another, an ending server is waited for. */
  private async bringUpOnAnyPort(): Promise<Postmaster> {
    const refused = new Set<number>();
    const deadline = Date.now() + STILL_STOPPING_MS;
    for (;;) {
      try {
        return (await this.adopt()) ?? (await this.launch(await choosePort(this.folder.portFile, refused)));
      } catch (error) {
        const code = error instanceof EmbeddedPostgresError ? error.code : undefined;
        if (code === 'embedded-postgres.port-taken' && refused.size < PORT_ATTEMPTS) refused.add(this.port);
        else if (code === 'embedded-postgres.still-stopping' && Date.now() < deadline) await delay(100);
        else throw error;
      }
    }
  }

  /** Takes over the server that a killed platform left on this folder when it is healthy, else stops it. */
  private async adopt(): Promise<Postmaster | undefined> {
    const { cluster, portFile } = this.folder;
    const found = await readPostmaster(cluster);
    if (!found || !(await isServerOf(found.pid, cluster))) {
      await removeStalePidFile(cluster);
      return undefined;
    }
    const configured = await readText(join(cluster, 'postgresql.conf'));
    const url = this.address(SUPERUSER, this.password, 'postgres', found.port);
    if (
      configured === configurationFile(this.settings).trim() &&
      (await recognise(url, cluster)) === 'ours'
    ) {
      if (this.port && found.port !== this.port) {
        this.logger.warn(
          `PostgreSQL: someone started the server on port ${found.port}; moving it back to ${this.port}`,
        );
      } else {
        this.port = found.port;
        await writeDurably(portFile, `${found.port}\n`);
        this.logger.info(`PostgreSQL: took over the server that was left running on port ${found.port}`);
        return found;
      }
    }
    this.logger.warn('PostgreSQL: stopping the server that was left running, to start it anew');
    await terminate(cluster, this.binaries, { fastMs: 5_000, immediateMs: 2_000 });
    await removeStalePidFile(cluster);
    return undefined;
  }

  private async launch(port: number): Promise<Postmaster> {
    this.port = port;
    const { cluster, logFile } = this.folder;
    try {
      await rotateLog(logFile);
      await this.writeClusterFile('postgresql.conf', configurationFile(this.settings));
      const custom = await readText(join(cluster, 'custom.conf'));
      await this.writeClusterFile('custom.conf', custom ?? CUSTOM_CONFIGURATION);
      await this.writeClusterFile('pg_hba.conf', HOST_BASED_AUTHENTICATION);
    } catch (error) {
      throw folderError(cluster, error);
    }
    const began = Date.now();
    const { binaries, runAs } = this;
    const postmaster = await launch({
      ...{ binaries, cluster, port, runAs, logFile, signal: this.stopping.signal },
      onRecovering: () =>
        this.logger.info('PostgreSQL: still starting (it may be replaying its log after a crash)'),
    });
    if ((await recognise(this.superuserUrl, cluster)) === 'wrong-password') {
      this.logger.warn(
        'PostgreSQL: the superuser password file does not fit the data; setting a new password',
      );
      await terminate(cluster, binaries, { fastMs: FAST_STOP_MS, immediateMs: IMMEDIATE_STOP_MS });
      this.password = randomPassword();
      await writeDurably(this.folder.passwordFile, `${this.password}\n`);
      await resetSuperuserPassword(cluster, this.password, binaries, runAs);
      return this.launch(port);
    }
    this.logger.info(`PostgreSQL: ready on 127.0.0.1:${port} in ${Date.now() - began} ms`);
    return postmaster;
  }

  private async writeClusterFile(name: string, text: string): Promise<void> {
    const file = join(this.folder.cluster, name);
    if ((await readText(file)) === text.trim()) return;
    await writeFile(file, text, { mode: 0o600 });
    if (this.runAs) await chown(file, this.runAs.uid, this.runAs.gid);
  }

  private watch(pid: number): Promise<void> {
    return keepRunning({
      pid,
      isRunning: (current) => isServerOf(current, this.folder.cluster),
      // On the same port, because the services hold its URLs.
      restart: async () => ((await this.adopt()) ?? (await this.launch(this.port))).pid,
      onExit: () => this.exitCallbacks.forEach((callback) => callback()),
      housekeeping: () => rotateLog(this.folder.logFile),
      logger: this.logger,
      signal: this.stopping.signal,
    });
  }

  private address(role: string, password: string, database: string, port = this.port): string {
    return `postgres://${role}:${password}@127.0.0.1:${port}/${database}`;
  }
}
