import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { organisationTopic } from '#contracts';
import type { Subscription } from '#events';
import { eventually } from '#platform/testing';
import { ADMIN, type Answer, RunningIdentity } from './running-identity.js';

describe('Accounts and organisations', () => {
  let identity: RunningIdentity;
  let admin: string;
  let centre: Answer['body'];
  let reading: Subscription;
  const events: { type: string; state: Record<string, unknown> }[] = [];

  beforeAll(async () => {
    identity = await RunningIdentity.start();
    admin = await identity.adminToken();
    reading = await identity.host.eventLog.subscribe({
      group: 'spec',
      topics: [organisationTopic.name],
      position: () => Promise.resolve(0),
      handle: (batch) => {
        for (const { headers, value } of batch.records) {
          events.push({
            type: headers['ce_type'] ?? '',
            state: JSON.parse(value ?? 'null') as Record<string, unknown>,
          });
        }
        return Promise.resolve();
      },
    });
    centre = (
      await post('/organisations', { kind: 'centre', name: 'Trung tâm DVVL Lạng Sơn', areas: ['20', '24'] })
    ).body;
  });
  afterAll(async () => {
    await reading.stop();
    await identity.stop();
  });

  const post = (path: string, body: object, headers?: Record<string, string>): Promise<Answer> =>
    identity.call('POST', path, { body, token: admin, headers });
  const get = (path: string): Promise<Answer> => identity.call('GET', path, { token: admin });
  const patch = (path: string, body: object, etag: string | undefined): Promise<Answer> =>
    identity.call('PATCH', path, { body, token: admin, headers: etag ? { 'if-match': etag } : {} });
  /** The events of an organisation, once there are so many. */
  const eventsOf = (id: unknown, count: number): Promise<typeof events> =>
    eventually(() => {
      const own = events.filter(({ state }) => state['id'] === id);
      return own.length === count ? own : undefined;
    });
  const officer = (more: object = {}): object => ({
    email: `can-bo-${randomUUID()}@tinh.example`,
    fullName: 'Hoàng Văn Thụ',
    role: 'centreOfficer',
    organisationId: centre['id'],
    ...more,
  });
  /** Makes an account that can sign in. */
  const signedIn = async (
    body: object,
  ): Promise<{ id: string; email: string; token: string; cookie: string }> => {
    const { body: account } = await post('/accounts', body);
    const { body: issued } = await post(`/accounts/${account['id']}/password-codes`, {});
    const password = 'rung xanh nui do bien biec';
    const email = String(account['email']);
    const set = await identity.call('POST', '/passwords', {
      body: { email, code: issued['code'], password },
    });
    expect(set.status).toBe(204);
    return { id: String(account['id']), email, ...(await identity.signIn(email, password)) };
  };

  describe('an organisation', () => {
    it('is created, shown with its ETag, and known to others by an event', async () => {
      const created = await post('/organisations', {
        kind: 'school',
        name: '  Trường Cao đẳng nghề  ',
        areas: ['20'],
      });
      expect(created.status).toBe(201);
      expect(created.body).toMatchObject({
        version: 1,
        kind: 'school',
        name: 'Trường Cao đẳng nghề',
        status: 'active',
      });
      const shown = await get(`/organisations/${created.body['id']}`);
      expect(shown.headers['etag']).toBe('"1"');
      const event = await eventually(() => events.find(({ state }) => state['id'] === created.body['id']));
      expect(event).toEqual({
        type: 'vn.identity.organisation.registered.v1',
        state: {
          id: created.body['id'],
          version: 1,
          kind: 'school',
          name: 'Trường Cao đẳng nghề',
          areas: ['20'],
          status: 'active',
        },
      });
    });

    it('keeps the name of a household business out of events and out of the audit trail', async () => {
      const { body } = await post('/organisations', {
        kind: 'employer',
        name: 'Hộ kinh doanh Vi Thị Lan',
        areas: ['20'],
        naturalPerson: true,
      });
      const renamed = await patch(
        `/organisations/${body['id']}`,
        { name: 'Hộ kinh doanh Vi Thị Huệ' },
        '"1"',
      );
      expect(renamed.body).toMatchObject({ version: 2, name: 'Hộ kinh doanh Vi Thị Huệ' });
      const states = await eventsOf(body['id'], 2);
      expect(states.map(({ state }) => state['name'])).toEqual([null, null]);
      const audit = await get(`/admin/audit?subject=${body['id']}`);
      expect(JSON.stringify(audit.body)).not.toMatch(/Vi Thị/);
      expect(audit.body.items[0]).toMatchObject({
        action: 'organisation.revised',
        details: { name: 'changed' },
      });
    });

    it.each([
      ['of an unknown kind', { kind: 'shop' }, 'kind'],
      ['in a province that is no more', { areas: ['01', '99'] }, 'areas'],
      ['in a commune', { areas: ['00001'] }, 'areas'],
      ['nowhere', { areas: [] }, 'areas'],
      ['in the whole country and one province', { areas: ['*', '20'] }, 'areas'],
      ['in one province twice', { areas: ['20', '20'] }, 'areas'],
      ['without a name', { name: ' ' }, 'name'],
      ['that is a school and a person', { naturalPerson: true }, 'naturalPerson'],
      ['with its own status', { status: 'active' }, 'status'],
    ])('is refused %s', async (_, wrong, field) => {
      const answer = await post('/organisations', {
        kind: 'school',
        name: 'Trường nghề',
        areas: ['20'],
        ...wrong,
      });
      expect(answer.status).toBe(422);
      expect(answer.body.errors[0]).toMatchObject({ field });
    });

    it('is found by name without accents, kind, province and status, page by page', async () => {
      for (const name of ['Công ty May Bắc Giang', 'Công ty May Hà Bắc', 'Công ty May_Mặc 100%']) {
        await post('/organisations', { kind: 'employer', name, areas: ['24'] });
      }
      const names = async (query: string): Promise<string[]> =>
        (await get(`/organisations?${query}`)).body.items.map(({ name }: { name: string }) => name);
      expect(await names('q=cong%20ty%20may')).toEqual([
        'Công ty May_Mặc 100%',
        'Công ty May Hà Bắc',
        'Công ty May Bắc Giang',
      ]);
      expect(await names('q=100%25')).toEqual(['Công ty May_Mặc 100%']);
      expect(await names('q=hà bắc&kind=employer&province=24&status=active')).toEqual(['Công ty May Hà Bắc']);
      expect(await names('q=hà bắc&province=20')).toEqual([]);
      const first = await get('/organisations?q=cong%20ty%20may&limit=2');
      expect(first.body).toMatchObject({ total: 3, totalIsExact: true });
      const rest = await get(`/organisations?q=cong%20ty%20may&limit=2&cursor=${first.body['nextCursor']}`);
      expect(rest.body.items).toHaveLength(1);
      expect(rest.body['nextCursor']).toBeUndefined();
      expect((await get('/organisations?cursor=nonsense')).status).toBe(422);
    });

    it('when suspended keeps its people out at once, and lets them in again when reinstated', async () => {
      const { body } = await post('/organisations', {
        kind: 'centre',
        name: 'Trung tâm sẽ dừng',
        areas: ['20'],
      });
      const person = await signedIn(officer({ organisationId: body['id'] }));
      await patch(`/organisations/${body['id']}`, { status: 'suspended' }, '"1"');
      expect((await identity.call('GET', '/me', { token: person.token })).status).toBe(401);
      expect((await identity.call('POST', '/tokens/refresh', { cookie: person.cookie })).status).toBe(401);
      const refused = await identity.call('POST', '/tokens', {
        body: { email: person.email, password: 'rung xanh nui do bien biec' },
      });
      expect(refused.body).toMatchObject({ status: 403, code: 'identity.account-locked' });
      await patch(`/organisations/${body['id']}`, { status: 'active' }, '"2"');
      await identity.signIn(person.email, 'rung xanh nui do bien biec');
      const happened = await eventsOf(body['id'], 3);
      expect(happened.map(({ type }) => type.split('.').at(-2))).toEqual([
        'registered',
        'suspended',
        'reinstated',
      ]);
    });
  });

  describe('an account', () => {
    it('is made by an administrator without a password and opened with a one-time code', async () => {
      const created = await post('/accounts', officer());
      expect(created.status).toBe(201);
      expect(created.headers['etag']).toBe('"1"');
      expect(created.body).toMatchObject({
        role: 'centreOfficer',
        organisationName: 'Trung tâm DVVL Lạng Sơn',
        areas: ['20', '24'],
        narrowedAreas: null,
        status: 'active',
      });
      expect(JSON.stringify(created.body)).not.toMatch(/password|hash/i);
    });

    it('carries the areas of its organisation, or the part it is narrowed to, into the token', async () => {
      const whole = await signedIn(officer());
      const part = await signedIn(officer({ narrowedAreas: ['24'] }));
      const areas = async (token: string): Promise<unknown> =>
        (await identity.tokens.verify(token, 'openings')).areas;
      expect(await areas(whole.token)).toEqual(['20', '24']);
      expect(await areas(part.token)).toEqual(['24']);
      expect((await identity.call('GET', '/me', { token: part.token })).body).toMatchObject({
        areas: ['24'],
        organisation: { id: centre['id'], kind: 'centre' },
      });
      expect(await identity.tokens.verify(part.token, 'openings')).toMatchObject({
        role: 'centreOfficer',
        organisationId: centre['id'],
      });
    });

    it.each([
      [
        'an officer without an organisation',
        { organisationId: null },
        'organisationId',
        'organisation-required',
      ],
      [
        'an officer of an unknown organisation',
        { organisationId: randomUUID() },
        'organisationId',
        'organisation-does-not-fit',
      ],
      ['a school’s person at a centre', { role: 'school' }, 'organisationId', 'organisation-does-not-fit'],
      [
        'an administrator of a centre',
        { role: 'administrator' },
        'organisationId',
        'organisation-does-not-fit',
      ],
      [
        'an officer beyond the organisation’s areas',
        { narrowedAreas: ['01'] },
        'narrowedAreas',
        'areas-do-not-fit',
      ],
      [
        'an officer of the whole country at a provincial centre',
        { narrowedAreas: ['*'] },
        'narrowedAreas',
        'areas-do-not-fit',
      ],
    ])('is refused for %s', async (_, wrong, field, code) => {
      const answer = await post('/accounts', officer(wrong));
      expect(answer.status).toBe(422);
      expect(answer.body.errors).toEqual([expect.objectContaining({ field, code: `identity.${code}` })]);
    });

    it('is refused with an unknown role, a wrong e-mail, or fields that a client may not set', async () => {
      for (const wrong of [
        { role: 'superuser' },
        { email: 'khong-dung' },
        { origin: 'demo' },
        { passwordHash: 'x' },
      ]) {
        expect((await post('/accounts', officer(wrong))).status).toBe(422);
      }
    });

    it('is one per e-mail, however it is written, also for two administrators at the same moment', async () => {
      const body = { ...officer(), email: 'trung-lap@tinh.example' };
      const answers = await Promise.all([post('/accounts', body), post('/accounts', body)]);
      expect(answers.map(({ status }) => status).sort()).toEqual([201, 409]);
      const again = await post('/accounts', { ...body, email: 'Trung-Lap@TINH.example' });
      expect(again.body).toMatchObject({ status: 409, code: 'identity.email-taken' });
    });

    it('is made once for a request that is sent again', async () => {
      const body = officer();
      const key = { 'idempotency-key': randomUUID() };
      const [one, two] = await Promise.all([post('/accounts', body, key), post('/accounts', body, key)]);
      expect([one.status, two.status]).toEqual([201, 201]);
      expect(two.body['id']).toBe(one.body['id']);
      const other = await post('/accounts', officer(), key);
      expect(other.body).toMatchObject({ status: 422, code: 'platform.idempotency-key-reused' });
    });

    it('is edited only on the version that was read', async () => {
      const { body } = await post('/accounts', officer());
      const path = `/accounts/${body['id']}`;
      expect((await patch(path, { fullName: 'Nông Thị Hoa' }, undefined)).status).toBe(428);
      const edited = await patch(path, { fullName: 'Nông Thị Hoa' }, '"1"');
      expect(edited.headers['etag']).toBe('"2"');
      const late = await patch(path, { fullName: 'Nông Văn Hoa' }, '"1"');
      expect(late.body).toMatchObject({ status: 412, code: 'platform.version-conflict', currentVersion: 2 });
      const same = await patch(path, { fullName: 'Nông Thị Hoa' }, '"2"');
      expect(same.headers['etag']).toBe('"2"');
      const raced = await Promise.all([
        patch(path, { fullName: 'Người Một' }, '"2"'),
        patch(path, { fullName: 'Người Hai' }, '"2"'),
      ]);
      expect(raced.map(({ status }) => status).sort()).toEqual([200, 412]);
    });

    it('is signed out everywhere when it is locked, and tells so only to who knows the password', async () => {
      const person = await signedIn(officer());
      const locked = await patch(`/accounts/${person.id}`, { status: 'locked' }, '"2"');
      expect(locked.body).toMatchObject({ status: 'locked' });
      expect((await identity.call('GET', '/me', { token: person.token })).status).toBe(401);
      expect((await identity.call('POST', '/tokens/refresh', { cookie: person.cookie })).status).toBe(401);
      const attempt = async (password: string): Promise<unknown> =>
        (await identity.call('POST', '/tokens', { body: { email: person.email, password } })).body['code'];
      expect(await attempt('rung xanh nui do bien biec')).toBe('identity.account-locked');
      expect(await attempt('mot mat khau nao khac')).toBe('identity.sign-in-failed');
      await patch(`/accounts/${person.id}`, { status: 'active' }, '"3"');
      expect((await identity.call('POST', '/tokens/refresh', { cookie: person.cookie })).status).toBe(401);
      await identity.signIn(person.email, 'rung xanh nui do bien biec');
    });

    it('is signed out everywhere when its areas or those of its organisation are narrowed', async () => {
      const part = await signedIn(officer());
      await patch(`/accounts/${part.id}`, { narrowedAreas: ['24'] }, '"2"');
      expect((await identity.call('POST', '/tokens/refresh', { cookie: part.cookie })).status).toBe(401);
      const { body } = await post('/organisations', {
        kind: 'centre',
        name: 'Hai tỉnh',
        areas: ['20', '24'],
      });
      const whole = await signedIn(officer({ organisationId: body['id'] }));
      await patch(`/organisations/${body['id']}`, { name: 'Hai tỉnh cũ' }, '"1"');
      expect((await identity.call('GET', '/me', { token: whole.token })).status).toBe(200);
      await patch(`/organisations/${body['id']}`, { areas: ['20'] }, '"2"');
      expect((await identity.call('POST', '/tokens/refresh', { cookie: whole.cookie })).status).toBe(401);
    });

    it('has no characters in its name that cannot be stored', async () => {
      const answer = await post('/accounts', officer({ fullName: 'Cán\u0000bộ' }));
      expect(answer.body).toMatchObject({ status: 422, errors: [{ field: 'fullName', code: 'matches' }] });
      expect((await get('/accounts?q=%00')).status).toBe(400);
    });

    it('loses the rights of a role at once when the role changes', async () => {
      const person = await signedIn({
        email: 'sap-thoi@tinh.example',
        fullName: 'Quản trị sắp thôi',
        role: 'administrator',
      });
      expect((await identity.call('GET', '/accounts', { token: person.token })).status).toBe(200);
      const changed = await patch(
        `/accounts/${person.id}`,
        { role: 'centreOfficer', organisationId: centre['id'] },
        '"2"',
      );
      expect(changed.status).toBe(200);
      expect((await identity.call('GET', '/accounts', { token: person.token })).status).toBe(401);
    });

    it('that somebody registered with another’s address gives no rights to who registered it', async () => {
      const thief = { email: 'giam-doc@tinh.example', password: 'cho thoi co den da' };
      await identity.call('POST', '/registrations', { body: { ...thief, fullName: 'Giám đốc' } });
      const waiting = await identity.signIn(thief.email, thief.password);
      const found = (await get('/accounts?q=giam-doc')).body.items[0];
      const rights = { role: 'centreOfficer', organisationId: centre['id'] };
      expect((await patch(`/accounts/${found.id}`, rights, '"1"')).status).toBe(200);
      expect((await identity.call('POST', '/tokens/refresh', { cookie: waiting.cookie })).status).toBe(401);
      await expect(identity.signIn(thief.email, thief.password)).rejects.toThrow('sign-in-failed');
    });

    it('of the last administrator cannot be locked or changed, nor one’s own', async () => {
      const me = (await identity.call('GET', '/me', { token: admin })).body;
      const own = await get(`/accounts/${me['id']}`);
      const refused = await patch(`/accounts/${me['id']}`, { status: 'locked' }, own.headers['etag']);
      expect(refused.body).toMatchObject({ status: 409, code: 'identity.own-account' });
      const others = (await get('/accounts?role=administrator&status=active&limit=100')).body.items as {
        id: string;
        version: number;
      }[];
      for (const { id, version } of others.filter(({ id }) => id !== me['id'])) {
        expect((await patch(`/accounts/${id}`, { status: 'locked' }, `"${version}"`)).status).toBe(200);
      }
      const person = await signedIn({
        email: 'thu-hai@tinh.example',
        fullName: 'Thứ Hai',
        role: 'administrator',
      });
      const version = String((await get(`/accounts/${me['id']}`)).headers['etag']);
      // Two administrators lock each other at the same moment: one of them must be left.
      const raced = await Promise.all([
        patch(`/accounts/${person.id}`, { status: 'locked' }, '"2"'),
        identity.call('PATCH', `/accounts/${me['id']}`, {
          body: { status: 'locked' },
          token: person.token,
          headers: { 'if-match': version },
        }),
      ]);
      expect(raced.map(({ status }) => status).sort()).toEqual([200, 409]);
      await identity.dataSource.query(`UPDATE accounts SET status = 'active' WHERE email = $1`, [
        ADMIN.email,
      ]);
      admin = await identity.adminToken();
    });

    it('is found by name or e-mail without accents, by role, organisation and status', async () => {
      const { body } = await post(
        '/accounts',
        officer({ fullName: 'Đặng Thùy Trâm', email: 'dtt@tinh.example' }),
      );
      for (const query of [
        'q=dang%20thuy',
        'q=Đặng Thuỳ',
        'q=DTT@tinh',
        `q=tram&organisationId=${centre['id']}&role=centreOfficer&status=active`,
      ]) {
        const found = await get(`/accounts?${query}`);
        expect(found.body.items.map(({ id }: { id: string }) => id)).toEqual([body['id']]);
      }
      expect((await get('/accounts?q=tram&role=school')).body).toMatchObject({ items: [], total: 0 });
      expect((await get('/accounts?limit=101')).status).toBe(422);
      expect((await get(`/accounts/${randomUUID()}`)).body).toMatchObject({
        code: 'identity.account-not-found',
      });
    });
  });

  it('leave a trail of who changed what, without names, addresses or passwords, that holds', async () => {
    const email = 'vet@tinh.example';
    const { body } = await post('/accounts', officer({ fullName: 'Lương Thế Vinh', email }));
    await patch(`/accounts/${body['id']}`, { fullName: 'Lương Đắc Bằng', narrowedAreas: ['20'] }, '"1"');
    const me = (await identity.call('GET', '/me', { token: admin })).body;
    const trail = await get(`/admin/audit?subject=${body['id']}`);
    expect(trail.body.items).toEqual([
      expect.objectContaining({
        action: 'account.changed',
        actor: me['id'],
        actorRole: 'administrator',
        details: { fullName: 'changed', narrowedAreas: { from: null, to: ['20'] } },
      }),
      expect.objectContaining({ action: 'account.created' }),
    ]);
    const everything = await identity.dataSource.query<unknown[]>('SELECT * FROM audit_entries');
    expect(JSON.stringify(everything)).not.toMatch(/Lương|@tinh\.example|argon2|rung xanh/);
    expect((await get('/admin/audit/verification')).body).toMatchObject({ intact: true });
    await identity.dataSource.query('ALTER TABLE audit_entries DISABLE TRIGGER audit_entries_append_only');
    await identity.dataSource.query(`UPDATE audit_entries SET actor = 'somebody' WHERE subject = $1`, [
      body['id'],
    ]);
    expect((await get('/admin/audit/verification')).body).toMatchObject({ intact: false });
  });
});
