import type { PostgresSettings } from './settings.js';

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
