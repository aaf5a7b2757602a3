import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { INestApplication } from '@nestjs/common';
import supertest from 'supertest';
import { DataSource } from 'typeorm';
import { jobseekerTopic, type JobseekerState } from '#contracts';
import { decodeEvent, PostgresLogDriver, type DomainEvent } from '#events';
import {
  createLogger,
  KeyRing,
  Metrics,
  readEnvironment,
  type Role,
  RunningService,
  Tokens,
} from '#platform';
import { createTestDatabase, eventually } from '#platform/testing';
import { jobseekersService } from '../src/service.js';

export type Body = Record<string, unknown>;

/** The service as it runs, on databases of its own, with tokens for whomever a test needs. */
export interface Harness {
  service: RunningService;
  dataSource: DataSource;
  /** Everything in the event log's tables and in the service's, as text. */
  everythingStored(): Promise<string>;
  /** Events of one jobseeker, oldest first; waits until there are `count`. */
  events(id: string, count: number): Promise<DomainEvent<JobseekerState>[]>;
  as(caller: TestCaller): Client;
  anonymous(): Client;
  serviceToken(service: string, scope: string): Promise<Client>;
  /** Waits until waiting profiles have been compared. */
  compared(): Promise<void>;
  stop(): Promise<void>;
}

export interface TestCaller {
  subject: string;
  role: Role;
  areas?: string[];
}

export type Answer = supertest.Response;

/** A caller's requests below `/api/v1/jobseekers`. */
export class Client {
  constructor(
    private readonly app: INestApplication,
    private readonly token: () => Promise<string | undefined>,
  ) {}

  get = (path: string): Promise<Answer> => this.send('get', path);
  post = (path: string, body?: object, headers?: Record<string, string>): Promise<Answer> =>
    this.send('post', path, body, headers);
  patch = (path: string, body: object, version: number): Promise<Answer> =>
    this.send('patch', path, body, { 'if-match': `"${version}"` });
  delete = (path: string, body?: object): Promise<Answer> => this.send('delete', path, body);

  private async send(
    method: 'get' | 'post' | 'patch' | 'delete',
    path: string,
    body?: object,
    headers: Record<string, string> = {},
  ): Promise<Answer> {
    const token = await this.token();
    const server = supertest(this.app.getHttpServer() as Parameters<typeof supertest>[0]);
    const request = server[method](`/api/v1/jobseekers${path}`).set({
      ...(token && { authorization: `Bearer ${token}` }),
      ...headers,
    });
    return body === undefined ? request : request.send(body);
  }
}

export const jobseeker = (): TestCaller => ({ subject: randomUUID(), role: 'jobseeker' });
export const officer = (...areas: string[]): TestCaller => ({
  subject: randomUUID(),
  role: 'centreOfficer',
  areas,
});

/** Made-up numbers that no other person of a run has. */
let counter = 0;
export const someCitizenId = (): string => `0380980${String(++counter).padStart(5, '0')}`;

export async function startHarness(): Promise<Harness> {
  const database = await createTestDatabase('jobseekers');
  const log = await createTestDatabase('events');
  const keysDir = await mkdtemp(join(tmpdir(), 'noi-viec-jobseekers-'));
  const logger = createLogger('silent');
  const keys = await KeyRing.open(keysDir);
  const eventLog = new PostgresLogDriver({ url: log.url, logger });
  await eventLog.start();
  const service = await RunningService.start(jobseekersService, {
    environment: readEnvironment({}),
    logger,
    metrics: new Metrics(),
    keys,
    eventLog,
    peers: { send: () => Promise.reject(new Error('no peers here')) },
    databaseUrl: () => database.url,
  });
  const dataSource = service.app.get(DataSource);
  const logSource = await new DataSource({ type: 'postgres', url: log.url }).initialize();
  const tokens = new Tokens(keys);
  const client = (token: () => Promise<string | undefined>): Client => new Client(service.app, token);
  return {
    service,
    dataSource,
    as: ({ subject, role, areas = [] }) => client(() => tokens.signUser({ subject, role, areas })),
    anonymous: () => client(() => Promise.resolve(undefined)),
    serviceToken: async (name, scope) => {
      const token = await tokens.signService(name, 'jobseekers', [scope]);
      return client(() => Promise.resolve(token));
    },
    events: (id, count) =>
      eventually(async () => {
        const rows = await logSource.query<
          { key: string; headers: Record<string, string>; value: string | null; offset: string }[]
        >('SELECT key, headers, value, "offset" FROM log_record WHERE key = $1 ORDER BY "offset"', [id]);
        if (rows.length < count) throw new Error(`${rows.length} events so far`);
        return rows.map((row) =>
          decodeEvent<JobseekerState>(jobseekerTopic, {
            ...row,
            offset: Number(row.offset),
            topic: jobseekerTopic.name,
            partition: 0,
          }),
        );
      }),
    everythingStored: async () => (await dump(dataSource)) + (await dump(logSource)),
    compared: async () => {
      await eventually(async () => {
        const rows = await dataSource.query<unknown[]>('SELECT FROM duplicate_checks');
        return rows.length === 0;
      });
    },
    stop: async () => {
      await service.stop();
      await eventLog.close();
      await logSource.destroy();
      await database.drop();
      await log.drop();
      await rm(keysDir, { recursive: true });
    },
  };
}

/** Every row of every table as text. */
async function dump(source: DataSource): Promise<string> {
  const tables = await source.query<{ name: string }[]>(
    `SELECT quote_ident(table_name) AS name FROM information_schema.tables
     WHERE table_schema = 'public' AND table_type = 'BASE TABLE'`,
  );
  let text = '';
  for (const { name } of tables) {
    const [rows] = await source.query<{ text: string | null }[]>(
      `SELECT string_agg(t::text, E'\\n') AS text FROM ${name} t`,
    );
    text += `${name}\n${rows?.text ?? ''}\n`;
  }
  return text;
}
