import { EmbeddedServer } from './server.js';
import type { EmbeddedPostgres, EmbeddedPostgresOptions } from './types.js';

export { BaseBackup, runningServerUrl } from './base-backup.js';
export { makeWritable } from './data-folder.js';
export { EmbeddedPostgresError, type EmbeddedPostgresErrorCode } from './errors.js';
export { POSTGRES_MAJOR } from './initialise.js';
export { prepareRestore, type RestoreFolder } from './restore-folder.js';
export { syncFile, syncFolder } from './sync.js';
export type { PostgresSettings } from './settings.js';
export type { EmbeddedPostgres, EmbeddedPostgresLogger, EmbeddedPostgresOptions } from './types.js';

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
