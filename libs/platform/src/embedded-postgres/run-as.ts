import { spawnSync } from 'node:child_process';
import { readFile, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { EmbeddedPostgresError } from './errors.js';

/** The user that PostgreSQL runs as when the platform itself runs as root, which PostgreSQL refuses. */
export interface RunAs {
  uid: number;
  gid: number;
  name: string;
}

/**
 * Chooses the unprivileged user: the owner of the first of `folders` that exists, when that is not root; else
 * `postgres`, else `nobody`. Undefined when the platform does not run as root, so that PostgreSQL runs as the
 * same user. The user must be in /etc/passwd, because initdb looks its name up.
 */
export async function chooseRunAs(folders: string[]): Promise<RunAs | undefined> {
  if (process.getuid?.() !== 0) return undefined;
  const users = (await readFile('/etc/passwd', 'utf8').catch(() => ''))
    .split('\n')
    .map((line) => line.split(':'))
    .map(([name = '', , uid, gid]) => ({ name, uid: Number(uid), gid: Number(gid) }));
  for (const folder of folders) {
    const owner = await stat(folder).catch(() => undefined);
    if (!owner) continue;
    const known = users.find(({ uid }) => uid === owner.uid);
    if (known && known.uid !== 0) return known;
    break;
  }
  const user = ['postgres', 'nobody']
    .map((name) => users.find((u) => u.name === name && u.uid > 0))
    .find(Boolean);
  if (!user) {
    throw new EmbeddedPostgresError(
      'embedded-postgres.no-unprivileged-user',
      'PostgreSQL does not run as root and this machine has neither a user "postgres" nor "nobody": start the platform as an ordinary user.',
    );
  }
  return user;
}

/**
 * Says in one sentence which folder on the way to `path` keeps PostgreSQL's user out (for example /root, 0700).
 * Asks the kernel as that user, so that access lists count too.
 *
 * @throws EmbeddedPostgresError `folder-out-of-reach`
 */
export function assertWithinReach(path: string, runAs: RunAs | undefined): void {
  if (!runAs || mayEnter(path, runAs)) return;
  let blocked = path;
  for (
    let above = dirname(path);
    !mayEnter(above, runAs) && above !== dirname(above);
    above = dirname(above)
  ) {
    blocked = above;
  }
  throw new EmbeddedPostgresError(
    'embedded-postgres.folder-out-of-reach',
    `The platform runs as root and PostgreSQL as the user "${runAs.name}", who may not enter ${blocked} on the way to the data folder ${path}: ` +
      `run "chmod o+x ${blocked}", set DATA_DIR to a folder outside it, or start the platform as an ordinary user.`,
  );
}

export function mayEnter(path: string, { uid, gid, name }: RunAs): boolean {
  const options = { uid, gid, cwd: '/', stdio: 'ignore' } as const;
  const { status, error } = spawnSync('/bin/sh', ['-c', 'test -x "$0"', path], options);
  if (!error) return status === 0;
  throw new EmbeddedPostgresError(
    'embedded-postgres.no-unprivileged-user',
    `PostgreSQL does not run as root and this system does not let root become "${name}" (${error.message}): start the platform as an ordinary user.`,
    { cause: error },
  );
}
