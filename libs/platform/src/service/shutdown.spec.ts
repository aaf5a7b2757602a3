import { describe, expect, it } from '@jest/globals';
import { pino } from 'pino';
import { Shutdown } from './shutdown.js';

describe('a shutdown', () => {
  const logged: string[] = [];
  const logger = pino({ level: 'error' }, { write: (line: string) => logged.push(line) });

  it('ends what was started last first, and goes on past a step that fails or hangs', async () => {
    const ended: string[] = [];
    const shutdown = new Shutdown(logger);
    shutdown.add('database', 1000, () => Promise.resolve(void ended.push('database')));
    shutdown.add('services', 1000, () => Promise.reject(new Error('a service broke')));
    shutdown.add('edge', 20, () => new Promise(() => undefined));
    shutdown.add('pages', 1000, () => Promise.resolve(void ended.push('pages')));
    await shutdown.run();
    expect(ended).toEqual(['pages', 'database']);
    expect(logged.join('')).toMatch(/edge[^]*not ended within 20 ms|not ended within 20 ms[^]*edge/);
    expect(logged.join('')).toContain('a service broke');
  });

  it('run again ends nothing twice', async () => {
    let times = 0;
    const shutdown = new Shutdown(logger);
    shutdown.add('once', 1000, () => Promise.resolve(void times++));
    await shutdown.run();
    await shutdown.run();
    expect(times).toBe(1);
  });
});
