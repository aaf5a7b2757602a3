import { describe, expect, it } from '@jest/globals';
import { composeFaults } from './lib/compose-faults.mjs';

const logging = { options: { 'max-size': '10m', 'max-file': '5' } };
const on = (...names: string[]) => ({
  logging,
  networks: Object.fromEntries(names.map((name) => [name, null])),
});
const door = {
  ...on('front'),
  ports: [{ published: '80' }],
  environment: { A_URL: 'http://service:8080/a' },
};
const service = { ...on('front', 'back'), environment: { BROKERS: 'kafka:9092,kafka-2:9092' } };
const test = ['CMD', 'env', 'KAFKA_HEAP_OPTS=-Xmx64m', '/opt/kafka/bin/versions.sh'];
const kafka = { ...on('back'), healthcheck: { test, interval: '1m0s' } };
const all = { door, service, kafka, 'kafka-2': kafka };

describe('a compose file', () => {
  it('lets the door reach services, and services what holds the data', () => {
    expect(composeFaults({ services: all })).toEqual([]);
  });

  it('does not put the door beside what holds the data', () => {
    expect(composeFaults({ services: { ...all, door: { ...door, ...on('front', 'back') } } })).toEqual([
      'door, which the outside world reaches, is on a network of kafka',
      'door, which the outside world reaches, is on a network of kafka-2',
    ]);
  });

  it('does not tell an address that cannot be reached', () => {
    expect(composeFaults({ services: { ...all, service: { ...service, ...on('front') } } })).toEqual([
      'service is told BROKERS=…kafka:9092…, which is on none of its networks',
      'service is told BROKERS=…kafka-2:9092…, which is on none of its networks',
    ]);
  });

  it('limits what is kept of logs', () => {
    const chatty = { ...service, logging: { options: { 'max-size': '10m' } } };
    expect(
      composeFaults({ services: { ...all, service: chatty, door: { ...door, logging: undefined } } }),
    ).toEqual(['what door says is kept without a limit', 'what service says is kept without a limit']);
  });

  it('asks a broker for its health seldom, and with a heap of its own', () => {
    const healthcheck = { test: ['CMD', '/opt/kafka/bin/versions.sh'], interval: '5s' };
    expect(composeFaults({ services: { ...all, kafka: { ...kafka, healthcheck } } })).toEqual([
      'kafka is asked for its health with the heap of a broker',
      'kafka is asked for its health more often than every 30 s',
    ]);
  });
});
