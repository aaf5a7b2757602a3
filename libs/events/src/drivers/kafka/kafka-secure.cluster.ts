import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '#platform/testing';
import { type LocalKafka, startKafka } from '../../../../../deploy/kafka-local/kafka-local.mjs';
import { silent } from '../../../test/item-service.js';
import { KafkaLogDriver, type KafkaLogOptions } from './kafka-log.driver.js';

const PASSWORD = 'only-for-this-test';

describe('Kafka behind TLS and a password', () => {
  const folder = mkdtempSync(join(tmpdir(), 'noi-viec-secure-'));
  let kafka: LocalKafka | undefined;
  let ca = '';

  beforeAll(async () => {
    const store = join(folder, 'broker.p12');
    const keytool = (...args: string[]) =>
      execFileSync('keytool', [...args, '-alias', 'broker', '-keystore', store, '-storepass', PASSWORD], {
        stdio: ['ignore', 'pipe', 'pipe'],
      }).toString();
    keytool(
      ...['-genkeypair', '-keyalg', 'EC', '-groupname', 'secp256r1', '-storetype', 'PKCS12'],
      ...['-dname', 'CN=broker', '-ext', 'san=ip:127.0.0.1'],
    );
    ca = keytool('-exportcert', '-rfc');
    writeFileSync(join(folder, 'ca.pem'), ca);
    kafka = await startKafka({
      dataDir: join(folder, 'kafka'),
      properties: {
        'listener.security.protocol.map': 'PLAINTEXT:SASL_SSL,CONTROLLER:PLAINTEXT',
        'ssl.keystore.type': 'PKCS12',
        'ssl.keystore.location': store,
        'ssl.keystore.password': PASSWORD,
        'ssl.truststore.type': 'PEM',
        'ssl.truststore.location': join(folder, 'ca.pem'),
        'inter.broker.listener.name': 'PLAINTEXT',
        'sasl.enabled.mechanisms': 'PLAIN',
        'sasl.mechanism.inter.broker.protocol': 'PLAIN',
        'listener.name.plaintext.plain.sasl.jaas.config': `org.apache.kafka.common.security.plain.PlainLoginModule required username="broker" password="${PASSWORD}" user_broker="${PASSWORD}" user_noiviec="${PASSWORD}";`,
      },
    });
  }, 180_000);
  afterAll(async () => {
    await kafka?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  const driver = (password: string, tls: KafkaLogOptions['tls']): KafkaLogDriver =>
    new KafkaLogDriver({
      ...{ brokers: (kafka?.bootstrap ?? '').split(','), clientId: 'secure', logger: silent, tls },
      sasl: { mechanism: 'plain', username: 'noiviec', password },
    });

  it('takes events and gives them to whoever has the password and trusts the authority', async () => {
    const log = driver(PASSWORD, { ca });
    await log.start();
    await log.ensureTopics([{ name: 'secure.item', partitions: 1 }]);
    const eventId = randomUUID();
    await log.publish([
      { topic: 'secure.item', key: 'k', eventId, headers: { ce_id: eventId }, value: '{}' },
    ]);
    const read: string[] = [];
    await log.subscribe({
      group: 'secure',
      topics: ['secure.item'],
      position: () => Promise.resolve(0),
      handle: ({ records }) => {
        read.push(...records.map(({ headers }) => headers['ce_id'] ?? ''));
        return Promise.resolve();
      },
    });
    await eventually(() => read.length > 0, { timeoutMs: 30_000 });
    expect(read).toEqual([eventId]);
    await log.check();
    await log.close();
  });

  it('is refused with a wrong password, and with a certificate that nobody trusted', async () => {
    const stranger = driver('a guess', { ca });
    await expect(stranger.start()).rejects.toThrow(
      /^Kafka cannot be used at .*uthentication failed.*KAFKA_SASL/,
    );
    const distrustful = driver(PASSWORD, {});
    await expect(distrustful.start()).rejects.toThrow(
      /^Kafka cannot be used at .*self-signed certificate.*KAFKA_SSL/,
    );
    await stranger.close();
    await distrustful.close();
  });
});
