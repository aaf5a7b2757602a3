import { resolve } from 'node:path';
import { makeWritable } from '#embedded-postgres';
import { assertDriversExist, type Environment, makeKeysFolder } from '#platform';
import { assertSameEventLog } from './event-log-choice.js';
import { assertPortsFree } from './ports.js';

/**
 * Looks at what a start needs of its settings and of this machine before it makes anything: drivers, ports,
 * the event log of the data that are there, and then the folders, which it makes.
 * @throws an error whose message says which setting is to be changed
 */
export async function assertCanStart(environment: Environment): Promise<void> {
  assertDriversExist(environment);
  await assertPortsFree(environment);
  await assertSameEventLog(environment);
  await makeWritable(environment.DATA_DIR);
  await makeKeysFolder(keysFolderOf(environment));
}

export const keysFolderOf = ({ KEYS_DIR, DATA_DIR }: Environment): string =>
  resolve(KEYS_DIR ?? resolve(DATA_DIR, 'keys'));
