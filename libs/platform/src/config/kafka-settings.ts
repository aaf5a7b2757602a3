import type { KafkaConnection } from '#events';
import { ConfigurationError } from './configuration-error.js';
import type { Environment } from './environment.js';

/** The part of the environment that is about Kafka. */
export type KafkaEnvironment = Pick<Environment, Extract<keyof Environment, `KAFKA_${string}`>>;

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
 * How to reach Kafka.
 * @throws ConfigurationError when a setting is wrong
 */
export function kafkaConnection(environment: KafkaEnvironment): Omit<KafkaConnection, 'clientId'> {
  assertKafkaSettings(environment);
  const { KAFKA_SSL, KAFKA_SSL_CA: ca, KAFKA_SSL_CERT: cert, KAFKA_SSL_KEY: key } = environment;
  const { KAFKA_SASL_MECHANISM: mechanism } = environment;
  const { KAFKA_SASL_USERNAME: username = '', KAFKA_SASL_PASSWORD: password = '' } = environment;
  return {
    brokers: brokersOf(environment.KAFKA_BROKERS),
    ...(KAFKA_SSL && { tls: { ...(ca && { ca }), ...(cert && { cert, key }) } }),
    ...(mechanism && { sasl: { mechanism, username, password } }),
  };
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
  const { KAFKA_SSL, KAFKA_SSL_CA, KAFKA_SSL_CERT, KAFKA_SSL_KEY } = environment;
  const pems = { KAFKA_SSL_CA, KAFKA_SSL_CERT, KAFKA_SSL_KEY };
  const sentences: string[] = [];
  for (const [name, pem] of Object.entries(pems)) {
    if (pem === undefined) continue;
    if (!KAFKA_SSL) sentences.push(`${name}: is for KAFKA_SSL=true; set that too, or leave this out.`);
    if (!pem.includes('-----BEGIN ')) {
      sentences.push(`${name}: is not PEM; to name a file, set ${name}_FILE.`);
    }
  }
  if ((KAFKA_SSL_CERT === undefined) !== (KAFKA_SSL_KEY === undefined)) {
    sentences.push('KAFKA_SSL_CERT and KAFKA_SSL_KEY: give both or neither.');
  }
  return sentences;
}

function aboutSasl(environment: KafkaEnvironment): string[] {
  const { KAFKA_SASL_MECHANISM, KAFKA_SASL_USERNAME, KAFKA_SASL_PASSWORD, KAFKA_SSL } = environment;
  if (!KAFKA_SASL_MECHANISM) {
    return KAFKA_SASL_USERNAME !== undefined || KAFKA_SASL_PASSWORD !== undefined
      ? [
          'KAFKA_SASL_MECHANISM: set it to plain, scram-sha-256 or scram-sha-512 to use the KAFKA_SASL_… user.',
        ]
      : [];
  }
  const sentences: string[] = [];
  for (const [name, value] of Object.entries({ KAFKA_SASL_USERNAME, KAFKA_SASL_PASSWORD })) {
    if (value === undefined)
      sentences.push(`${name}: KAFKA_SASL_MECHANISM=${KAFKA_SASL_MECHANISM} needs it.`);
  }
  if (KAFKA_SASL_MECHANISM === 'plain' && !KAFKA_SSL) {
    sentences.push(
      'KAFKA_SASL_MECHANISM: plain sends the password in clear text, so it needs KAFKA_SSL=true; or use scram-sha-512.',
    );
  }
  return sentences;
}
