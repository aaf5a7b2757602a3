import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { DataSource } from 'typeorm';
import { createDataSource, migrate } from '../database/data-source.js';
import { KeyRing } from '../keys/key-ring.js';
import { createTestDatabase, type TestDatabase } from '../testing/index.js';
import { createLogger } from '../observability/logger.js';
import { AuditLog } from './audit-log.js';
import { AuditTables1700000000002 } from './audit.migration.js';

describe('The audit trail', () => {
  let database: TestDatabase;
  let dataSource: DataSource;
  let audit: AuditLog;
  let keysDir: string;

  beforeAll(async () => {
    database = await createTestDatabase('audit');
    dataSource = createDataSource({
      url: database.url,
      service: 'audit',
      entities: [],
      migrations: [AuditTables1700000000002],
    });
    await dataSource.initialize();
    await migrate(dataSource);
    keysDir = await mkdtemp(join(tmpdir(), 'noi-viec-audit-'));
    audit = new AuditLog(dataSource, await KeyRing.open(keysDir), createLogger('silent'));
  });

  afterAll(async () => {
    await dataSource.destroy();
    await database.drop();
    await rm(keysDir, { recursive: true });
  });

  const viewed = (subject: string) => ({
    action: 'jobseeker.viewed',
    subject,
    actor: 'officer-1',
    actorRole: 'centreOfficer',
    details: { fields: ['phone'], at: new Date(), nothing: undefined },
  });

  it('tells what was done to whom, by whom, in order', async () => {
    await dataSource.transaction((tx) => audit.append(tx, [viewed('a'), viewed('b')]));
    await dataSource.transaction((tx) => audit.append(tx, [{ ...viewed('a'), reason: 'referral' }]));
    const entries = await audit.ofSubject('a');
    expect(entries.map(({ seq, actor, reason }) => [seq, actor, reason])).toEqual([
      [1, 'officer-1', null],
      [3, 'officer-1', 'referral'],
    ]);
    expect(await audit.verify()).toEqual({ entries: 3, intact: true });
  });

  it('knows nothing of what was rolled back, and loses nothing of what happened at the same time', async () => {
    const failing = dataSource.transaction(async (tx) => {
      await audit.append(tx, [viewed('c')]);
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    await Promise.all(
      Array.from({ length: 8 }, (_, i) =>
        dataSource.transaction((tx) => audit.append(tx, [viewed(`d${i}`), viewed(`e${i}`)])),
      ),
    );
    expect(await audit.ofSubject('c')).toEqual([]);
    expect(await audit.verify()).toEqual({ entries: 19, intact: true });
  });

  it('refuses changes, removals and emptying', async () => {
    for (const statement of [
      `UPDATE audit_entries SET actor = 'nobody' WHERE seq = 2`,
      'DELETE FROM audit_entries WHERE seq = 2',
      'TRUNCATE audit_entries',
    ]) {
      await expect(dataSource.query(statement)).rejects.toThrow('append-only');
    }
  });

  it('shows what was changed, removed or cut off behind its back', async () => {
    await dataSource.query('ALTER TABLE audit_entries DISABLE TRIGGER audit_entries_append_only');
    await dataSource.query(`UPDATE audit_entries SET actor = 'nobody' WHERE seq = 2`);
    expect(await audit.verify()).toEqual({ entries: 2, intact: false, brokenAt: 2 });
    await dataSource.query(`UPDATE audit_entries SET actor = 'officer-1' WHERE seq = 2`);
    await dataSource.query('DELETE FROM audit_entries WHERE seq = 19');
    expect(await audit.verify()).toEqual({ entries: 18, intact: false, brokenAt: 19 });
    await dataSource.query('DELETE FROM audit_entries WHERE seq = 7');
    expect(await audit.verify()).toEqual({ entries: 7, intact: false, brokenAt: 7 });
  });
});
