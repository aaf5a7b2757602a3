import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmod, chown, lchown, mkdir, readdir, rename, rm, rmdir, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { PostgresBinaries } from './binaries.js';
import { type DataFolder, folderError, randomPassword, readText, writeDurably } from './data-folder.js';
import { EmbeddedPostgresError, errorFromOutput } from './errors.js';
import type { RunAs } from './run-as.js';

export const SUPERUSER = 'postgres';
export const POSTGRES_MAJOR = '18';
const UNFINISHED = 'cluster.new-';
/** Where a restore puts a cluster together; it is renamed when it is complete. */
export const RESTORING = 'restoring';

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
  if (entries.includes(RESTORING)) {
    throw new EmbeddedPostgresError(
      'embedded-postgres.unfinished-restore',
      `A restore into ${dirname(folder.root)} was cut off: delete that folder and restore the backup again.`,
    );
  }
  for (const entry of entries.filter((name) => name.startsWith(UNFINISHED))) {
    await rm(join(folder.root, entry), { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  }
  // An empty folder is a mount point or a mistake; initdb's result takes its place.
  if (entries.includes('cluster') && !(await removeIfEmpty(folder.cluster))) {
    await takeOwnership(folder.cluster, runAs);
    await assertVersion(folder);
    if (!(await readText(folder.passwordFile)))
      await writeDurably(folder.passwordFile, `${randomPassword()}\n`);
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
    await initdb(folder.root, unfinished, passwordFile, binaries, runAs, options.durable);
    await rename(unfinished, folder.cluster);
    return true;
  } catch (error) {
    await rm(unfinished, { recursive: true, force: true }).catch(() => undefined);
    throw error instanceof EmbeddedPostgresError ? error : folderError(folder.root, error);
  } finally {
    await rm(passwordFile, { force: true }).catch(() => undefined);
  }
}

const removeIfEmpty = (path: string) =>
  rmdir(path).then(
    () => true,
    () => false,
  );

/** Data that root copied back from a backup are root's; PostgreSQL wants them to be its own and closed. */
async function takeOwnership(cluster: string, runAs: RunAs | undefined): Promise<void> {
  const { uid } = await stat(cluster);
  const self = process.getuid?.();
  if (self !== undefined && self !== 0 && uid !== self) {
    throw new EmbeddedPostgresError(
      'embedded-postgres.folder-not-writable',
      `The data in ${cluster} belong to user ${uid} and the platform runs as user ${self}: start it as that user, or run "chown -R ${self} ${dirname(cluster)}" as root.`,
    );
  }
  if (runAs && uid === 0) {
    const entries = await readdir(cluster, { recursive: true });
    for (const path of [cluster, ...entries.map((entry) => join(cluster, entry))])
      await lchown(path, runAs.uid, runAs.gid);
  }
  await chmod(cluster, 0o700);
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

/** Character classes of the text search parser come from the C library, and not every system has C.UTF-8. */
async function initdb(
  root: string,
  into: string,
  passwordFile: string,
  binaries: PostgresBinaries,
  runAs: RunAs | undefined,
  durable: boolean,
): Promise<void> {
  const args = [
    ...['-D', into, '-U', SUPERUSER, '-E', 'UTF8', '-A', 'scram-sha-256', `--pwfile=${passwordFile}`],
    ...['--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C'],
    ...['--data-checksums', '--no-instructions', ...(durable ? [] : ['--no-sync'])],
  ];
  const run = (more: string[]) => runInitdb([...args, ...more], into, binaries, runAs);
  const failure = (await run(['--lc-ctype=C.UTF-8'])) && (await run([]));
  if (!failure) return;
  const said = failure.output.split('\n').find((line) => /error|FATAL/.test(line)) ?? failure.message;
  throw (
    errorFromOutput(failure.output, root) ??
    new EmbeddedPostgresError(
      'embedded-postgres.initialise-failed',
      `PostgreSQL could not make its first database in ${root}: ${said.trim()}`,
      { cause: failure.cause },
    )
  );
}

function runInitdb(
  args: string[],
  into: string,
  { initdb: program }: PostgresBinaries,
  runAs: RunAs | undefined,
): Promise<{ output: string; message: string; cause: Error } | undefined> {
  const options = { cwd: into, env: programEnvironment(), ...(runAs && { uid: runAs.uid, gid: runAs.gid }) };
  return new Promise((done) => {
    execFile(program, args, options, (cause, stdout, stderr) =>
      done(cause ? { output: stdout + stderr, message: cause.message, cause } : undefined),
    );
  });
}
