import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it, jest } from '@jest/globals';
import { startEmbeddedPostgres } from '#embedded-postgres';
import { PostgresLogDriver } from '#events';
import { eventually } from '#platform/testing';
import { ItemInstance, migrateItems, silent } from './item-service.js';
import { itemTopic, randomOf, uuidOf } from './items.js';

const CRASHES = 5;

describe('PostgreSQL that is killed -9 and started again under load', () => {
  it('loses no acknowledged write, buries nothing, and every event takes effect once', async () => {
    const random = randomOf(jest.getSeed());
    const dataDir = mkdtempSync(join(tmpdir(), 'noi-viec-crash-'));
    chmodSync(dataDir, 0o711);
    const postgres = await startEmbeddedPostgres({ dataDir });
    const url = await postgres.ensureDatabase('items', 'items');
    await migrateItems(url);
    const logUrl = await postgres.ensureDatabase('event_log', 'event_log');
    const driver = new PostgresLogDriver({ url: logUrl, logger: silent, leaseMs: 2_000 });
    await driver.start();
    const topic = itemTopic(6);
    const onEffect = (): Promise<void> => Promise.resolve();
    const service = await ItemInstance.start(url, { driver, topic, onEffect });
    try {
      const keys = Array.from({ length: 20 }, () => uuidOf(random));
      const acknowledged = new Map<string, number>();
      let writing = true;
      const writers = keys.map(async (id) => {
        while (writing) {
          try {
            await service.write(id, 'x');
            acknowledged.set(id, (acknowledged.get(id) ?? 0) + 1);
          } catch {
            await sleep(50);
          }
          await sleep(random() * 20);
        }
      });
      for (let crash = 0; crash < CRASHES; crash++) {
        await sleep(500 + random() * 1_500);
        const pid = readFileSync(join(dataDir, 'postgres', 'cluster', 'postmaster.pid'), 'utf8');
        process.kill(Number.parseInt(pid, 10), 'SIGKILL');
        await sleep(200);
        await eventually(() => service.dataSource.query('SELECT 1'), { timeoutMs: 30_000 });
      }
      await sleep(500);
      writing = false;
      await Promise.all(writers);
      await service.settled(60_000);
      const items = await service.items();
      for (const { id, version } of items) expect(version).toBeGreaterThanOrEqual(acknowledged.get(id) ?? 0);
      const count = items.reduce((sum, { version }) => sum + version, 0);
      const effects = await service.handled('effect');
      expect(new Set(effects.map((row) => row.event_id)).size).toBe(effects.length);
      expect(effects.length).toBe(count);
      expect(await service.view()).toEqual(items);
      expect(await service.deadLetters.count()).toBe(0);
      console.log(`${CRASHES} crashes of PostgreSQL, ${count} events: each took effect once`);
    } finally {
      await service.stop();
      await driver.close();
      await postgres.stop();
      rmSync(dataDir, { recursive: true, force: true });
    }
  });
});
