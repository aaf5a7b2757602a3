import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from '@jest/globals';
import { createTestDatabase, eventually } from '#platform/testing';
import { ids, type LogBed, nothing, WAIT } from './log-bed.js';
import { migrateItems } from './item-service.js';

/** The log keeps the last state of each key, and a read model is made of that. */
export function compaction(log: LogBed): void {
  it('keeps the last state of each key when compacted, and a new group reads just that', async () => {
    const service = await log.start();
    const keys = ids(10);
    for (let round = 1; round <= 5; round++) {
      for (const id of keys) await service.write(id, `round ${round}`);
    }
    await service.settled();
    await log.harness.compact(log.topic.name);
    const read = await log.records();
    for (const id of keys) {
      const own = read.filter((record) => record.key === id);
      expect(JSON.parse(own.at(-1)?.value ?? '')).toEqual({ id, version: 5, label: 'round 5' });
    }
    expect(read.length).toBeLessThan(50);
    await service.write(keys[0] ?? '', 'goes on');
    await service.settled();
    expect(await service.view()).toEqual(await service.items());
  }, 120_000);

  it('erases by a tombstone, also for who comes later, and no replay brings the erased back', async () => {
    let broken = true;
    const service = await log.start({
      onProjection: async (events) => {
        await sleep(0);
        if (broken && events.some((event) => event.state?.label === 'poison')) throw new Error('poison');
      },
    });
    const [erased = '', kept = ''] = ids(2);
    await service.write(erased, 'to be erased');
    await service.write(erased, 'poison');
    await service.write(kept, 'kept');
    await service.settled();
    const [letter] = await service.deadLetters.list();
    await service.write(erased, null);
    await eventually(async () => (await service.view()).length === 1, WAIT);
    await service.settled();
    broken = false;
    expect(await service.runtime.replay(letter?.id ?? '')).toBe(false);
    await log.harness.compact(log.topic.name);
    const left = (await log.records()).filter((record) => record.key === erased);
    expect(left.every((record) => record.value === null)).toBe(true);
    const other = await createTestDatabase('other');
    await migrateItems(other.url);
    const newcomer = await log.start({ service: `${log.group}-newcomer` }, other.url);
    await newcomer.settled();
    expect(await newcomer.view()).toEqual([{ id: kept, version: 1, label: 'kept' }]);
    await newcomer.stop();
    log.forget(newcomer);
    await other.drop();
  }, 120_000);

  it('rebuilds beside the live projection without effects, and loses nothing while writes go on', async () => {
    const service = await log.start({ onEffect: nothing });
    const { dataSource } = service;
    const keys = ids(40);
    for (const id of keys) await service.write(id, 'before');
    await service.settled();
    // What the live tables have lost, the log gives back.
    await dataSource.query('DELETE FROM item_view WHERE id = ANY($1)', [keys.slice(0, 20)]);
    let writing = true;
    const writer = (async () => {
      for (let n = 0; writing; n++) {
        await service.write(n % 3 === 0 ? randomUUID() : (keys[n % 40] ?? ''), `write ${n}`);
      }
    })();
    const remaining: number[] = [];
    const report = await service.runtime.rebuild({
      schema: 'rebuilt',
      prepare: async () => {
        await dataSource.query(
          'DROP SCHEMA IF EXISTS rebuilt CASCADE; CREATE SCHEMA rebuilt; CREATE TABLE rebuilt.item_view (LIKE item_view INCLUDING ALL)',
        );
      },
      swap: async (tx) => {
        await tx.query(
          'DROP TABLE public.item_view; ALTER TABLE rebuilt.item_view SET SCHEMA public; DROP SCHEMA rebuilt',
        );
      },
      progress: (left) => remaining.push(left),
    });
    await sleep(200);
    writing = false;
    await writer;
    expect(report.events).toBeGreaterThanOrEqual(40);
    expect(remaining.at(-1)).toBe(0);
    await eventually(async () => {
      await service.settled();
      const [events] = await dataSource.query<{ n: number }[]>(
        'SELECT coalesce(sum(version), 0)::int AS n FROM item',
      );
      expect((await service.handled('effect')).length).toBe(events?.n);
      return true;
    }, WAIT);
    expect(await service.view()).toEqual(await service.items());
    const effects = await service.handled('effect');
    expect(new Set(effects.map((row) => row.event_id)).size).toBe(effects.length);
    const groups = await dataSource.query<{ group_id: string }[]>(
      'SELECT DISTINCT group_id FROM consumer_position ORDER BY 1',
    );
    expect(groups.map((row) => row.group_id)).toEqual([log.group, `${log.group}.effects`]);
  }, 60_000);
}
