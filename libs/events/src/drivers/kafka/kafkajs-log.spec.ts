import { beforeEach, describe, expect, it } from '@jest/globals';
import kafkajs from 'kafkajs';
import { kafkajsLog } from './kafkajs-log.js';

describe('What kafkajs logs', () => {
  const told: [level: string, context: object, message: string][] = [];
  const tell = (level: string) => (context: object, message: string) => told.push([level, context, message]);
  let time = 0;
  const creator = kafkajsLog(
    { debug: tell('debug'), info: tell('info'), warn: tell('warn'), error: tell('error') },
    () => time,
  );
  const log = creator(kafkajs.logLevel.WARN);
  const say = (level: keyof typeof kafkajs.logLevel, message: string, more: object = {}): void =>
    log({
      ...{ level: kafkajs.logLevel[level], namespace: 'Connection', label: level },
      log: { ...{ timestamp: '', logger: 'kafkajs', message }, ...more },
    });
  beforeEach(() => void (told.length = 0));

  // As kafkajs 2.2.4 says them while a cluster starts for the first time.
  it.each([
    ['Response Metadata(key: 3, version: 6)', 'This server does not host this topic-partition'],
    ['Response Heartbeat(key: 12, version: 3)', 'The group is rebalancing, so a rejoin is needed'],
    ['Response GroupCoordinator(key: 10, version: 2)', 'The group coordinator is not available'],
    [
      'Failed to connect to seed broker, trying another broker from the list: connect ECONNREFUSED',
      undefined,
    ],
    ['Failed to send messages: There is no leader for this topic-partition', undefined],
    ['Crash: KafkaJSProtocolError: The coordinator is loading', undefined],
  ])('of its own retries is for who looks closely: %s', (message, error) => {
    say('ERROR', message, { error, broker: '127.0.0.1:9092' });
    expect(told).toEqual([
      ['debug', expect.objectContaining({ kafkajs: 'Connection', cause: error }), message],
    ]);
  });

  it.each([
    'SASL SCRAM SHA256 authentication failed: Authentication failed during authentication due to invalid credentials',
    'Connection error: self-signed certificate',
    'Topic authorization failed',
    'The coordinator is not aware of this member, re-joining the group',
  ])('as an error otherwise is a warning: %s', (message) => {
    say('ERROR', message);
    expect(told).toEqual([['warn', expect.anything(), message]]);
  });

  it('with every try of every client while a broker is away is told once, and again in the next outage', () => {
    const message = 'Connection error: connect ECONNREFUSED 127.0.0.1:9092';
    const clients = [log, creator(kafkajs.logLevel.WARN)];
    const outage = (): void => {
      for (let tries = 0; tries < 40; tries++, time += 5_000)
        for (const say of clients)
          say({
            ...{ level: kafkajs.logLevel.ERROR, namespace: 'Connection', label: 'ERROR' },
            log: { timestamp: '', logger: 'kafkajs', message, broker: '127.0.0.1:9092' },
          });
    };
    const warnings = (): number => told.filter(([level]) => level === 'warn').length;
    outage();
    expect([warnings(), told.length]).toEqual([1, 80]);
    say('ERROR', message, { broker: '127.0.0.1:9093' });
    expect(warnings()).toBe(2);
    time += 60_000;
    outage();
    expect(warnings()).toBe(3);
  });

  it('as a warning is information', () => {
    say('WARN', 'The group is rebalancing, re-joining', { groupId: 'matching' });
    expect(told).toEqual([['info', expect.objectContaining({ group: 'matching' }), expect.any(String)]]);
  });
});
