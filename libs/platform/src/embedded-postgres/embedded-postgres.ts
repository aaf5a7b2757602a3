import { chown, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import { locateBinaries, type PostgresBinaries } from './binaries.js';
import {
  choosePort,
  type DataFolder,
  dataFolder,
  folderError,
  prepareFolder,
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
  defaultSettings,
  HOST_BASED_AUTHENTICATION,
  type PostgresSettings,
} from './settings.js';

/** What the server tells; pino's loggers fit. */
export interface EmbeddedPostgresLogger {
  info(message: string): void;
  warn(message: string): void;
  error(message: string): void;
}

export interface EmbeddedPostgresOptions {
  /** The platform's DATA_DIR; everything is kept in its subfolder `postgres`. */
  dataDir: string;
  logger?: EmbeddedPostgresLogger;
  /** PostgreSQL settings over the defaults (settings.ts). */
  settings?: PostgresSettings;
}

export interface EmbeddedPostgres {
  /** TCP port on 127.0.0.1; the same for the life of this object. */
  readonly port: number;
  /** URL of the database `postgres` as superuser: administration and metrics only. */
  readonly superuserUrl: string;
  /** URL of a database as a role whose password is known; default its owner, else the superuser. */
  url(database: string, role?: string): string;
  /** Makes a service's database and its role when missing and returns the role's URL. Idempotent. */
  ensureDatabase(name: string, role: string): Promise<string>;
  /**
   * Stops the server: fast shutdown, after `deadlineMs` (8 s) immediate. Call it after the services have drained;
   * nothing else stops the server, no signal and no exit hook. Idempotent.
   */
  stop(deadlineMs?: number): Promise<void>;
  /** Calls back each time the server dies unasked, before it is started again on the same port. */
  onExit(callback: () => void): void;
}

const SILENT: EmbeddedPostgresLogger = { info() {}, warn() {}, error() {} };
const WATCH_MS = 250;
const LONGEST_PAUSE_MS = 5_000;

/**
 * Starts PostgreSQL from npm's platform package on `<dataDir>/postgres`, or adopts the healthy server that a
 * killed platform left behind, and keeps it running until `stop()`.
 *
 * @throws EmbeddedPostgresError with a stable code and one sentence that says what to do
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const server = new EmbeddedServer(options);
  await server.start();
  return server;
}

/** The server behind `startEmbeddedPostgres`; used directly by the test harness only. */
export class EmbeddedServer implements EmbeddedPostgres {
  port = 0;
  private readonly folder: DataFolder;
  private readonly logger: EmbeddedPostgresLogger;
  private readonly settings: PostgresSettings;
  private readonly roles: ServiceRoles;
  private readonly exitCallbacks: (() => void)[] = [];
  private readonly stopping = new AbortController();
  private binaries!: PostgresBinaries;
  private runAs: RunAs | undefined;
  private lock: DataFolderLock | undefined;
  private password = '';
  private watching: Promise<void> = Promise.resolve();
  private stopped: Promise<void> | undefined;

  constructor({ dataDir, logger = SILENT, settings }: EmbeddedPostgresOptions) {
    this.folder = dataFolder(dataDir);
    this.logger = logger;
    this.settings = { ...defaultSettings(), ...settings };
    this.roles = new ServiceRoles(this.folder.rolesFile, () => this.superuserUrl);
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
    this.runAs = await chooseRunAs(this.folder.cluster);
    await prepareFolder(this.folder, process.getuid?.() === 0);
    this.lock = lockDataFolder(this.folder.lockFile);
    try {
      this.binaries = await locateBinaries();
      assertWithinReach(this.folder.root, 'the data folder', this.runAs);
      assertWithinReach(this.binaries.postgres, 'the PostgreSQL programs', this.runAs);
      const durable = this.settings.fsync !== false && this.settings.fsync !== 'off';
      const began = Date.now();
      if (await initialiseIfNeeded(this.folder, this.binaries, this.runAs, { durable })) {
        this.logger.info(
          `PostgreSQL: made a new database cluster in ${this.folder.cluster} (${Date.now() - began} ms)`,
        );
      }
      this.password = (await readText(this.folder.passwordFile)) ?? '';
      await this.roles.load();
      const postmaster = await this.bringUpOnAnyPort();
      this.watching = this.watch(postmaster);
    } catch (error) {
      this.lock.release();
      throw error;
    }
  }

  stop(deadlineMs = 8_000): Promise<void> {
    this.stopped ??= (async () => {
      this.stopping.abort();
      await this.watching;
      await terminate(this.folder.cluster, { fastMs: deadlineMs, immediateMs: 3_000 });
      this.lock?.release();
      this.logger.info('PostgreSQL: stopped');
    })();
    return this.stopped;
  }

  /** Lets go of the running server without stopping it: another process may adopt it. */
  async detach(): Promise<void> {
    this.stopping.abort();
    await this.watching;
    this.lock?.release();
  }

  private async bringUpOnAnyPort(): Promise<Postmaster> {
    const refused = new Set<number>();
    for (let attempt = 1; ; attempt++) {
      try {
        return (await this.adopt()) ?? (await this.launch(await choosePort(this.folder.portFile, refused)));
      } catch (error) {
        const code = error instanceof EmbeddedPostgresError ? error.code : undefined;
        if (attempt >= 50) throw error;
        if (code === 'embedded-postgres.port-taken') refused.add(this.port);
        else if (code === 'embedded-postgres.still-stopping') await delay(200);
        else throw error;
      }
    }
  }

  /** Takes over the server that a killed platform left on this folder when it is healthy, else stops it. */
  private async adopt(): Promise<Postmaster | undefined> {
    const { cluster } = this.folder;
    const found = await readPostmaster(cluster);
    if (!found || !(await isServerOf(found.pid, cluster))) {
      await removeStalePidFile(cluster);
      return undefined;
    }
    const configured = await readText(join(cluster, 'postgresql.conf'));
    if (configured === configurationFile(this.settings).trim() && (await this.isHealthy(found.port))) {
      this.port = found.port;
      await writeDurably(this.folder.portFile, `${found.port}\n`);
      this.logger.info(`PostgreSQL: took over the server that was left running on port ${found.port}`);
      return found;
    }
    this.logger.warn('PostgreSQL: stopping the server that was left running, to start it anew');
    await terminate(cluster, { fastMs: 8_000, immediateMs: 3_000 });
    return undefined;
  }

  private async isHealthy(port: number): Promise<boolean> {
    const connectionString = this.address(SUPERUSER, this.password, 'postgres', port);
    const client = new pg.Client({ connectionString, connectionTimeoutMillis: 2_000, query_timeout: 2_000 });
    try {
      await client.connect();
      const { rows } = await client.query<{ folder: string }>(
        `SELECT current_setting('data_directory') AS folder`,
      );
      return rows[0]?.folder === this.folder.cluster;
    } catch {
      return false;
    } finally {
      await client.end().catch(() => undefined);
    }
  }

  private async launch(port: number): Promise<Postmaster> {
    this.port = port;
    const { cluster, logFile } = this.folder;
    try {
      await rotateLog(logFile);
      await this.writeClusterFile('postgresql.conf', configurationFile(this.settings));
      await this.writeClusterFile('pg_hba.conf', HOST_BASED_AUTHENTICATION);
    } catch (error) {
      throw folderError(cluster, error);
    }
    const began = Date.now();
    const postmaster = await launch({
      ...{ binaries: this.binaries, cluster, port, runAs: this.runAs, logFile, signal: this.stopping.signal },
      onRecovering: () =>
        this.logger.info('PostgreSQL: still starting (it may be replaying its log after a crash)'),
    });
    this.logger.info(`PostgreSQL: ready on 127.0.0.1:${port} in ${Date.now() - began} ms`);
    return postmaster;
  }

  private async writeClusterFile(name: string, text: string): Promise<void> {
    const file = join(this.folder.cluster, name);
    if ((await readText(file)) === text.trim()) return;
    await writeFile(file, text, { mode: 0o600 });
    if (this.runAs) await chown(file, this.runAs.uid, this.runAs.gid);
  }

  /** Starts the server again whenever it dies unasked, on the same port, because the services hold its URLs. */
  private async watch(first: Postmaster): Promise<void> {
    const { signal } = this.stopping;
    const pause = (ms: number) => delay(ms, undefined, { signal, ref: false }).catch(() => undefined);
    let pid = first.pid;
    let lastRotation = Date.now();
    while (!signal.aborted) {
      await pause(WATCH_MS);
      if (signal.aborted) return;
      if (await isServerOf(pid, this.folder.cluster)) {
        if (Date.now() - lastRotation > 60_000) {
          lastRotation = Date.now();
          await rotateLog(this.folder.logFile).catch(() => undefined);
        }
        continue;
      }
      this.logger.error(`PostgreSQL: the server (process ${pid}) has ended unasked; starting it again`);
      for (const callback of this.exitCallbacks) callback();
      for (let wait = 50; !signal.aborted; wait = Math.min(wait * 2, LONGEST_PAUSE_MS)) {
        try {
          pid = ((await this.adopt()) ?? (await this.launch(this.port))).pid;
          break;
        } catch (error) {
          if (!signal.aborted) this.logger.error(`PostgreSQL: ${(error as Error).message}`);
          await pause(wait);
        }
      }
    }
  }

  private address(role: string, password: string, database: string, port = this.port): string {
    return `postgres://${role}:${password}@127.0.0.1:${port}/${database}`;
  }
}
