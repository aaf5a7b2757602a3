import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { assertDriversExist, readEnvironment } from './environment.js';
import { kafkaConnection } from './kafka-settings.js';

const settings = (given: Record<string, string>) => readEnvironment({ EVENTS: 'kafka', ...given });
const BROKERS = { KAFKA_BROKERS: 'one:9092, two:9093' };
const USER = { KAFKA_SASL_USERNAME: 'noiviec', KAFKA_SASL_PASSWORD: 'secret' };
const PEM = '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----';
const TLS = { KAFKA_SSL: 'true' };

describe('The settings for Kafka', () => {
  it.each<[string, Record<string, string>, string]>([
    ['no brokers', {}, 'KAFKA_BROKERS: EVENTS=kafka needs it'],
    ['a broker without its port', { KAFKA_BROKERS: 'one:9092,two' }, '"two" is not host:port'],
    ['a URL for a broker', { KAFKA_BROKERS: 'kafka://one:9092' }, 'is not host:port'],
    ['an authority without TLS', { ...BROKERS, KAFKA_SSL_CA: PEM }, 'KAFKA_SSL_CA: is for KAFKA_SSL=true'],
    ['a path for a text', { ...BROKERS, ...TLS, KAFKA_SSL_CA: '/ca.pem' }, 'set KAFKA_SSL_CA_FILE'],
    ['a certificate without its key', { ...BROKERS, ...TLS, KAFKA_SSL_CERT: PEM }, 'give both or neither'],
    ['a user without a mechanism', { ...BROKERS, ...USER }, 'KAFKA_SASL_MECHANISM: set it to plain'],
    [
      'a mechanism without a user',
      { ...BROKERS, KAFKA_SASL_MECHANISM: 'scram-sha-512' },
      'KAFKA_SASL_USERNAME: KAFKA_SASL_MECHANISM=scram-sha-512 needs it. KAFKA_SASL_PASSWORD: ',
    ],
    [
      'a password in clear text',
      { ...BROKERS, ...USER, KAFKA_SASL_MECHANISM: 'plain' },
      'plain sends the password in clear text',
    ],
  ])('refuse %s, and say what to do', (_, given, sentence) => {
    expect(() => assertDriversExist(settings(given))).toThrow(sentence);
  });

  it('say all that is wrong at once', () => {
    const wrong = settings({ KAFKA_SSL_CA: PEM, ...USER });
    expect(() => assertDriversExist(wrong)).toThrow(/KAFKA_BROKERS.*KAFKA_SSL_CA.*KAFKA_SASL_MECHANISM/);
  });

  it('are not looked at for another event log', () => {
    expect(() => assertDriversExist(readEnvironment({ ...USER }))).not.toThrow();
  });

  it('become a connection, with what the files hold', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'kafka-settings-'));
    const [ca, password] = [join(folder, 'ca.pem'), join(folder, 'password')];
    await writeFile(ca, `${PEM}\n`);
    await writeFile(password, 'secret\n');
    const secure = {
      ...{ ...TLS, KAFKA_SSL_CA_FILE: ca, KAFKA_SASL_MECHANISM: 'plain' },
      ...{ KAFKA_SASL_USERNAME: 'noiviec', KAFKA_SASL_PASSWORD_FILE: password },
    };
    expect(kafkaConnection(settings({ ...BROKERS, ...secure }))).toEqual({
      brokers: ['one:9092', 'two:9093'],
      tls: { ca: PEM },
      sasl: { mechanism: 'plain', username: 'noiviec', password: 'secret' },
    });
    expect(kafkaConnection(settings(BROKERS))).toEqual({ brokers: ['one:9092', 'two:9093'] });
    expect(kafkaConnection(settings({ ...BROKERS, ...TLS }))).toMatchObject({ tls: {} });
    await rm(folder, { recursive: true });
  });
});
