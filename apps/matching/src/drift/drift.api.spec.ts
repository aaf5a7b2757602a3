import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type JobOpeningState, type JobseekerState, jobOpeningTopic, jobseekerTopic } from '#contracts';
import { aJobseeker, anOpening, aWithholdingJobseeker } from '#contracts/testing';
import { ConsumerRuntime, Outbox } from '#events';
import { type PeerRequest, type VersionPage } from '#platform';
import { startTestService, type TestService } from '#platform/testing';
import { matchingService } from '../service.js';
import type { DriftReport } from './drift-check.js';

const opening = (changes: Partial<JobOpeningState> = {}): JobOpeningState =>
  anOpening({ version: 3, status: 'published', ...changes });

describe('The drift check', () => {
  let service: TestService;
  const openings = [opening(), opening(), opening()];
  const people = [aJobseeker(), aJobseeker()];
  const asked: string[] = [];
  /** What the owners say must be held. */
  const owned = {
    openings: new Map(openings.map(({ id, version }) => [id, version])),
    jobseekers: new Map(people.map(({ id, version }) => [id, version])),
  };
  let ownersAnswer = 200;

  const peers = {
    send: (name: string, { method, path }: PeerRequest) => {
      asked.push(`${method} ${name}${path}`);
      const after = new URL(path, 'http://owner').searchParams.get('after') ?? '';
      const items = [...owned[name as keyof typeof owned]]
        .map(([id, version]) => ({ id, version }))
        .filter(({ id }) => id > after)
        .sort((a, b) => (a.id < b.id ? -1 : 1));
      const page: VersionPage = { items, unsent: [] };
      return Promise.resolve({ status: ownersAnswer, body: JSON.stringify(page) });
    },
  };
  const happen = async (...states: (JobOpeningState | JobseekerState)[]): Promise<void> => {
    await service.database.transaction(async (tx) => {
      const drafts = states.map((state) => {
        const topic = 'consent' in state ? jobseekerTopic : jobOpeningTopic;
        return { topic, happening: 'consent' in state ? 'revised' : 'published', key: state.id, state };
      });
      await service.get(Outbox).append(tx, drafts);
    });
    await service.relayed();
    await service.get(ConsumerRuntime).caughtUp();
  };
  const check = async (): Promise<DriftReport> =>
    (await (await service.as('administrator')).post('/drift').expect(200)).body as DriftReport;

  beforeAll(async () => {
    service = await startTestService(matchingService, { peers });
    await happen(
      ...openings,
      opening({ status: 'draft' }),
      opening({ status: 'closed', version: 9 }),
      ...people,
      aWithholdingJobseeker(),
    );
  });
  afterAll(() => service.clear());

  it('is content when the read model holds the published openings and the consenting people', async () => {
    expect(await check()).toMatchObject({
      inSync: true,
      logLost: false,
      openings: { owner: 3, index: 3, missing: [], stale: [], extra: [], inFlight: 0 },
      jobseekers: { owner: 2, index: 2, missing: [], stale: [], extra: [], inFlight: 0 },
    });
    const first = 'after=00000000-0000-0000-0000-000000000000&limit=5000';
    expect(asked).toEqual([`GET openings/versions?${first}`, `GET jobseekers/versions?${first}`]);
  });

  it('names what is missing in the read model or in the index, stale, and too much', async () => {
    const [lost, unsearchable, old] = openings.map(({ id }) => id);
    await service.database.query('DELETE FROM openings WHERE id = $1', [lost]);
    await service.database.query('DELETE FROM opening_index WHERE id = $1', [unsearchable]);
    owned.openings.set(old!, 4);
    const withdrawn = people[0]!.id;
    owned.jobseekers.delete(withdrawn);
    const report = await check();
    expect(report.inSync).toBe(false);
    expect(report.openings).toMatchObject({
      differing: { missing: 2, stale: 1, extra: 0 },
      missing: [lost, unsearchable].sort(),
      stale: [old],
    });
    expect(report.jobseekers).toMatchObject({ owner: 1, index: 2, extra: [withdrawn] });
    owned.openings.set(old!, 3);
    owned.jobseekers.set(withdrawn, people[0]!.version);
  });

  it('names it also when the log that was read is lost, of which nothing more comes', async () => {
    await service.database.query('UPDATE consumer_position SET next_offset = next_offset + 1000');
    const report = await check();
    expect(report.openings).toMatchObject({ differing: { missing: 2 }, inFlight: 0 });
    expect(report.logLost).toBe(true);
    const figures = await service.metrics();
    expect(figures).toMatch(
      /^consumer_beyond_end\{service="matching",group="matching",topic="openings.job-opening"\} 1$/m,
    );
  });

  it('is content again after a rebuild, which is refused until the owners have said all into the new log', async () => {
    const administrator = await service.as('administrator');
    const { body } = await administrator.post('/admin/rebuild').expect(409);
    expect(body).toMatchObject({
      code: 'matching.event-log-lost',
      detail: expect.stringContaining('npm run cli -- republish all'),
    });
    await administrator.post('/admin/rebuild?force=maybe').expect(422);
    await administrator.post('/admin/read-anew').send({}).expect(422);
    const topics = [jobOpeningTopic.name, jobseekerTopic.name];
    const { body: put } = await administrator.post('/admin/read-anew').send({ topics }).expect(200);
    expect((put as { positions: number }).positions).toBeGreaterThan(1);
    await administrator.post('/admin/rebuild').expect(200);
    expect(await check()).toMatchObject({ inSync: true, logLost: false });
    expect(await service.metrics()).not.toMatch(/^consumer_beyond_end.* 1$/m);
  });

  it('compares what is longer than a page', async () => {
    const ids = await service.database.query<{ id: string }[]>(
      `INSERT INTO jobseekers (id, version, consent)
       SELECT gen_random_uuid(), 1, true FROM generate_series(1, 11000) RETURNING id`,
    );
    const report = await check();
    expect(report.jobseekers).toMatchObject({ owner: 2, index: 11_002, differing: { extra: 11_000 } });
    expect(report.jobseekers.extra).toHaveLength(20);
    for (const { id } of ids) owned.jobseekers.set(id, 1);
    expect(await check()).toMatchObject({ inSync: true, jobseekers: { owner: 11_002, index: 11_002 } });
  });

  it('is for administrators, and says so when an owner does not answer', async () => {
    await service.http().post('/drift').expect(401);
    await (await service.as('centreOfficer')).post('/drift').expect(403);
    ownersAnswer = 500;
    await (await service.as('administrator')).post('/drift').expect(503);
  });
});
