import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from '@jest/globals';
import type { HandledRow, ItemInstance } from './item-service.js';
import { uuidOf } from './items.js';

const KEYS = 40;
const WRITERS = 4;

/** Four writers that write versions of 40 items until they are stopped. */
export class ItemWriters {
  /** Writes that were accepted so far. */
  accepted = 0;
  private writing = true;
  private readonly done: Promise<unknown>;

  constructor(
    private readonly service: ItemInstance,
    random: () => number,
    longestPauseMs = 25,
  ) {
    const keys = Array.from({ length: KEYS }, () => uuidOf(random));
    this.done = Promise.all(
      Array.from({ length: WRITERS }, async (_, writer) => {
        while (this.writing) {
          await service.write(keys[Math.floor(random() * KEYS)] ?? '', `by ${writer}`);
          this.accepted++;
          await sleep(random() * longestPauseMs);
        }
      }),
    );
    this.done.catch(() => undefined); // told by `stop`
  }

  /** Ends them. Rejects when a write was refused; resolves with the number of events that were written. */
  async stop(): Promise<number> {
    this.writing = false;
    await this.done;
    const items = await this.service.items();
    return items.reduce((sum, { version }) => sum + version, 0);
  }
}

/** Each event once, and per key in the order of its versions, without a gap. */
export function expectExactlyOnce(rows: readonly HandledRow[], count: number): void {
  expect(new Set(rows.map((row) => row.event_id)).size).toBe(rows.length);
  expect(rows.length).toBe(count);
  const last = new Map<string, number>();
  for (const { key, version } of rows) {
    expect([key, version]).toEqual([key, (last.get(key) ?? 0) + 1]);
    last.set(key, version ?? 0);
  }
}
