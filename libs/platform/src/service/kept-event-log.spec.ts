import { afterEach, describe, expect, it } from '@jest/globals';
import type { EventLogDriver } from '#events';
import { Metrics } from '../observability/metrics.js';
import { eventually } from '../testing/eventually.js';
import { readiness } from './admin-server.js';
import { KeptEventLog } from './kept-event-log.js';

describe('A process without its event log', () => {
  let kept: KeptEventLog | undefined;
  const told: string[] = [];
  const logger = {
    info: (text: string) => told.push(text),
    error: (_: object, text: string) => told.push(text),
  } as unknown as Parameters<typeof KeptEventLog.start>[1];
  const up = async (metrics: Metrics): Promise<string | undefined> =>
    /^event_log_up\{log="kafka"\} (\d)$/m.exec(await metrics.text())?.[1];
  const logOf = (log: Partial<EventLogDriver>): EventLogDriver =>
    ({
      name: 'kafka',
      start: () => Promise.resolve(),
      close: () => Promise.resolve(),
      ...log,
    }) as EventLogDriver;

  afterEach(async () => {
    await kept?.close();
    told.length = 0;
  });

  it('starts, is ready and names the cause; the log is started when it is there', async () => {
    let away = true;
    const log = logOf({
      start: () => (away ? Promise.reject(new Error('Kafka cannot be used')) : Promise.resolve()),
      check: () => Promise.resolve(),
    });
    const metrics = new Metrics();
    const starting = KeptEventLog.start(log, logger, metrics);
    await eventually(() => told.length > 0);
    away = false;
    kept = await starting;
    expect(told[0]).toBe(
      'the event log cannot be used yet, events wait in the outboxes: Kafka cannot be used',
    );
    expect(await readiness({ events: kept.check }, true)).toEqual({
      ready: true,
      dependencies: { events: 'up' },
    });
    expect(await up(metrics)).toBe('1');
  });

  it('does not wait for a log that says nothing', async () => {
    const metrics = new Metrics();
    kept = await KeptEventLog.start(logOf({ start: () => new Promise(() => undefined) }), logger, metrics);
    expect(await readiness({ events: kept.check }, true)).toEqual({
      ready: true,
      dependencies: { events: 'not started' },
    });
    expect(await up(metrics)).toBe('0');
  }, 15_000);

  it('is ready while the log is away or a consumer does not get on, or the answer takes too long', async () => {
    let answer: () => Promise<void> = () => Promise.reject(new Error('group matching does not consume'));
    const metrics = new Metrics();
    kept = await KeptEventLog.start(logOf({ check: () => answer() }), logger, metrics);
    const ready = () => readiness({ events: kept!.check }, true);
    expect(await ready()).toEqual({
      ready: true,
      dependencies: { events: 'group matching does not consume' },
    });
    expect(await up(metrics)).toBe('0');
    answer = () => new Promise(() => undefined);
    expect(await ready()).toEqual({ ready: true, dependencies: { events: 'no answer within 2000 ms' } });
    answer = () => Promise.resolve();
    expect(await ready()).toEqual({ ready: true, dependencies: { events: 'up' } });
    expect(await up(metrics)).toBe('1');
  });

  it('has no such figure where there is no log, as in the edge', async () => {
    expect(await up(new Metrics())).toBeUndefined();
  });
});
