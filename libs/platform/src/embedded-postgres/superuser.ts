import { execFile } from 'node:child_process';
import pg from 'pg';
import type { PostgresBinaries } from './binaries.js';
import { EmbeddedPostgresError } from './errors.js';
import { programEnvironment, SUPERUSER } from './initialise.js';
import type { RunAs } from './run-as.js';

const INVALID_PASSWORD = '28P01';

/**
 * Asks the server at `url` whose it is: `ours` when it lets the superuser in and serves this cluster,
 * `wrong-password` (the password file was lost or the data come from a backup), else `unknown`.
 */
export async function recognise(
  url: string,
  cluster: string,
): Promise<'ours' | 'wrong-password' | 'unknown'> {
  const client = new pg.Client({
    connectionString: url,
    connectionTimeoutMillis: 2_000,
    query_timeout: 2_000,
  });
  client.on('error', () => undefined);
  try {
    await client.connect();
    const { rows } = await client.query<{ folder: string }>(
      `SELECT current_setting('data_directory') AS folder`,
    );
    return rows[0]?.folder === cluster ? 'ours' : 'unknown';
  } catch (error) {
    return (error as pg.DatabaseError).code === INVALID_PASSWORD ? 'wrong-password' : 'unknown';
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** Gives the superuser a new password on a stopped cluster, in PostgreSQL's single-user mode. */
export function resetSuperuserPassword(
  cluster: string,
  password: string,
  binaries: PostgresBinaries,
  runAs: RunAs | undefined,
): Promise<void> {
  return new Promise((done, failed) => {
    const child = execFile(
      binaries.postgres,
      ['--single', '-D', cluster, '-c', 'log_min_messages=error', 'template1'],
      { cwd: cluster, env: programEnvironment(), ...(runAs && { uid: runAs.uid, gid: runAs.gid }) },
      (error, _stdout, stderr) => {
        if (!error && !/ERROR|FATAL/.test(stderr)) return done();
        failed(
          new EmbeddedPostgresError(
            'embedded-postgres.start-failed',
            `The superuser's password file is lost and a new password could not be set on ${cluster}: restore the file "superuser-password" from a backup.`,
            { cause: error ?? new Error(stderr) },
          ),
        );
      },
    );
    child.stdin?.on('error', () => undefined);
    child.stdin?.end(`ALTER ROLE ${SUPERUSER} PASSWORD '${password}'\n`);
  });
}
