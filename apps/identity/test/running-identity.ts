import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { jest } from '@jest/globals';
import request from 'supertest';
import { DataSource } from 'typeorm';
import { PostgresLogDriver } from '#events';
import {
  createLogger,
  EDGE_HEADER,
  type Environment,
  KeyRing,
  Metrics,
  PeerError,
  type PeerTransport,
  readEnvironment,
  RunningService,
  type ServiceHost,
  Tokens,
} from '#platform';
import { createTestDatabase, type TestDatabase } from '#platform/testing';
import { PasswordHasher } from '../src/password/password-hasher.js';
import { identityService } from '../src/service.js';

export const ADMIN = { email: 'admin@tinh.example', password: 'mot cau dai de nho cua so' };

const VERB = { GET: 'get', POST: 'post', PATCH: 'patch', PUT: 'put', DELETE: 'delete' } as const;

const NOBODY: PeerTransport = { send: () => Promise.reject(new PeerError('nobody', 503, 'no peers here')) };

export interface Answer {
  status: number;
  body: Record<string, unknown> & { [key: string]: any }; // eslint-disable-line @typescript-eslint/no-explicit-any -- what HTTP answers
  headers: Record<string, string>;
  setCookie: string[];
  /** The refresh cookie that the answer sets, as `nv_refresh=…`; empty when it is cleared. */
  cookie?: string;
}

export interface Call {
  body?: unknown;
  token?: string;
  cookie?: string;
  headers?: Record<string, string>;
}

export interface StartOptions {
  env?: Record<string, string>;
  /** Other services; nobody answers by default. */
  peers?: PeerTransport;
  /** Joins another instance's database, log and folders. */
  beside?: RunningIdentity;
}

/** The real service on a real PostgreSQL, spoken to over HTTP. */
export class RunningIdentity {
  private constructor(
    readonly service: RunningService,
    readonly url: string,
    readonly folder: string,
    readonly host: ServiceHost,
    private readonly databases: TestDatabase[],
    private readonly log: PostgresLogDriver,
    private readonly owner: boolean,
  ) {}

  static async start({ env = {}, beside, peers = NOBODY }: StartOptions = {}): Promise<RunningIdentity> {
    const folder = beside?.folder ?? (await mkdtemp(join(tmpdir(), 'identity-')));
    const databases = beside?.databases ?? [
      await createTestDatabase('identity'),
      await createTestDatabase('identity_log'),
    ];
    const environment: Environment = readEnvironment({
      ADMIN_EMAIL: ADMIN.email,
      ADMIN_PASSWORD: ADMIN.password,
      DATA_DIR: folder,
      ...env,
      LOG_LEVEL: 'silent',
    });
    const logger = createLogger('silent');
    const log = beside?.log ?? new PostgresLogDriver({ url: databases[1]?.url ?? '', logger });
    if (!beside) await log.start();
    const host: ServiceHost = {
      environment,
      logger,
      metrics: new Metrics(),
      eventLog: log,
      keys: await KeyRing.open(join(folder, 'keys')),
      peers,
      databaseUrl: () => databases[0]?.url ?? '',
    };
    const service = await RunningService.start(identityService, host);
    await service.app.listen({ host: '127.0.0.1', port: 0 });
    const url = (await service.app.getUrl()) + '/api/v1/identity';
    return new RunningIdentity(service, url, folder, host, databases, log, !beside);
  }

  get dataSource(): DataSource {
    return this.service.app.get(DataSource);
  }

  get tokens(): Tokens {
    return new Tokens(this.host.keys);
  }

  async stop(): Promise<void> {
    await this.service.stop();
    if (!this.owner) return;
    await this.log.close();
    await Promise.all(this.databases.map((database) => database.drop()));
    await rm(this.folder, { recursive: true, force: true });
  }

  async call(
    method: keyof typeof VERB,
    path: string,
    { body, token, cookie, headers = {} }: Call = {},
  ): Promise<Answer> {
    const agent = request(this.url);
    const sent = agent[VERB[method]](path).set({ [EDGE_HEADER]: '1', ...headers });
    if (token) void sent.set('authorization', `Bearer ${token}`);
    if (cookie) void sent.set('cookie', cookie);
    const response = await (body === undefined ? sent : sent.send(body as object));
    const set = (response.headers['set-cookie'] ?? []) as unknown as string[];
    const refresh = set.find((value) => value.startsWith('nv_refresh='));
    return {
      status: response.status,
      // superagent does not know problem+json.
      body: (response.text ? JSON.parse(response.text) : {}) as Answer['body'],
      headers: response.headers,
      setCookie: set,
      cookie: refresh?.split(';')[0]?.replace(/^nv_refresh=$/, ''),
    };
  }

  /** Signs in; fails the test when that does not work. */
  async signIn(email: string, password: string): Promise<{ token: string; cookie: string }> {
    const answer = await this.call('POST', '/tokens', { body: { email, password } });
    if (answer.status !== 200) throw new Error(`${email} cannot sign in: ${JSON.stringify(answer.body)}`);
    return { token: String(answer.body['accessToken']), cookie: answer.cookie ?? '' };
  }

  async adminToken(): Promise<string> {
    return (await this.signIn(ADMIN.email, ADMIN.password)).token;
  }
}

/** Counts the password hashes that the service computes: sign-in must compute as many for unknown accounts. */
export function countHashes({ service }: RunningIdentity): { count(): number; stop(): void } {
  const hasher = service.app.get<unknown, { inTurn(): Promise<unknown> }>(PasswordHasher);
  const spy = jest.spyOn(hasher, 'inTurn');
  return { count: () => spy.mock.calls.length, stop: () => spy.mockRestore() };
}
