import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { AuditLog, type Role } from '#platform';
import {
  type Client,
  Harness,
  matchingConsent,
  officer,
  registered,
  someCitizenId,
  someone,
} from './harness.js';

describe('Access to jobseekers', () => {
  let h: Harness;
  let person: Client;
  let id: string;
  const desk38 = officer('38');

  beforeAll(async () => {
    h = await Harness.start();
  });
  afterAll(() => h.stop());
  beforeEach(async () => {
    person = h.as(someone());
    id = await registered(person, { fullName: 'Nguyễn Thị Ánh', communeCode: '14797', phone: '0912000111' });
  });

  const routes = (): [string, string, object?][] => [
    ['post', '/jobseekers', { fullName: 'Lê Ba' }],
    ['get', '/jobseekers'],
    ['post', '/jobseekers/search', {}],
    ['get', '/jobseekers/me'],
    ['get', `/jobseekers/${id}`],
    ['patch', `/jobseekers/${id}`, { gender: 'male' }],
    ['delete', `/jobseekers/${id}`],
    ['post', `/jobseekers/${id}/consents`, matchingConsent],
    ['delete', `/jobseekers/${id}/consents/matching`],
    ['post', `/jobseekers/${id}/claim-codes`, {}],
    ['post', `/jobseekers/${id}/verify-citizen-id`, { citizenId: '038098000123' }],
    ['get', `/jobseekers/${id}/export`],
    ['get', `/jobseekers/${id}/owner`],
    ['post', '/claims', { claimCode: 'X' }],
    ['get', '/duplicates'],
    ['post', `/duplicates/${id}/merge`, {}],
    ['post', `/duplicates/${id}/dismiss`, { reason: 'khác người' }],
    ['post', '/names', { ids: [id] }],
    ['post', '/account-erasures', { accountId: 'x' }],
    ['post', '/jobseekers/bulk', { dataSource: 'demo', rows: [] }],
  ];
  const statuses = async (client: Client): Promise<Record<string, number>> => {
    const found: Record<string, number> = {};
    for (const [method, path, body] of routes()) {
      const answer =
        method === 'get'
          ? await client.get(path)
          : method === 'patch'
            ? await client.patch(path, body ?? {}, 1)
            : method === 'delete'
              ? await client.delete(path)
              : await client.post(path, body);
      found[`${method} ${path.replaceAll(id, ':id')}`] = answer.status;
    }
    return found;
  };

  it.each<Role>(['employer', 'school', 'agency', 'departmentOfficer'])(
    'is nothing for a %s',
    async (role) => {
      const answers = await statuses(h.as(someone(role, '*')));
      expect([...new Set(Object.values(answers))]).toEqual([403]);
    },
  );

  it('is nothing for an administrator but loading a register', async () => {
    const { 'post /jobseekers/bulk': bulk, ...rest } = await statuses(h.as(someone('administrator', '*')));
    expect(bulk).toBe(200);
    expect([...new Set(Object.values(rest))]).toEqual([403]);
  });

  it('needs a sign-in everywhere but for the texts of consents', async () => {
    expect([...new Set(Object.values(await statuses(h.anonymous())))]).toEqual([401]);
    const { body } = await h.anonymous().get('/consent-texts');
    expect(body.items).toEqual([expect.objectContaining({ purpose: 'matching', version: '2026-11' })]);
  });

  it('is a person’s own profile and nobody else’s: another one does not exist', async () => {
    const stranger = await statuses(h.as(someone()));
    expect(stranger).toMatchObject({
      'post /jobseekers': 201,
      'get /jobseekers/me': 200,
      'get /jobseekers': 403,
      'post /jobseekers/search': 403,
      'get /jobseekers/:id': 404,
      'patch /jobseekers/:id': 404,
      'delete /jobseekers/:id': 404,
      'post /jobseekers/:id/consents': 404,
      'delete /jobseekers/:id/consents/matching': 404,
      'get /jobseekers/:id/export': 404,
      'get /jobseekers/:id/owner': 403,
      'get /duplicates': 403,
      'post /names': 403,
    });
    const unknown = await h.as(someone()).get('/jobseekers/00000000-0000-4000-8000-000000000000');
    const others = await h.as(someone()).get(`/jobseekers/${id}`);
    const shape = ({ body }: typeof others) => ({ ...body, instance: '', correlationId: '' });
    expect(shape(unknown)).toEqual(shape(others));
  });

  it('of an officer ends at the area', async () => {
    const elsewhere = await statuses(h.as(officer('01')));
    for (const [route, status] of Object.entries(elsewhere)) {
      if (route.includes('/jobseekers/:id') && !route.includes('owner'))
        expect([route, status]).toEqual([route, 404]);
    }
    expect((await h.as(officer('01')).get('/jobseekers')).body.items).not.toContainEqual(
      expect.objectContaining({ id }),
    );
    expect(
      (await h.as(officer('01')).post('/jobseekers/search', { phone: '0912000111' })).body.items,
    ).toEqual([]);
    expect((await h.as(desk38).get(`/jobseekers/${id}`)).status).toBe(200);
  });

  it('to a person without a province is for officers of the whole country', async () => {
    const homeless = await registered(h.as(someone()), { fullName: 'Vô Gia Cư' });
    expect((await h.as(desk38).get(`/jobseekers/${homeless}`)).status).toBe(404);
    expect((await h.as(officer('*')).get(`/jobseekers/${homeless}`)).status).toBe(200);
  });

  it('lets an officer register people of the own area only', async () => {
    const answer = await h.as(desk38).post('/jobseekers', { fullName: 'Lê Ba', provinceCode: '01' });
    expect(answer.status).toBe(422);
    expect(answer.body).toMatchObject({
      code: 'jobseekers.outside-area',
      errors: [{ field: 'provinceCode' }],
    });
    const twoAreas = await h.as(officer('38', '40')).post('/jobseekers', { fullName: 'Lê Ba' });
    expect(twoAreas.body).toMatchObject({ code: 'jobseekers.province-required' });
  });

  it('by name needs no accents and finds parts, page by page', async () => {
    const desk = h.as(officer('40'));
    const names = ['Phạm Thị Bích Hường', 'Phạm Thị Hương', 'Phạm Văn Hưởng', 'Lê Thị Hoa'];
    for (const fullName of names) await registered(desk, { fullName });
    const find = async (q: string) => {
      const { body } = await desk.get(`/jobseekers?q=${encodeURIComponent(q)}`);
      return body.items.map((item: { fullName: string }) => item.fullName);
    };
    expect(await find('pham huong')).toEqual(names.slice(0, 3).reverse());
    expect(await find('thị')).toHaveLength(3);
    expect(await find('uong')).toEqual([]);
    const first = await desk.get('/jobseekers?q=pham&limit=2');
    expect(first.body).toMatchObject({ total: 3, totalIsExact: true });
    const second = await desk.get(`/jobseekers?q=pham&limit=2&cursor=${first.body.nextCursor}`);
    expect(second.body.items.map((item: { fullName: string }) => item.fullName)).toEqual([names[0]]);
    expect(second.body.nextCursor).toBeUndefined();
  });

  it('by phone or citizen id is exact and never in an address', async () => {
    const citizenId = someCitizenId();
    const desk = h.as(desk38);
    const walkIn = await registered(desk, { fullName: 'Trần Văn Chín', phone: '0987000222', citizenId });
    for (const body of [{ phone: '+84 987 000 222' }, { citizenId }]) {
      const { body: page } = await desk.post('/jobseekers/search', body);
      expect(page.items.map((item: { id: string }) => item.id)).toEqual([walkIn]);
      expect(JSON.stringify(page)).not.toContain(citizenId);
    }
    expect((await desk.post('/jobseekers/search', { phone: '098700022' })).status).toBe(422);
    const inUrl = await desk.get(`/jobseekers?q=${citizenId}`);
    expect(inUrl.body).toMatchObject({ code: 'jobseekers.identifier-in-url', errors: [{ field: 'q' }] });
    expect((await desk.get('/jobseekers?phone=0987000222')).status).toBe(422);
  });

  it('is written down: who looked at whom, how and why', async () => {
    const desk = h.as({ ...desk38, subject: 'officer-an' });
    await desk.get(`/jobseekers/${id}`);
    await desk.post('/jobseekers/search', { phone: '0912000111' });
    await desk.patch(`/jobseekers/${id}`, { gender: 'female' }, 1);
    const entries = await h.service.get(AuditLog).ofSubject(id);
    expect(entries.map(({ action, actor, details }) => [action, actor, details])).toEqual([
      ['jobseeker.registered', 'self', { dataSource: 'selfRegistration' }],
      ['jobseeker.viewed', 'officer-an', {}],
      ['jobseeker.searched', 'officer-an', { by: ['phone'] }],
      ['jobseeker.revised', 'officer-an', { fields: ['gender'] }],
    ]);
    expect(await h.service.get(AuditLog).verify()).toMatchObject({ intact: true });
  });

  it('for an edit needs the version that was read', async () => {
    const unconditional = await (await h.service.as('centreOfficer')).patch(`/jobseekers/${id}`).send({});
    expect(unconditional.status).toBe(428);
    expect((await person.patch(`/jobseekers/${id}`, { gender: 'female' }, 1)).headers['etag']).toBe('"2"');
    const late = await person.patch(`/jobseekers/${id}`, { gender: 'male' }, 1);
    expect([late.status, late.body.code]).toEqual([412, 'platform.version-conflict']);
    expect(await h.told(id)).toEqual([
      ['registered', { id, version: 1, consent: false }],
      ['revised', { id, version: 2, consent: false }],
    ]);
  });

  it('refuses fields that are not of the form, and names each wrong one', async () => {
    const answer = await person.patch(
      `/jobseekers/${id}`,
      { role: 'administrator', gender: 'x', experience: [{ months: -1 }] },
      1,
    );
    expect(answer.status).toBe(422);
    expect(answer.body.errors.map((error: { field: string }) => error.field).sort()).toEqual([
      'experience.0.months',
      'gender',
      'role',
    ]);
  });

  describe('to names', () => {
    it('is one batch for the officer’s area, consenting people only, and is written down for each', async () => {
      const consenting = await registered(h.as(someone()), {
        fullName: 'Mai Thị Xuân',
        provinceCode: '38',
        consents: [matchingConsent],
      });
      const elsewhere = await registered(h.as(someone()), {
        fullName: 'Mai Thị Hạ',
        provinceCode: '01',
        consents: [matchingConsent],
      });
      const ids = [consenting, elsewhere, id, '00000000-0000-4000-8000-000000000000'];
      const only = { items: [{ id: consenting, fullName: 'Mai Thị Xuân' }] };
      expect((await h.as(desk38).post('/names', { ids })).body).toEqual(only);

      const matching = h.asService('matching', 'jobseekers.names');
      const onBehalfOf = { subject: 'officer-binh', role: 'centreOfficer', areas: ['38'] };
      expect((await matching.post('/names', { ids, onBehalfOf })).body).toEqual(only);
      const { body: all } = await matching.post('/names', { ids, purpose: 'counselling', onBehalfOf });
      expect(all.items).toHaveLength(2);
      const [, , named] = await h.service.get(AuditLog).ofSubject(consenting);
      expect(named).toMatchObject({
        action: 'jobseeker.named',
        actor: 'officer-binh',
        reason: 'matching',
        details: { via: 'matching' },
      });
    });

    it('is refused to a service without the scope, without an officer, or for somebody who is none', async () => {
      const onBehalfOf = { subject: 'a', role: 'centreOfficer', areas: ['38'] };
      const other = h.asService('matching', 'jobseekers.owner');
      expect((await other.post('/names', { ids: [id], onBehalfOf })).status).toBe(403);
      const matching = h.asService('matching', 'jobseekers.names');
      expect((await matching.post('/names', { ids: [id] })).body.code).toBe(
        'jobseekers.on-behalf-of-required',
      );
      const employer = { ...onBehalfOf, role: 'employer' };
      expect((await matching.post('/names', { ids: [id], onBehalfOf: employer })).status).toBe(422);
    });
  });

  it('tells services whose a profile is', async () => {
    const matching = h.asService('matching', 'jobseekers.owner');
    const { body } = await matching.get(`/jobseekers/${id}/owner`);
    expect(body).toEqual({ accountId: expect.any(String) });
    expect((await matching.get('/jobseekers/00000000-0000-4000-8000-000000000000/owner')).status).toBe(404);
  });
});
