import { EventEmitter } from 'node:events';
import { describe, expect, it } from '@jest/globals';
import { whenStopped } from './when-stopped.js';

/** Of a container the first process: signals that it does not handle do nothing. */
class FirstProcess extends EventEmitter {
  readonly pid = 1;
  readonly did: string[] = [];
  readonly kill = (pid: number, signal: string): void => void this.did.push(`kill ${pid} ${signal}`);
  readonly exit = (code: number): void => void this.did.push(`exit ${code}`);
}

describe('A command that is stopped', () => {
  it.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ])('by %s says so and ends, in a container too', (signal, code) => {
    const own = new FirstProcess();
    whenStopped(() => own.did.push('say'), own as unknown as NodeJS.Process);
    own.emit(signal, signal);
    expect(own.did).toEqual(['say', `kill 1 ${signal}`, `exit ${code}`]);
    expect(own.eventNames()).toEqual([]);
  });

  it('says nothing once that was taken back', () => {
    const own = new FirstProcess();
    whenStopped(() => own.did.push('say'), own as unknown as NodeJS.Process)();
    expect(own.eventNames()).toEqual([]);
  });
});
