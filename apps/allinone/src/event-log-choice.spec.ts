import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { readEnvironment } from '#platform';
import { assertSameEventLog, keepEventLog } from './event-log-choice.js';

describe('A data folder', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(process.env['NOIVIEC_TEST_RUN_DIR'] ?? tmpdir(), 'event-log-'));
  });
  afterEach(() => rm(folder, { recursive: true }));
  const start = async (events: string): Promise<void> => {
    const environment = readEnvironment({ DATA_DIR: folder, EVENTS: events, KAFKA_BROKERS: '127.0.0.1:1' });
    await assertSameEventLog(environment);
    await keepEventLog(environment);
  };

  it('goes on with the event log that it was begun with, and with no other', async () => {
    await start('kafka');
    await start('kafka');
    await expect(start('postgres')).rejects.toThrow(/begun with EVENTS=kafka.*set EVENTS=kafka, or DATA_DIR/);
  });

  it('of before there was a choice has its events in PostgreSQL', async () => {
    await writeFile(join(folder, 'demo.json'), '{}');
    await expect(start('kafka')).rejects.toThrow('EVENTS=postgres');
    await start('postgres');
  });
});
