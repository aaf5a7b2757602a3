import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from '@jest/globals';
import { ids, type LogBed, nothing } from './log-bed.js';

/** What cannot be handled is put aside and holds up nothing. */
export function deadLetters(log: LogBed): void {
  it('puts a message that cannot be handled into the dead letters, goes on, and replays it later', async () => {
    let broken = true;
    const batches: number[] = [];
    const service = await log.start({
      consume: false,
      onProjection: async (events) => {
        batches.push(events.length);
        await sleep(0);
        if (broken && events.some((event) => event.state?.label === 'poison')) {
          throw new TypeError('cannot read the label');
        }
      },
    });
    const all = Array.from({ length: 40 }, () => log.keyIn(1));
    for (const [n, id] of all.entries()) await service.write(id, n === 17 ? 'poison' : 'wholesome');
    await service.runtime.start();
    await service.settled();
    expect((await service.view()).length).toBe(39);
    expect(await service.deadLetters.count()).toBe(1);
    const [letter] = await service.deadLetters.list();
    expect(letter).toMatchObject({
      group: log.group,
      topic: log.topic.name,
      partition: 1,
      key: all[17],
      cause: 'TypeError: cannot read the label',
    });
    expect(letter?.offset).toBeGreaterThanOrEqual(17);
    expect(batches.length).toBeLessThan(40);
    await expect(service.runtime.replay(letter?.id ?? '')).rejects.toThrow('cannot read the label');
    broken = false;
    expect(await service.runtime.replay(letter?.id ?? '')).toBe(true);
    expect(await service.runtime.replay(letter?.id ?? '')).toBe(false);
    expect(await service.view()).toEqual(await service.items());
    expect(await service.deadLetters.count()).toBe(0);
  });

  it('keeps a poison effect from holding up the projections', async () => {
    const service = await log.start({
      onEffect: async (events) => {
        await sleep(0);
        if (events.some((event) => event.state?.label === 'poison')) throw new Error('cannot mail');
      },
    });
    for (const [n, id] of ids(9).entries()) await service.write(id, n === 4 ? 'poison' : 'wholesome');
    await service.settled();
    expect((await service.view()).length).toBe(9);
    expect((await service.handled('effect')).length).toBe(8);
    const letters = await service.deadLetters.list();
    expect(letters.map((letter) => letter.group)).toEqual([`${log.group}.effects`]);
  });

  it('puts malformed events into the dead letters with what is wrong, and the rest flows', async () => {
    const service = await log.start({ onEffect: nothing });
    const driver = await log.newDriver();
    const key = (): string => log.keyIn(0);
    const state = (id: string, more: object = {}): string =>
      JSON.stringify({ id, version: 1, label: 'x', ...more });
    const [a, b, c, d, e, f] = [key(), key(), key(), key(), key(), key()];
    await driver.publish([
      log.raw(key(), 'no JSON'),
      log.raw(a, state(a, { version: 0 })),
      log.raw(b, state(randomUUID())),
      log.raw(c, state(c), { ce_id: 'no-uuid' }),
      log.raw(d, state(d), { ce_type: 'vn.other.thing.made.v1' }),
      log.raw(e, state(e), { ce_specversion: '0.3' }),
      log.raw(f, state(f), { ce_type: `vn.${log.topic.name}.come-later.v1` }),
      log.outgoing({ id: key(), version: 1, label: 'good' }),
    ]);
    await service.settled();
    const causes = (await service.deadLetters.list('0', 100))
      .filter((letter) => letter.group === log.group)
      .map(({ cause }) => cause);
    expect(causes).toEqual([
      expect.stringContaining('not JSON'),
      expect.stringContaining('version'),
      expect.stringContaining('is not the key'),
      expect.stringContaining('not a UUID'),
      expect.stringContaining('is no event of'),
      expect.stringContaining('0.3 is not 1.0'),
    ]);
    expect((await service.view()).map(({ label }) => label).sort()).toEqual(['good', 'x']);
    expect(await service.deadLetters.count()).toBe(12);
  });
}
