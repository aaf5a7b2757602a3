import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ConfigurationError, type Environment, makeFolder } from '#platform';

const fileOf = (dataDir: string): string => join(dataDir, 'event-log');

/**
 * Refuses another event log than the one that `DATA_DIR` was begun with: what was published is in the one, and the
 * consumers' positions are places in it.
 * @throws ConfigurationError that says how to go on
 */
export async function assertSameEventLog({ DATA_DIR, EVENTS }: Environment): Promise<void> {
  const begun = await begunEventLog(DATA_DIR);
  // Folders of before there was a choice have no such file.
  const kept = begun ?? (existsSync(join(DATA_DIR, 'demo.json')) ? 'postgres' : EVENTS);
  if (kept === EVENTS) return;
  throw new ConfigurationError(
    `EVENTS: the data folder ${DATA_DIR} was begun with EVENTS=${kept}, where its events are: set EVENTS=${kept}, or DATA_DIR to another folder for a platform of its own.`,
  );
}

/** Keeps in `DATA_DIR` with which event log it is begun: from when that can be written to, and not before. */
export async function keepEventLog({ DATA_DIR, EVENTS }: Environment): Promise<void> {
  if (existsSync(fileOf(DATA_DIR))) return;
  await makeFolder(DATA_DIR);
  await writeFile(fileOf(DATA_DIR), `${EVENTS}\n`);
}

/** With which event log a data folder was begun, if it says so. */
export async function begunEventLog(dataDir: string): Promise<string | undefined> {
  const file = fileOf(dataDir);
  return existsSync(file) ? (await readFile(file, 'utf8')).trim() : undefined;
}
