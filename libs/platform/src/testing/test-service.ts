import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import supertest from 'supertest';
import { PostgresLogDriver } from '#events';
import { DataSource } from 'typeorm';
import type { Principal, Role } from '../auth/principal.js';
import { Tokens } from '../auth/tokens.js';
import { readEnvironment } from '../config/environment.js';
import { KeyRing } from '../keys/key-ring.js';
import { createLogger } from '../observability/logger.js';
import { Metrics } from '../observability/metrics.js';
import { PeerError, type PeerTransport } from '../peers/peer-client.js';
import type { ServiceDefinition, ServiceHost } from '../service/definition.js';
import { type Readiness, readiness } from '../service/admin-server.js';
import { RunningService } from '../service/running-service.js';
import { eventually } from './eventually.js';
import { createTestDatabase, type TestDatabase } from './test-database.js';

/** An event as it stands in the log. */
export interface LoggedEvent {
  topic: string;
  partition: number;
  offset: number;
  key: string;
  /** What happened, from the CloudEvents type: `published`. */
  happening: string;
  /** null for a tombstone. */
  state: Record<string, unknown> | null;
  headers: Record<string, string>;
}

export interface TestServiceOptions {
  /** Other services; by default none answers. */
  peers?: PeerTransport;
  environment?: Record<string, string>;
}

const NOBODY: PeerTransport = {
  send: (service) => Promise.reject(new PeerError(service, 503, 'not part of this test')),
};

/**
 * Starts a service as the platform runs it, over HTTP on a free port, with databases of its own on the run's
 * PostgreSQL and an event log in one of them.
 */
export async function startTestService(
  definition: ServiceDefinition,
  options: TestServiceOptions = {},
): Promise<TestService> {
  const own = await createTestDatabase(definition.name);
  const events = await createTestDatabase('events');
  const service = new TestService(definition, options, own, events);
  await service.start();
  return service;
}

export class TestService {
  private running?: {
    service: RunningService;
    eventLog: PostgresLogDriver;
    metrics: Metrics;
    url: string;
  };
  private keys?: KeyRing;
  private readonly logReader: pg.Pool;

  constructor(
    private readonly definition: ServiceDefinition,
    private readonly options: TestServiceOptions,
    private readonly own: TestDatabase,
    private readonly events: TestDatabase,
  ) {
    this.logReader = new pg.Pool({ connectionString: events.url, max: 1 });
    this.logReader.on('error', () => undefined);
  }

  /** What the service's container holds. */
  get<T>(type: abstract new (...args: never[]) => T): T {
    return this.now.service.app.get<T>(type, { strict: false });
  }

  get database(): DataSource {
    return this.now.service.app.get(DataSource);
  }

  /** An HTTP client; paths are below `/api/v1/<service>`. */
  http(token?: string): TestHttp {
    return new TestHttp(`${this.now.url}/api/v1/${this.definition.name}`, token);
  }

  /** An HTTP client that carries the token of a user with this role; officers of every province by default. */
  async as(role: Role, user: Partial<Principal> = {}): Promise<TestHttp> {
    const officer = role === 'centreOfficer' || role === 'departmentOfficer' || role === 'administrator';
    const token = await this.now.service.app.get(Tokens).signUser({
      subject: user.subject ?? `${role}-1`,
      role,
      organisationId: user.organisationId,
      areas: user.areas ?? (officer ? ['*'] : []),
      name: user.name,
    });
    return this.http(token);
  }

  /** The log, by topic, partition and offset, once the outbox is empty. */
  async log(topic?: string): Promise<LoggedEvent[]> {
    await this.relayed();
    const { rows } = await this.logReader.query<{
      topic: string;
      partition: number;
      offset: string;
      key: string;
      headers: Record<string, string>;
      value: string | null;
    }>(
      `SELECT t.name AS topic, r.partition, r."offset", r.key, r.headers, r.value
       FROM log_record r JOIN log_topic t ON t.id = r.topic_id
       WHERE $1::text IS NULL OR t.name = $1 ORDER BY t.name, r.partition, r."offset"`,
      [topic ?? null],
    );
    return rows.map(({ headers, value, offset, ...row }) => ({
      ...row,
      offset: Number(offset),
      headers,
      happening: headers['ce_type']?.split('.').at(-2) ?? '',
      state: value === null ? null : (JSON.parse(value) as Record<string, unknown>),
    }));
  }

  /** What happened to one aggregate, in order. */
  async happened(key: string): Promise<string[]> {
    return (await this.log()).filter((event) => event.key === key).map(({ happening }) => happening);
  }

  /** As the administration port tells it. */
  ready(): Promise<Readiness> {
    return readiness(this.now.service.checks, true);
  }

  /** The figures of the administration port. */
  metrics(): Promise<string> {
    return this.now.metrics.text();
  }

  async relayed(): Promise<void> {
    await eventually(async () => {
      const [row] = await this.database.query<{ n: number }[]>('SELECT count(*)::int AS n FROM outbox');
      return row?.n === 0;
    });
  }

  /** Starts the service on its databases: a second call after `stop` is a restart. */
  async start(): Promise<void> {
    const environment = readEnvironment({ LOG_LEVEL: 'silent', PORT: '0', ...this.options.environment });
    const logger = createLogger(environment.LOG_LEVEL, this.definition.name);
    this.keys ??= await KeyRing.open(
      await mkdtemp(join(process.env.NOIVIEC_TEST_RUN_DIR ?? tmpdir(), 'keys-')),
    );
    const eventLog = new PostgresLogDriver({ url: this.events.url, logger });
    await eventLog.start();
    const metrics = new Metrics();
    const host: ServiceHost = {
      ...{ environment, logger, metrics },
      eventLog,
      keys: this.keys,
      peers: this.options.peers ?? NOBODY,
      databaseUrl: () => this.own.url,
    };
    const service = await RunningService.start(this.definition, host);
    await service.app.listen({ host: '127.0.0.1', port: 0 });
    const url = (await service.app.getUrl()).replace('[::1]', '127.0.0.1');
    this.running = { service, eventLog, metrics, url };
  }

  /** Stops the service as SIGTERM does; the databases stay. */
  async stop(): Promise<void> {
    const running = this.running;
    this.running = undefined;
    await running?.service.stop();
    await running?.eventLog.close();
  }

  /** Stops the service and removes its databases. */
  async clear(): Promise<void> {
    await this.stop();
    await this.logReader.end();
    await this.own.drop();
    await this.events.drop();
  }

  private get now(): NonNullable<TestService['running']> {
    if (!this.running) throw new Error(`${this.definition.name} is not running`);
    return this.running;
  }
}

/** supertest with the base path and the bearer token filled in. */
export class TestHttp {
  constructor(
    private readonly base: string,
    private readonly token?: string,
  ) {}

  get = (path: string): supertest.Test => this.sign(supertest(this.base).get(path));
  post = (path: string): supertest.Test => this.sign(supertest(this.base).post(path));
  patch = (path: string): supertest.Test => this.sign(supertest(this.base).patch(path));
  put = (path: string): supertest.Test => this.sign(supertest(this.base).put(path));
  delete = (path: string): supertest.Test => this.sign(supertest(this.base).delete(path));

  private sign(request: supertest.Test): supertest.Test {
    return this.token ? request.set('authorization', `Bearer ${this.token}`) : request;
  }
}
