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

  it('is listed newest first, by actor, subject, action and time', async () => {
    const newest = await audit.list({}, 2);
    expect(newest.map(({ seq }) => seq)).toEqual([19, 18]);
    expect((await audit.list({}, 2, 18)).map(({ seq }) => seq)).toEqual([17, 16]);
    expect((await audit.list({ subject: 'a', actor: 'officer-1' }, 10)).map(({ seq }) => seq)).toEqual([
      3, 1,
    ]);
    expect(await audit.count({ action: 'jobseeker.viewed' })).toBe(19);
    expect(await audit.count({ actor: 'nobody' })).toBe(0);
    expect(await audit.count({ to: newest[0]?.at, from: '2020-01-01' })).toBeLessThan(19);
    expect(await audit.count({ from: '2999-01-01' })).toBe(0);
  });

  it('finds a cut-off end, head included, by a head that was noted earlier', async () => {
    const [row] = await dataSource.query<{ mac: Buffer }[]>('SELECT mac FROM audit_entries WHERE seq = 19');
    const anchor = { seq: 19, mac: row?.mac.toString('hex') ?? '' };
    expect(await audit.verify(anchor)).toEqual({ entries: 19, intact: true });
    expect(await audit.verify({ seq: 19, mac: '0'.repeat(64) })).toMatchObject({
      intact: false,
      brokenAt: 19,
    });
    expect(await audit.verify({ ...anchor, seq: 20 })).toMatchObject({ intact: false, brokenAt: 20 });
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
