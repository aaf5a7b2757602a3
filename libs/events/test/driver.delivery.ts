import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from '@jest/globals';
import pg from 'pg';
import { eventually, testServerUrl } from '#platform/testing';
import { expectOrder, ids, type LogBed, nothing, WAIT } from './log-bed.js';

/** What is written arrives: in order, once committed, and an effect once. */
export function delivery(log: LogBed): void {
  it('delivers what was written, in the order of each key, to the projection and the effect', async () => {
    const service = await log.start({ onEffect: nothing });
    const keys = ids(12);
    for (let round = 0; round < 8; round++) {
      await Promise.all(keys.map((id) => service.write(id, `round ${round}`)));
    }
    await eventually(async () => (await service.handled('effect')).length === 96, WAIT);
    await eventually(async () => (await service.handled('projection')).length === 96, WAIT);
    expectOrder(await service.handled('projection'));
    expectOrder(await service.handled('effect'));
    expect(await service.view()).toEqual(await service.items());
  });

  it('shows nothing before the commit and nothing after a rollback', async () => {
    const service = await log.start();
    const [kept = '', dropped = '', later = ''] = ids(3);
    const runner = service.dataSource.createQueryRunner();
    await runner.startTransaction();
    await service.writeIn(runner.manager, kept, 'not yet');
    await expect(
      service.outbox.transaction(async (tx) => {
        await service.writeIn(tx, dropped, 'never');
        throw new Error('refused');
      }),
    ).rejects.toThrow('refused');
    await service.write(later, 'now');
    await eventually(async () => (await service.view()).length === 1, WAIT);
    await sleep(200);
    expect((await service.view()).map(({ id }) => id)).toEqual([later]);
    await runner.commitTransaction();
    await runner.release();
    await eventually(async () => (await service.view()).length === 2, WAIT);
    expect((await service.view()).map(({ id }) => id).sort()).toEqual([kept, later].sort());
  });

  it('does not lose a row that is committed after younger ones have been published', async () => {
    const service = await log.start();
    const [late = '', ...others] = ids(21);
    const runner = service.dataSource.createQueryRunner();
    await runner.startTransaction();
    await service.writeIn(runner.manager, late, 'late');
    for (const id of others) await service.write(id, 'early');
    await eventually(async () => (await service.view()).length === 20, WAIT);
    await runner.commitTransaction();
    await runner.release();
    await eventually(async () => (await service.view()).length === 21, WAIT);
  });

  it('does not stall while a transaction elsewhere stays open', async () => {
    const elsewhere = new pg.Client({ connectionString: await testServerUrl() });
    await elsewhere.connect();
    await elsewhere.query('BEGIN; CREATE TEMP TABLE open_work (x int); INSERT INTO open_work VALUES (1)');
    const inLog = await log.harness.longTransaction?.();
    const service = await log.start();
    const here = service.dataSource.createQueryRunner();
    await here.startTransaction('REPEATABLE READ');
    await here.query(`INSERT INTO item VALUES ('${randomUUID()}', 1, 'of an open transaction')`);
    for (const id of ids(10)) await service.write(id, 'goes on');
    await eventually(async () => (await service.view()).length === 10, { timeoutMs: 5_000 });
    await here.rollbackTransaction();
    await here.release();
    await inLog?.();
    await elsewhere.end();
  });

  it('does an effect once although the same events are delivered and published again', async () => {
    let failures = 2;
    const service = await log.start({
      onEffect: async (events, tx) => {
        await tx.query('SELECT 1');
        if (failures-- > 0) throw Object.assign(new Error('mail server away'), { code: 'ECONNREFUSED' });
      },
    });
    const driver = await log.newDriver();
    const records = ids(5).map((id) => log.outgoing({ id, version: 1, label: 'x' }));
    await driver.publish(records);
    await driver.publish([...records, ...records.slice(0, 2)]);
    await service.settled();
    await eventually(async () => (await service.handled('effect')).length === 5, WAIT);
    const mailed = await service.handled('effect');
    expect(new Set(mailed.map((row) => row.event_id)).size).toBe(5);
    expect(await service.deadLetters.count()).toBe(0);
    expect(failures).toBeLessThan(0);
  });

  it('is not held up by one slow partition', async () => {
    const slow = log.keyIn(0);
    let release: () => void = () => {};
    const held = new Promise<void>((resolve) => (release = resolve));
    const service = await log.start({
      onProjection: async (events) => {
        if (events.some(({ key }) => key === slow)) await held;
      },
    });
    await service.write(slow, 'slow');
    const quick = [log.keyIn(1), log.keyIn(2)];
    for (let round = 1; round <= 3; round++) {
      for (const id of quick) await service.write(id, `round ${round}`);
      await eventually(async () => (await service.view()).every((row) => row.version === round), WAIT);
    }
    release();
    await eventually(async () => (await service.view()).length === 3, WAIT);
  });
}
