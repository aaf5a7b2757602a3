import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmod, chown, mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { PostgresBinaries } from './binaries.js';
import { type DataFolder, folderError, randomPassword, readText, writeDurably } from './data-folder.js';
import { EmbeddedPostgresError, errorFromOutput } from './errors.js';
import type { RunAs } from './run-as.js';

export const SUPERUSER = 'postgres';
export const POSTGRES_MAJOR = '18';
const UNFINISHED = 'cluster.new-';

/** Programs of PostgreSQL get a bare environment: PGPORT, PGDATA and the like would change what they do. */
export function programEnvironment(): NodeJS.ProcessEnv {
  const { PATH, SystemRoot, TEMP, TMP } = process.env;
  return { PATH, ...(SystemRoot && { SystemRoot, TEMP, TMP }), LC_ALL: 'C', TZ: 'UTC' };
}

/**
 * Makes the database cluster when there is none: initdb works in a folder of its own that gets its name only
 * when it is complete, so a kill in the middle leaves rubbish that the next start removes, never half a cluster.
 *
 * UTF-8, PostgreSQL's builtin C.UTF-8 collation (the same order on every machine and release; Vietnamese order
 * is asked for by name where people see lists), data checksums, scram-sha-256 and a random superuser password.
 *
 * @returns true when a new cluster was made
 * @throws EmbeddedPostgresError `incompatible-data-version`, `disk-full`, `initialise-failed`, …
 */
export async function initialiseIfNeeded(
  folder: DataFolder,
  binaries: PostgresBinaries,
  runAs: RunAs | undefined,
  options: { durable: boolean },
): Promise<boolean> {
  const entries = await readdir(folder.root);
  for (const entry of entries.filter((name) => name.startsWith(UNFINISHED))) {
    await rm(join(folder.root, entry), { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  }
  if (entries.includes('cluster')) {
    await assertVersion(folder);
    return false;
  }
  const unfinished = join(folder.root, UNFINISHED + randomBytes(4).toString('hex'));
  const passwordFile = `${unfinished}.password`;
  try {
    const password = randomPassword();
    await writeDurably(folder.passwordFile, `${password}\n`);
    await writeFile(passwordFile, `${password}\n`, { mode: 0o600 });
    await mkdir(unfinished, { mode: 0o700 });
    if (runAs) {
      await chown(passwordFile, runAs.uid, runAs.gid);
      await chown(unfinished, runAs.uid, runAs.gid);
    }
    await chmod(unfinished, 0o700);
    await initdb(unfinished, passwordFile, binaries, runAs, options.durable);
    await rename(unfinished, folder.cluster);
    return true;
  } catch (error) {
    await rm(unfinished, { recursive: true, force: true }).catch(() => undefined);
    throw error instanceof EmbeddedPostgresError ? error : folderError(folder.root, error);
  } finally {
    await rm(passwordFile, { force: true }).catch(() => undefined);
  }
}

async function assertVersion({ cluster }: DataFolder): Promise<void> {
  const version = await readText(join(cluster, 'PG_VERSION'));
  if (version === POSTGRES_MAJOR) return;
  throw version
    ? new EmbeddedPostgresError(
        'embedded-postgres.incompatible-data-version',
        `The data in ${cluster} was written by PostgreSQL ${version} and this release brings PostgreSQL ${POSTGRES_MAJOR}: start the platform's release that wrote it and move the data with pg_dump or pg_upgrade, or set DATA_DIR to a new folder.`,
      )
    : new EmbeddedPostgresError(
        'embedded-postgres.data-damaged',
        `The folder ${cluster} holds no readable PostgreSQL database (PG_VERSION is missing or closed to this user): restore the last backup, or move the folder away to begin with an empty database.`,
      );
}

function initdb(
  into: string,
  passwordFile: string,
  binaries: PostgresBinaries,
  runAs: RunAs | undefined,
  durable: boolean,
): Promise<void> {
  const args = [
    ...['-D', into, '-U', SUPERUSER, '-E', 'UTF8', '-A', 'scram-sha-256', `--pwfile=${passwordFile}`],
    ...['--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C'],
    // Character classes of the text search parser come from the C library; not every system has C.UTF-8.
    ...(process.platform === 'linux' ? ['--lc-ctype=C.UTF-8'] : []),
    ...['--data-checksums', '--no-instructions', '--text-search-config=simple'],
    ...(durable ? [] : ['--no-sync']),
  ];
  return new Promise((done, failed) => {
    execFile(
      binaries.initdb,
      args,
      { cwd: into, env: programEnvironment(), ...(runAs && { uid: runAs.uid, gid: runAs.gid }) },
      (error, stdout, stderr) => {
        if (!error) return done();
        const said =
          stderr
            .trim()
            .split('\n')
            .find((line) => /error|FATAL/.test(line)) ?? error.message;
        failed(
          errorFromOutput(stdout + stderr, into) ??
            new EmbeddedPostgresError(
              'embedded-postgres.initialise-failed',
              `PostgreSQL could not make its first database in ${into}: ${said.trim()}`,
              { cause: error },
            ),
        );
      },
    );
  });
}
