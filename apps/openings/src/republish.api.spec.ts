import { setTimeout as sleep } from 'node:timers/promises';
import { beforeAll, describe, expect, it, jest } from '@jest/globals';
import { type EventDraft, Outbox, Relay } from '#events';
import type { TestHttp } from '#platform/testing';
import { jobOpeningTopic } from '#contracts';
import { act, approvedEmployer, draft, openingsBed, published } from '../test/openings.fixture.js';
import { JobOpening } from './job-opening/job-opening.entity.js';

interface Step {
  topic: string;
  restated: number;
  erased: boolean;
  nextCursor?: string;
}

describe('The openings said again', () => {
  const bed = openingsBed(approvedEmployer);
  const { who } = bed;
  const ids: string[] = [];
  beforeAll(async () => {
    for (let n = 0; n < 4; n++) ids.push(await published(who.officer));
    ids.push(await draft(who.officer));
    await act(who.officer, ids[0]!, 'close', 'Đủ người');
  });

  const step = async (query: string, http: TestHttp = who.administrator): Promise<Step> =>
    (await http.post(`/admin/republish${query}`).expect(200)).body as Step;
  /** All steps to the end. */
  const republish = async (limit: number): Promise<Step[]> => {
    const steps: Step[] = [];
    for (let next: string | undefined = ''; next !== undefined; next = steps.at(-1)?.nextCursor) {
      steps.push(await step(`?limit=${limit}${next && `&cursor=${next}`}`));
    }
    return steps;
  };

  it('are all of them, step by step, with the state and version that their last event has', async () => {
    const before = await bed.service.log();
    const last = new Map(before.map((event) => [event.key, event.state]));
    const steps = await republish(2);
    expect(steps.map(({ topic, restated }) => [topic, restated])).toEqual([
      ['openings.employer', 1],
      ['openings.job-opening', 2],
      ['openings.job-opening', 2],
      ['openings.job-opening', 1],
    ]);
    const restated = (await bed.service.log()).filter(({ happening }) => happening === 'restated');
    expect(restated.map(({ key }) => key).sort()).toEqual([...last.keys()].sort());
    for (const { key, state, headers } of restated) {
      expect(state).toEqual(last.get(key));
      expect(headers['ce_type']).toMatch(/\.restated\.v1$/);
    }
  });

  it('are in the audit trail, by whom and from where to where', async () => {
    const { body } = await who.administrator.get('/admin/audit?action=log.restated').expect(200);
    const { items } = body as { items: { actor: string; details: Record<string, unknown> }[] };
    expect(items).toHaveLength(4);
    expect(items[0]).toMatchObject({
      actor: 'admin',
      details: { topic: 'openings.job-opening', erased: false, count: 1, to: [...ids].sort().at(-1) },
    });
  });

  it('are in the log when the last step is answered, so that a rebuild finds them there', async () => {
    const relay = bed.service.get(Relay);
    const now = relay.backlog.bind(relay);
    // An answer that is long on its way says how it was when it was asked.
    const backlog = jest.spyOn(relay, 'backlog').mockImplementation(async () => {
      const answer = await now();
      await sleep(300);
      return answer;
    });
    await republish(100);
    const [last] = backlog.mock.results.slice(-1);
    expect(await last?.value).toMatchObject({ events: 0 });
    backlog.mockRestore();
  });

  it('wait for a change that is under way and come after it, so that the log ends with the newest', async () => {
    const id = ids[1]!;
    const runner = bed.service.database.createQueryRunner();
    await runner.startTransaction();
    const [row] = (await runner.query(
      'UPDATE job_opening SET version = version + 1 WHERE id = $1 RETURNING version',
      [id],
    )) as [{ version: number }[]];
    const said = republish(100);
    // Long enough that it would have read the row without its lock.
    await new Promise((resolve) => setTimeout(resolve, 300));
    const state = (await bed.service.log()).filter(({ key }) => key === id).at(-1)?.state;
    const version = row[0]?.version;
    const changed = { topic: jobOpeningTopic, happening: 'revised', key: id, state: { ...state, version } };
    await bed.service.get(Outbox).append(runner.manager, [changed as unknown as EventDraft]);
    await runner.commitTransaction();
    await runner.release();
    await said;
    const events = (await bed.service.log()).filter(({ key }) => key === id).slice(-2);
    expect(events.map(({ happening }) => happening)).toEqual(['revised', 'restated']);
    expect(events.map(({ state }) => state?.['version'])).toEqual([version, version]);
    expect(await bed.service.database.getRepository(JobOpening).findOneBy({ id })).toMatchObject({ version });
  });

  it('are for administrators, and refuse a cursor that is none of theirs', async () => {
    await who.officer.post('/admin/republish').expect(403);
    await who.anyone.post('/admin/republish').expect(401);
    for (const position of [[9, ids[0]], [0, 'x'], ['__proto__', ids[0]], 'x']) {
      const cursor = Buffer.from(JSON.stringify(position)).toString('base64url');
      await who.administrator.post(`/admin/republish?cursor=${cursor}`).expect(422);
    }
    await who.administrator.post('/admin/republish?limit=1001').expect(422);
  });

  it('are not said while the outbox is full, so that present changes do not wait behind them', async () => {
    await bed.service.get(Relay).stop();
    await bed.service.database.query(
      `INSERT INTO outbox (topic, key, event_id, headers, value)
       SELECT 'openings.job-opening', gen_random_uuid(), gen_random_uuid(), '{}', NULL FROM generate_series(1, 2001)`,
    );
    const { body } = await who.administrator.post('/admin/republish').expect(503);
    expect(body).toMatchObject({ code: 'openings.outbox-full' });
    const [left] = await bed.service.database.query<{ n: number }[]>('SELECT count(*)::int AS n FROM outbox');
    expect(left?.n).toBe(2001);
  }, 60_000);
});
