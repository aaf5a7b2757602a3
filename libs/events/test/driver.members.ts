import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from '@jest/globals';
import pg from 'pg';
import { createTestDatabase, eventually, testServerUrl } from '#platform/testing';
import { expectOrder, ids, type LogBed, nothing, WAIT } from './log-bed.js';
import { migrateItems } from './item-service.js';

/** Members of a group, relays and connections come and go. */
export function members(log: LogBed): void {
  it('lets two consumers of a group share the work, and one take over what the other leaves', async () => {
    const one = await log.start({ onEffect: nothing });
    for (const id of ids(30)) await one.write(id, 'alone');
    await one.settled();
    const two = await log.start({ onEffect: nothing });
    await eventually(
      async () => {
        for (const id of ids(6)) await one.write(id, 'shared');
        await one.settled();
        const workers = new Set((await one.handled('effect')).slice(-6).map((row) => row.handler));
        return workers.size === 2;
      },
      { timeoutMs: 30_000 },
    );
    log.forget(two);
    await two.stop();
    for (const id of ids(30)) await one.write(id, 'alone again');
    await one.settled();
    const [mails, items] = [await one.handled('effect'), await one.items()];
    expect(mails.length).toBe(items.length);
    expect(new Set(mails.map((row) => row.event_id)).size).toBe(items.length);
    expect(await one.view()).toEqual(items);
  }, 60_000);

  it('gives the partitions of a member that died without a word to the others', async () => {
    const dying = await log.newDriver();
    const dead = await log.start({ driver: dying, onEffect: nothing, relay: false });
    const alive = await log.start({ onEffect: nothing });
    await eventually(
      async () => {
        for (const id of ids(6)) await alive.write(id, 'shared');
        await alive.settled();
        return new Set((await alive.handled('effect')).slice(-6).map((row) => row.handler)).size === 2;
      },
      { timeoutMs: 30_000 },
    );
    await log.harness.die(dying);
    log.forget(dead);
    for (const id of ids(30)) await alive.write(id, 'after the death');
    await alive.settled(log.harness.takeOverMs + 20_000);
    const mails = await alive.handled('effect');
    expect(mails.length).toBe((await alive.items()).length);
    expect(new Set(mails.map((row) => row.event_id)).size).toBe(mails.length);
    await dead.stop();
  }, 90_000);

  it('lets a new group read from the start', async () => {
    const first = await log.start();
    for (const id of ids(20)) await first.write(id, 'old');
    await first.settled();
    const other = await createTestDatabase('other');
    await migrateItems(other.url);
    const newcomer = await log.start({ service: `${log.group}-newcomer` }, other.url);
    await eventually(async () => (await newcomer.view()).length === 20, WAIT);
    expect(await newcomer.view()).toEqual(await first.items());
    await newcomer.stop();
    log.forget(newcomer);
    await other.drop();
  });

  it('passes the relay on to another instance when one ends, in order and without a double', async () => {
    const consumer = await log.start({ onEffect: nothing, relay: false });
    const [one, two] = [await log.start({ consume: false }), await log.start({ consume: false })];
    const keys = ids(6);
    for (let round = 0; round < 20; round++) {
      if (round === 10) {
        log.forget(one);
        await one.stop();
      }
      await Promise.all(keys.map((id, n) => (n % 2 && round < 10 ? one : two).write(id, `round ${round}`)));
    }
    await eventually(async () => (await consumer.handled('effect')).length === 120, WAIT);
    await sleep(200);
    const mails = await consumer.handled('effect');
    expect(mails.length).toBe(120);
    expectOrder(mails);
    expect((await two.relay.backlog()).events).toBe(0);
  });

  it('buries nothing and loses nothing when connections to the database and the log are cut under load', async () => {
    const service = await log.start({ onEffect: nothing });
    const admin = new pg.Client({ connectionString: await testServerUrl() });
    await admin.connect();
    const keys = ids(10);
    let accepted = 0;
    const end = Date.now() + 3_000;
    const writers = keys.map(async (id) => {
      while (Date.now() < end) {
        // A client that was cut off does not know whether its write was accepted; the database does.
        await service.write(id, `write ${accepted++}`).catch(() => sleep(20));
      }
    });
    for (let cut = 0; cut < 6; cut++) {
      await sleep(400);
      await admin.query('SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1', [
        log.database.name,
      ]);
      await log.harness.cutConnections?.();
    }
    await Promise.all(writers);
    await admin.end();
    const items = await eventually(() => service.items(), WAIT);
    const events = items.reduce((sum, { version }) => sum + version, 0);
    await eventually(async () => (await service.handled('effect')).length === events, WAIT);
    await service.settled();
    expect(events).toBeGreaterThan(50);
    expect(await service.deadLetters.count()).toBe(0);
    const mails = await service.handled('effect');
    expect(mails.length).toBe(events);
    expectOrder(mails);
    expect(await service.view()).toEqual(items);
  }, 60_000);
}
