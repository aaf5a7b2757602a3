import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { assertDriversExist, readEnvironment } from './environment.js';
import { kafkaConnection } from './kafka-settings.js';

const settings = (given: Record<string, string>) => readEnvironment({ EVENTS: 'kafka', ...given });
const BROKERS = { KAFKA_BROKERS: 'one:9092, two:9093' };
const USER = { KAFKA_SASL_USERNAME: 'noiviec', KAFKA_SASL_PASSWORD: 'secret' };

describe('The settings for Kafka', () => {
  it.each<[string, Record<string, string>, string]>([
    ['no brokers', {}, 'KAFKA_BROKERS: EVENTS=kafka needs it'],
    ['a broker without its port', { KAFKA_BROKERS: 'one:9092,two' }, '"two" is not host:port'],
    ['a URL for a broker', { KAFKA_BROKERS: 'kafka://one:9092' }, 'is not host:port'],
    ['a certificate without TLS', { ...BROKERS, KAFKA_SSL_CA_FILE: 'ca.pem' }, 'KAFKA_SSL=true only'],
    [
      'a certificate without its key',
      { ...BROKERS, KAFKA_SSL: 'true', KAFKA_SSL_CERT_FILE: 'c.pem' },
      'give both or neither',
    ],
    ['a user without a mechanism', { ...BROKERS, ...USER }, 'KAFKA_SASL_MECHANISM: set it to plain'],
    [
      'a mechanism without a user',
      { ...BROKERS, KAFKA_SASL_MECHANISM: 'scram-sha-512', KAFKA_SASL_PASSWORD: 'x' },
      'KAFKA_SASL_USERNAME: KAFKA_SASL_MECHANISM=scram-sha-512 needs it',
    ],
    [
      'two passwords',
      { ...BROKERS, ...USER, KAFKA_SASL_MECHANISM: 'scram-sha-512', KAFKA_SASL_PASSWORD_FILE: 'p' },
      'give one of the two',
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
    const wrong = settings({ KAFKA_SSL_CA_FILE: 'ca.pem', ...USER });
    expect(() => assertDriversExist(wrong)).toThrow(/KAFKA_BROKERS.*KAFKA_SSL_CA_FILE.*KAFKA_SASL_MECHANISM/);
  });

  it('are not looked at for another event log', () => {
    expect(() => assertDriversExist(readEnvironment({ ...USER }))).not.toThrow();
  });

  it('become a connection, with what the files hold', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'kafka-settings-'));
    const [ca, password] = [join(folder, 'ca.pem'), join(folder, 'password')];
    await writeFile(ca, 'the authority');
    await writeFile(password, 'secret\n');
    const secure = {
      ...{ KAFKA_SSL: 'true', KAFKA_SSL_CA_FILE: ca, KAFKA_SASL_MECHANISM: 'plain' },
      ...{ KAFKA_SASL_USERNAME: 'noiviec', KAFKA_SASL_PASSWORD_FILE: password },
    };
    expect(await kafkaConnection(settings({ ...BROKERS, ...secure }))).toEqual({
      brokers: ['one:9092', 'two:9093'],
      tls: { ca: 'the authority' },
      sasl: { mechanism: 'plain', username: 'noiviec', password: 'secret' },
    });
    expect(await kafkaConnection(settings(BROKERS))).toEqual({ brokers: ['one:9092', 'two:9093'] });
    await rm(folder, { recursive: true });
    await expect(kafkaConnection(settings({ ...BROKERS, ...secure }))).rejects.toThrow(
      /^KAFKA_SSL_CA_FILE: the file cannot be read/,
    );
  });
});
