import { describe } from '@jest/globals';
import { compaction } from './driver.compaction.js';
import { deadLetters } from './driver.dead-letters.js';
import { delivery } from './driver.delivery.js';
import { members } from './driver.members.js';
import { LogBed, type LogHarness } from './log-bed.js';

export type { LogHarness };

/** Every promise that the platform makes about its event log, over any driver. */
export function describeDriver(name: string, makeHarness: () => Promise<LogHarness>): void {
  describe(`The event log on ${name}`, () => {
    const log = new LogBed(makeHarness);
    delivery(log);
    members(log);
    deadLetters(log);
    compaction(log);
  });
}
