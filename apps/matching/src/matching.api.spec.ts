import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type JobOpeningState, type JobseekerState, jobOpeningTopic, jobseekerTopic } from '#contracts';
import { aJobseeker, anOpening, aWithholdingJobseeker } from '#contracts/testing';
import { ConsumerRuntime, type EventDraft, Outbox } from '#events';
import type { PeerRequest } from '#platform';
import { startTestService, type TestService } from '#platform/testing';
import { matchingService } from './service.js';

const MINH = 'account-of-minh';
const asked: PeerRequest[] = [];

/** The jobseekers service as matching knows it: who owns a profile, and names for officers. */
const peers = {
  send: (_: string, request: PeerRequest) => {
    asked.push(request);
    const answer = request.path.endsWith('/owner')
      ? { accountId: MINH, provinceCode: '19' }
      : {
          items: (JSON.parse(request.body!) as { ids: string[] }).ids.map((id) => ({
            id,
            fullName: 'Lý Văn Minh',
          })),
        };
    return Promise.resolve({ status: 200, body: JSON.stringify(answer) });
  },
};

const opening = (title: string, changes: Partial<JobOpeningState> = {}): JobOpeningState =>
  anOpening({ id: crypto.randomUUID(), version: 3, status: 'published', title, ...changes });

describe('matching, from events to answers', () => {
  let service: TestService;
  const welder = opening('Thợ Hàn TIG, MIG');
  const korean = opening('Nhân Viên Tiếng Hàn', { occupationCode: null, occupationProposals: [] });
  const draft = opening('Thợ Hàn Ở Xưởng', { status: 'draft' });
  const closed = opening('Thợ Hàn Cũ');
  const minh = aJobseeker();
  const silent = aWithholdingJobseeker();

  const happen = async (
    ...states: { happening: string; state: JobOpeningState | JobseekerState }[]
  ): Promise<void> => {
    await service.database.transaction(async (tx) => {
      for (const { happening, state } of states) {
        const topic = 'consent' in state ? jobseekerTopic : jobOpeningTopic;
        const draft = { topic, happening, key: state.id, state } as EventDraft;
        await service.get(Outbox).append(tx, [draft]);
      }
    });
    await service.relayed();
    await service.get(ConsumerRuntime).caughtUp();
  };
  const titles = async (path: string): Promise<string[]> => {
    const { body } = await service.http().get(path).expect(200);
    return (body as { items: { title: string }[] }).items.map(({ title }) => title);
  };

  beforeAll(async () => {
    service = await startTestService(matchingService, { peers });
    await happen(
      ...[welder, korean, closed].map((state) => ({ happening: 'published', state })),
      { happening: 'drafted', state: draft },
      { happening: 'closed', state: { ...closed, version: 4, status: 'closed' as const } },
      { happening: 'consent-given', state: minh },
      { happening: 'registered', state: silent },
    );
  });
  afterAll(() => service.clear());

  it('finds published openings only, welders for "tho han"', async () => {
    const { body } = await service.http().get('/openings?q=tho+han').expect(200);
    expect(body).toMatchObject({ total: 1, totalIsExact: true, facets: { level: expect.any(Array) } });
    expect(body.items[0]).toMatchObject({ id: welder.id, titleHighlighted: '<mark>Thợ Hàn TIG</mark>, MIG' });
    expect((await titles('/openings')).sort()).toEqual(['Nhân Viên Tiếng Hàn', 'Thợ Hàn TIG, MIG']);
  });

  it('does not let an older state return', async () => {
    await happen({ happening: 'published', state: { ...closed, version: 2 } });
    expect(await titles('/openings')).not.toContain('Thợ Hàn Cũ');
  });

  it('shows a published opening, tells of one that has ended and hides a draft', async () => {
    const http = service.http();
    expect((await http.get(`/openings/${welder.id}`).expect(200)).body).toMatchObject({
      title: welder.title,
    });
    const ended = await http.get(`/openings/${closed.id}`).expect(410);
    expect(ended.body).toMatchObject({ code: 'matching.opening-ended', openingStatus: 'closed' });
    await http.get(`/openings/${draft.id}`).expect(404);
  });

  it('names the field of a request that makes no sense', async () => {
    const refused = await service.http().get('/openings?radiusKm=10').expect(422);
    expect(refused.body.errors).toMatchObject([{ field: 'radiusKm', code: 'matching.radius-needs-commune' }]);
    const cursor = await service.http().get('/openings?q=han&cursor=abc').expect(422);
    expect(cursor.body).toMatchObject({ code: 'platform.cursor-invalid' });
    for (const amount of ['1e300', '1e20', '-1', '1.5']) {
      const { body } = await service.http().get(`/openings?payMin=${amount}`).expect(422);
      expect(body.errors).toMatchObject([{ field: 'payMin' }]);
    }
    await service.http().get('/openings?payMin=1000000000000').expect(200);
  });

  it('suggests what may be meant', async () => {
    const { body } = await service.http().get('/openings/typeahead?q=tho+h').expect(200);
    expect((body as { items: { text: string }[] }).items.map(({ text }) => text.toLowerCase())).toContain(
      'thợ hàn',
    );
  });

  it('shows a person the openings that fit, with reasons', async () => {
    const person = await service.as('jobseeker', { subject: MINH });
    const { body } = await person.get(`/jobseekers/${minh.id}/openings`).expect(200);
    const [best] = (body as { items: Record<string, unknown>[] }).items;
    expect(best).toMatchObject({ opening: { id: welder.id }, weightsVersion: 1 });
    expect(best!['criteria']).toHaveLength(8);
    expect(best!['criteria']).toContainEqual(
      expect.objectContaining({ criterion: 'occupation', outcome: 'met' }),
    );
  });

  it('shows matches to nobody else', async () => {
    const stranger = await service.as('jobseeker', { subject: 'somebody-else' });
    await stranger.get(`/jobseekers/${minh.id}/openings`).expect(404);
    await (
      await service.as('centreOfficer', { areas: ['79'] })
    )
      .get(`/jobseekers/${minh.id}/openings`)
      .expect(404);
    await service.http().get(`/openings/${welder.id}/jobseekers`).expect(401);
    await (await service.as('centreOfficer')).get(`/jobseekers/${silent.id}/openings`).expect(404);
  });

  it.each(['employer', 'school', 'agency', 'departmentOfficer', 'administrator'] as const)(
    'shows no person to the role %s, which places nobody, as the register of people does not either',
    async (role) => {
      const caller = await service.as(role);
      await caller.get(`/jobseekers/${minh.id}/openings`).expect(403);
      await caller.get(`/openings/${welder.id}/jobseekers`).expect(403);
    },
  );

  it('shows no other people who fit to a jobseeker', async () => {
    const person = await service.as('jobseeker', { subject: MINH });
    await person.get(`/openings/${welder.id}/jobseekers`).expect(403);
  });

  it('shows officers of the area the people who fit, by name, asked for with their rights', async () => {
    const officer = await service.as('centreOfficer', { subject: 'officer-7', areas: ['19'] });
    const { body } = await officer.get(`/openings/${welder.id}/jobseekers`).expect(200);
    expect(body.items).toMatchObject([{ jobseeker: { id: minh.id }, fullName: 'Lý Văn Minh' }]);
    expect(JSON.parse(asked.at(-1)!.body!)).toEqual({
      ids: [minh.id],
      purpose: 'matching',
      onBehalfOf: { subject: 'officer-7', role: 'centreOfficer', areas: ['19'] },
    });
  });

  it('takes new weights without a release, and refuses those that make no sense', async () => {
    const administrator = await service.as('administrator');
    const { body } = await administrator.get('/scoring-weights').expect(200);
    await administrator
      .put('/scoring-weights')
      .send({ points: { ...body.points, pay: 40 } })
      .expect(422);
    const points = { ...body.points, occupation: 20, pay: 20 };
    await administrator.put('/scoring-weights').send({ points }).expect(200);
    const person = await service.as('jobseeker', { subject: MINH });
    const matches = await person.get(`/jobseekers/${minh.id}/openings`).expect(200);
    expect(matches.body.items[0].weightsVersion).toBe(2);
  });

  it('rebuilds beside the live index and swaps, with the same answers', async () => {
    const administrator = await service.as('administrator');
    const before = await titles('/openings');
    await service.database.query(`DELETE FROM opening_index`);
    expect(await titles('/openings')).toEqual([]);
    await administrator
      .post('/admin/rebuild')
      .expect((response) => expect([200, 201, 202]).toContain(response.status));
    for (let tries = 0; tries < 100 && (await titles('/openings')).length < before.length; tries++) {
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    expect((await titles('/openings')).sort()).toEqual(before.sort());
    await happen({ happening: 'published', state: opening('Thợ Hàn Mới') });
    expect(await titles('/openings?q=tho+han')).toContain('Thợ Hàn Mới');
  });

  it('forgets who withdraws consent', async () => {
    await happen({
      happening: 'consent-withdrawn',
      state: aWithholdingJobseeker({ id: minh.id, version: 9 }),
    });
    const officer = await service.as('centreOfficer');
    await officer.get(`/jobseekers/${minh.id}/openings`).expect(404);
    const { body } = await officer.get(`/openings/${welder.id}/jobseekers`).expect(200);
    expect(body.items).toEqual([]);
    const rows = await service.database.query<{ state: unknown; terms: string }[]>(
      'SELECT state, terms::text FROM jobseekers WHERE id = $1',
      [minh.id],
    );
    expect(rows).toEqual([{ state: null, terms: '' }]);
  });

  it('shows a walk-in without an address to the officers of the office that registered them', async () => {
    const state = aJobseeker({ areaProvinceCode: '19', provinceCode: null, desiredPlaces: [] });
    await happen({ happening: 'consent-given', state });
    const here = await service.as('centreOfficer', { areas: ['19'] });
    await here.get(`/jobseekers/${state.id}/openings`).expect(200);
    const { body } = await here.get(`/openings/${welder.id}/jobseekers`).expect(200);
    expect(body.items).toMatchObject([{ jobseeker: { id: state.id, provinceCode: null } }]);
    const elsewhere = await service.as('centreOfficer', { areas: ['79'] });
    await elsewhere.get(`/jobseekers/${state.id}/openings`).expect(404);
  });

  it('serves reference data', async () => {
    const http = service.http();
    const provinces = await http.get('/reference/administrative-units?level=province').expect(200);
    expect(provinces.body.total).toBe(34);
    const resolved = await http
      .get(`/reference/administrative-units/resolve?text=${encodeURIComponent('Hà Nam')}`)
      .expect(200);
    expect(resolved.body).toMatchObject({ ok: true, place: { provinceCode: '37', viaOldName: true } });
    expect((await http.get('/reference/occupations?q=welder&limit=1').expect(200)).body.items[0].code).toBe(
      '7212',
    );
    expect((await http.get('/reference/value-lists/payKind').expect(200)).body.items).toContainEqual(
      expect.objectContaining({ code: 'monthly' }),
    );
    await http.get('/reference/value-lists/nonsense').expect(404);
  });
});
