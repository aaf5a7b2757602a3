import { readFile } from 'node:fs/promises';
import type { KafkaConnection } from '#events';
import { ConfigurationError } from './configuration-error.js';
import type { Environment } from './environment.js';

/** The part of the environment that is about Kafka. */
export type KafkaEnvironment = Pick<Environment, Extract<keyof Environment, `KAFKA_${string}`>>;

type Sasl = KafkaConnection['sasl'];

const BROKER = /^[^\s:/]+:\d{1,5}$|^\[[0-9a-fA-F:]+\]:\d{1,5}$/;

/**
 * What is wrong with the settings for `EVENTS=kafka`, taken together.
 * @throws ConfigurationError with one sentence for each setting that says what to do
 */
export function assertKafkaSettings(environment: KafkaEnvironment): void {
  const sentences = [...aboutBrokers(environment), ...aboutTls(environment), ...aboutSasl(environment)];
  if (sentences.length > 0) throw new ConfigurationError(sentences.join(' '));
}

/**
 * How to reach Kafka, with the files read that the settings name.
 * @throws ConfigurationError when a setting is wrong or a file cannot be read
 */
export async function kafkaConnection(
  environment: KafkaEnvironment,
): Promise<Omit<KafkaConnection, 'clientId'>> {
  assertKafkaSettings(environment);
  const { KAFKA_BROKERS, KAFKA_SSL, KAFKA_SSL_CA_FILE, KAFKA_SSL_CERT_FILE, KAFKA_SSL_KEY_FILE } =
    environment;
  const [ca, cert, key] = await Promise.all([
    fileOf('KAFKA_SSL_CA_FILE', KAFKA_SSL_CA_FILE),
    fileOf('KAFKA_SSL_CERT_FILE', KAFKA_SSL_CERT_FILE),
    fileOf('KAFKA_SSL_KEY_FILE', KAFKA_SSL_KEY_FILE),
  ]);
  const sasl = await saslOf(environment);
  return {
    brokers: brokersOf(KAFKA_BROKERS),
    ...(KAFKA_SSL && { tls: { ...(ca && { ca }), ...(cert && { cert }), ...(key && { key }) } }),
    ...(sasl && { sasl }),
  };
}

async function saslOf(environment: KafkaEnvironment): Promise<Sasl> {
  const { KAFKA_SASL_MECHANISM: mechanism, KAFKA_SASL_USERNAME: username = '' } = environment;
  if (!mechanism) return undefined;
  const password =
    environment.KAFKA_SASL_PASSWORD ??
    (await fileOf('KAFKA_SASL_PASSWORD_FILE', environment.KAFKA_SASL_PASSWORD_FILE))?.trimEnd();
  return { mechanism, username, password: password ?? '' };
}

async function fileOf(name: string, path: string | undefined): Promise<string | undefined> {
  if (path === undefined) return undefined;
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    throw new ConfigurationError(`${name}: the file cannot be read (${(error as Error).message}).`);
  }
}

function brokersOf(list = ''): string[] {
  return list
    .split(',')
    .map((broker) => broker.trim())
    .filter(Boolean);
}

function aboutBrokers({ KAFKA_BROKERS }: KafkaEnvironment): string[] {
  const brokers = brokersOf(KAFKA_BROKERS);
  if (brokers.length === 0) return ['KAFKA_BROKERS: EVENTS=kafka needs it, as host:port,host:port.'];
  const wrong = brokers.filter((broker) => !BROKER.test(broker));
  return wrong.length > 0 ? [`KAFKA_BROKERS: "${wrong.join(', ')}" is not host:port.`] : [];
}

function aboutTls(environment: KafkaEnvironment): string[] {
  const { KAFKA_SSL, KAFKA_SSL_CA_FILE, KAFKA_SSL_CERT_FILE, KAFKA_SSL_KEY_FILE } = environment;
  const files = { KAFKA_SSL_CA_FILE, KAFKA_SSL_CERT_FILE, KAFKA_SSL_KEY_FILE };
  const [given] = Object.entries(files).find(([, path]) => path !== undefined) ?? [];
  if (given && !KAFKA_SSL)
    return [`${given}: is used with KAFKA_SSL=true only; set that too, or leave this out.`];
  if ((KAFKA_SSL_CERT_FILE === undefined) !== (KAFKA_SSL_KEY_FILE === undefined)) {
    return ['KAFKA_SSL_CERT_FILE and KAFKA_SSL_KEY_FILE: give both or neither.'];
  }
  return [];
}

function aboutSasl(environment: KafkaEnvironment): string[] {
  const { KAFKA_SASL_MECHANISM, KAFKA_SASL_USERNAME } = environment;
  const { KAFKA_SASL_PASSWORD, KAFKA_SASL_PASSWORD_FILE, KAFKA_SSL } = environment;
  const passwords = [KAFKA_SASL_PASSWORD, KAFKA_SASL_PASSWORD_FILE].filter((value) => value !== undefined);
  if (!KAFKA_SASL_MECHANISM) {
    return KAFKA_SASL_USERNAME !== undefined || passwords.length > 0
      ? [
          'KAFKA_SASL_MECHANISM: set it to plain, scram-sha-256 or scram-sha-512 to use the KAFKA_SASL_… user.',
        ]
      : [];
  }
  const sentences: string[] = [];
  if (KAFKA_SASL_USERNAME === undefined) {
    sentences.push(`KAFKA_SASL_USERNAME: KAFKA_SASL_MECHANISM=${KAFKA_SASL_MECHANISM} needs it.`);
  }
  if (passwords.length !== 1) {
    sentences.push('KAFKA_SASL_PASSWORD or KAFKA_SASL_PASSWORD_FILE: give one of the two.');
  }
  if (KAFKA_SASL_MECHANISM === 'plain' && !KAFKA_SSL) {
    sentences.push(
      'KAFKA_SASL_MECHANISM: plain sends the password in clear text, so it needs KAFKA_SSL=true; or use scram-sha-512.',
    );
  }
  return sentences;
}
