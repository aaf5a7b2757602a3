import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { ConfigurationError } from './configuration-error.js';
import { assertKafkaSettings } from './kafka-settings.js';

export { ConfigurationError };

const PORT = 'must be a whole number from 0 to 65535';
const port = z.coerce.number(PORT).int(PORT).min(0, PORT).max(65535, PORT);
const flag = z.enum(['true', 'false', '1', '0']).transform((v) => v === 'true' || v === '1');

/** Settings that every process of the platform understands; the README lists them. */
export const environmentSchema = z.object({
  HOST: z.string().default('127.0.0.1'),
  PORT: port.default(8080),
  ADMIN_PORT: port.default(9090),
  DATA_DIR: z.string().default('.data'),
  KEYS_DIR: z.string().optional(),
  DATABASE_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\//, 'must be a postgres:// URL')
    .optional(),
  DB_POOL: z.coerce
    .number()
    .int()
    .min(4)
    .max(200)
    .optional()
    .describe('connections of each process to its database; default what the server allows, at most 10'),
  EVENTS: z.enum(['postgres', 'kafka']).default('postgres'),
  KAFKA_BROKERS: z.string().optional(),
  KAFKA_REPLICATION: z.coerce.number().int().min(1).max(9).optional(),
  KAFKA_SSL: flag.optional(),
  KAFKA_SSL_CA: z.string().optional(),
  KAFKA_SSL_CERT: z.string().optional(),
  KAFKA_SSL_KEY: z.string().optional(),
  KAFKA_SASL_MECHANISM: z.enum(['plain', 'scram-sha-256', 'scram-sha-512']).optional(),
  KAFKA_SASL_USERNAME: z.string().optional(),
  KAFKA_SASL_PASSWORD: z.string().optional(),
  SEARCH: z.enum(['postgres', 'meilisearch']).default('postgres'),
  MEILI_URL: z.url().optional(),
  MEILI_KEY: z.string().optional(),
  MEILI_INDEX: z
    .string()
    .regex(/^[\w-]{1,80}$/, 'may have letters, digits, - and _ only')
    .default('openings')
    .describe('name of the index, for a server that several platforms share'),
  ADMIN_EMAIL: z.email().optional(),
  ADMIN_PASSWORD: z.string().min(12, 'needs at least 12 characters').optional(),
  OTEL_EXPORTER_OTLP_ENDPOINT: z.url().optional().describe('an OpenTelemetry collector; default: no traces'),
  OTEL_TRACES_SAMPLER_ARG: z.coerce.number().min(0).max(1).default(1),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
  PUBLIC_URL: z.url().optional().describe('how the outside world reaches the edge; default http://HOST:PORT'),
  DATA_LICENCE: z.string().max(500).optional().describe('under which licence others may use the public data'),
  TRUSTED_PROXIES: z.coerce
    .number()
    .int()
    .min(0)
    .max(9)
    .default(0)
    .describe('how many proxies before the edge add the client to X-Forwarded-For'),
  COOKIE_SECURE: flag.optional().describe('default: true when PUBLIC_URL is https'),
});
/**
 * Drivers that cannot be had with these settings: refused at the start, not ignored.
 * @throws ConfigurationError
 */
export function assertDriversExist(environment: Environment): void {
  const { EVENTS, SEARCH, MEILI_URL } = environment;
  if (EVENTS === 'kafka') assertKafkaSettings(environment);
  if (SEARCH === 'meilisearch' && !MEILI_URL) {
    throw new ConfigurationError('MEILI_URL: set it to the server that SEARCH=meilisearch is to use.');
  }
}

export type Environment = z.infer<typeof environmentSchema>;

/** What differs between the processes of a cluster, by variables named after the services. */
export interface ServiceSettings {
  /**
   * `OPENINGS_DATABASE_URL`: a database of its own instead of one on the server of `DATABASE_URL`; that of the log
   * is `EVENTS_DATABASE_URL`.
   */
  databaseUrl?: string;
  /** `OPENINGS_INSTANCES`: how many of it there are at most; who prepares the databases is told. */
  instances: number;
  /**
   * `JOBSEEKERS_URL=http://host:port,…`: where the instances of each other service listen. A URL with a path is a
   * further name of a service: `REFERENCE_URL=http://host:port/api/v1/matching/reference`.
   */
  peerUrls: Record<string, string[]>;
  /** `JOBSEEKERS_ADMIN_URL=http://host:port,…`: their health, in any order; for the edge. */
  adminUrls: Record<string, string[]>;
}

/**
 * Reads the variables that are named after services.
 * @throws ConfigurationError naming the one that is wrong
 */
export function readServiceSettings(
  service: string,
  variables: Record<string, string | undefined> = process.env,
): ServiceSettings {
  const ownDatabase = `${service.toUpperCase()}_DATABASE_URL`;
  const env = withFiles(variables, [ownDatabase]);
  const settings: ServiceSettings = {
    databaseUrl: env[ownDatabase] || undefined,
    instances: instancesIn(env, `${service.toUpperCase()}_INSTANCES`),
    peerUrls: {},
    adminUrls: {},
  };
  for (const [name, value] of Object.entries(env)) {
    const [, peer, admin] = /^([A-Z]+?)(_ADMIN)?_URL$/.exec(name) ?? [];
    if (!peer || !value?.startsWith('http')) continue;
    const urls = value.split(',').map((url) => url.trim().replace(/\/$/, ''));
    for (const url of urls) {
      if (!URL.canParse(url)) throw new ConfigurationError(`${name}: ${url} is not a URL.`);
    }
    settings[admin ? 'adminUrls' : 'peerUrls'][peer.toLowerCase()] = urls;
  }
  return settings;
}

function instancesIn(env: Record<string, string | undefined>, name: string): number {
  const instances = Number(env[name] || 1);
  if (Number.isInteger(instances) && instances > 0) return instances;
  throw new ConfigurationError(`${name}: must be a whole number, 1 or more.`);
}

/**
 * Variables of a process that we start: ours without the databases' URLs (withheld by name) and their files, and
 * `own`.
 */
export function childEnvironment(
  own: Record<string, string>,
  env: Record<string, string | undefined> = process.env,
): Record<string, string | undefined> {
  const withheld = Object.keys(env).filter((name) => /(^|_)DATABASE_URL(_FILE)?$/.test(name));
  return { ...env, ...Object.fromEntries(withheld.map((name) => [name, undefined])), ...own };
}

/** Of the schema's settings those that are secrets, or say where one is. */
const IN_FILES = Object.keys(environmentSchema.shape).filter((name) =>
  /_(URL|PASSWORD|KEY|CA|CERT)$/.test(name),
);

/**
 * `X_FILE=/run/secrets/x` stands for `X` with what the file says, so that secrets need not be in the environment. Only
 * of these names: another `…_FILE`, as `SSL_CERT_FILE`, is meant for somebody else.
 * @throws ConfigurationError when such a file cannot be read
 */
function withFiles(
  env: Record<string, string | undefined>,
  names: readonly string[],
): Record<string, string | undefined> {
  const result = { ...env };
  for (const variable of names) {
    const name = `${variable}_FILE`;
    const file = env[name];
    if (!file || env[variable]) continue;
    try {
      result[variable] = readFileSync(file, 'utf8').trim();
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      throw new ConfigurationError(`${name}: the file ${file} cannot be read (${code}).`);
    }
  }
  return result;
}

/** Whether the process is to end when its standard input does: with whoever started it, however that ended. */
export const endsWithInput = (): boolean => process.env.END_WITH_INPUT === 'true';

/** Whether failures at the start are to be told in full. */
export const wantsDetails = (): boolean =>
  process.env.LOG_LEVEL === 'debug' || process.env.LOG_LEVEL === 'trace';

/**
 * The one place that reads environment variables.
 * @throws ConfigurationError naming each variable that is wrong
 */
export function readEnvironment<S extends z.ZodType = typeof environmentSchema>(
  env: Record<string, string | undefined> = process.env,
  schema?: S,
): z.infer<S> {
  // An empty variable is an unset one: compose files pass `X=` for what is not given.
  const given = Object.fromEntries(
    Object.entries(withFiles(env, IN_FILES)).filter(([, value]) => value !== undefined && value !== ''),
  );
  const result = (schema ?? environmentSchema).safeParse(given);
  if (!result.success) {
    const sentences = result.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}.`);
    throw new ConfigurationError(sentences.join(' '));
  }
  return result.data as z.infer<S>;
}

/**
 * The same for `npm run cluster`, where Kafka is the event log unless `EVENTS` says otherwise, and Meilisearch
 * searches when it is given.
 */
export function readClusterEnvironment(env: Record<string, string | undefined> = process.env): Environment {
  return readEnvironment({
    ...env,
    EVENTS: env['EVENTS'] || 'kafka',
    SEARCH: env['SEARCH'] || (env['MEILI_URL'] ? 'meilisearch' : 'postgres'),
  });
}
