import { randomUUID } from 'node:crypto';
import type { Response } from 'supertest';
import type { JobseekerState } from '#contracts';
import type { Role } from '#platform';
import { Tokens } from '#platform';
import { eventually, startTestService, type TestHttp, type TestService } from '#platform/testing';
import { jobseekersService } from '../src/service.js';

export interface TestCaller {
  subject: string;
  role: Role;
  areas: string[];
}

export const someone = (role: Role = 'jobseeker', ...areas: string[]): TestCaller => ({
  subject: randomUUID(),
  role,
  areas,
});
export const officer = (...areas: string[]): TestCaller => someone('centreOfficer', ...areas);

/** Made-up numbers that no other person of a run has. */
let counter = 0;
export const someCitizenId = (): string => `0380980${String(++counter).padStart(5, '0')}`;

/** A caller's requests below `/api/v1/jobseekers`. */
export class Client {
  constructor(private readonly http: () => Promise<TestHttp>) {}

  get = async (path: string): Promise<Response> => (await this.http()).get(path);
  post = async (path: string, body: object = {}, headers: Record<string, string> = {}): Promise<Response> =>
    (await this.http()).post(path).set(headers).send(body);
  patch = async (path: string, body: object, version: number): Promise<Response> =>
    (await this.http()).patch(path).set('if-match', `"${version}"`).send(body);
  delete = async (path: string, body?: object): Promise<Response> =>
    (await this.http()).delete(path).send(body);
}

/** The service on databases of its own. */
export class Harness {
  private constructor(readonly service: TestService) {}

  static async start(): Promise<Harness> {
    return new Harness(await startTestService(jobseekersService));
  }

  stop(): Promise<void> {
    return this.service.clear();
  }

  as({ role, ...user }: TestCaller): Client {
    return new Client(() => this.service.as(role, user));
  }

  anonymous(): Client {
    return new Client(() => Promise.resolve(this.service.http()));
  }

  /** What another service is, with one scope. */
  asService(name: string, scope: string): Client {
    return new Client(async () =>
      this.service.http(await this.service.get(Tokens).signService(name, 'jobseekers', [scope])),
    );
  }

  sql<T>(statement: string, parameters: unknown[] = []): Promise<T[]> {
    return this.service.database.query<T[]>(statement, parameters);
  }

  /** What was told of one jobseeker, in order; null is a tombstone. */
  async told(id: string): Promise<[happening: string, state: JobseekerState | null][]> {
    const events = await this.service.log('jobseekers.jobseeker');
    return events
      .filter(({ key }) => key === id)
      .map(({ happening, state }) => [happening, state as JobseekerState | null]);
  }

  /** Waits until the profiles that wait for it have been compared. */
  async compared(): Promise<void> {
    await eventually(async () => (await this.sql('SELECT FROM duplicate_checks')).length === 0);
  }

  /** Every row of every table, and the event log, as text. */
  async everythingStored(): Promise<string> {
    const tables = await this.sql<{ name: string }>(
      `SELECT quote_ident(table_name) AS name FROM information_schema.tables
       WHERE table_schema = 'public' AND table_type = 'BASE TABLE'`,
    );
    let text = JSON.stringify(await this.service.log());
    for (const { name } of tables) {
      const [rows] = await this.sql<{ text: string | null }>(
        `SELECT string_agg(t::text, E'\\n') AS text FROM ${name} t`,
      );
      text += `${name}\n${rows?.text ?? ''}\n`;
    }
    return text;
  }
}

/** The id of a new profile. */
export async function registered(client: Client, profile: object): Promise<string> {
  const { status, body } = await client.post('/jobseekers', profile);
  if (status !== 201) throw new Error(`not registered: ${JSON.stringify(body)}`);
  return (body as { id: string }).id;
}

export const matchingConsent = { purpose: 'matching', textVersion: '2026-11' };
