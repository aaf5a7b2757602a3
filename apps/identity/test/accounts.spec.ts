import { randomUUID } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { administratorsBed, PASSWORD } from './administrators-bed.js';
import { ADMIN } from './running-identity.js';

describe('An account', () => {
  const bed = administratorsBed();
  const { get, officer, patch, post, signedIn } = bed;

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
      (await bed.identity.tokens.verify(token, 'openings')).areas;
    expect(await areas(whole.token)).toEqual(['20', '24']);
    expect(await areas(part.token)).toEqual(['24']);
    expect((await bed.identity.call('GET', '/me', { token: part.token })).body).toMatchObject({
      areas: ['24'],
      organisation: { id: bed.centre['id'], kind: 'centre' },
    });
    expect(await bed.identity.tokens.verify(part.token, 'openings')).toMatchObject({
      role: 'centreOfficer',
      organisationId: bed.centre['id'],
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
    expect((await bed.identity.call('GET', '/me', { token: person.token })).status).toBe(401);
    expect((await bed.identity.call('POST', '/tokens/refresh', { cookie: person.cookie })).status).toBe(401);
    const attempt = async (password: string): Promise<unknown> =>
      (await bed.identity.call('POST', '/tokens', { body: { email: person.email, password } })).body['code'];
    expect(await attempt(PASSWORD)).toBe('identity.account-locked');
    expect(await attempt('mot mat khau nao khac')).toBe('identity.sign-in-failed');
    await patch(`/accounts/${person.id}`, { status: 'active' }, '"3"');
    expect((await bed.identity.call('POST', '/tokens/refresh', { cookie: person.cookie })).status).toBe(401);
    await bed.identity.signIn(person.email, PASSWORD);
  });

  it('is signed out everywhere when its areas or those of its organisation are narrowed', async () => {
    const part = await signedIn(officer());
    await patch(`/accounts/${part.id}`, { narrowedAreas: ['24'] }, '"2"');
    expect((await bed.identity.call('POST', '/tokens/refresh', { cookie: part.cookie })).status).toBe(401);
    const { body } = await post('/organisations', {
      kind: 'centre',
      name: 'Hai tỉnh',
      areas: ['20', '24'],
    });
    const whole = await signedIn(officer({ organisationId: body['id'] }));
    await patch(`/organisations/${body['id']}`, { name: 'Hai tỉnh cũ' }, '"1"');
    expect((await bed.identity.call('GET', '/me', { token: whole.token })).status).toBe(200);
    await patch(`/organisations/${body['id']}`, { areas: ['20'] }, '"2"');
    expect((await bed.identity.call('POST', '/tokens/refresh', { cookie: whole.cookie })).status).toBe(401);
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
    expect((await bed.identity.call('GET', '/accounts', { token: person.token })).status).toBe(200);
    const changed = await patch(
      `/accounts/${person.id}`,
      { role: 'centreOfficer', organisationId: bed.centre['id'] },
      '"2"',
    );
    expect(changed.status).toBe(200);
    expect((await bed.identity.call('GET', '/accounts', { token: person.token })).status).toBe(401);
  });

  it('that somebody registered with another’s address gives no rights to who registered it', async () => {
    const thief = { email: 'giam-doc@tinh.example', password: 'cho thoi co den da' };
    await bed.identity.call('POST', '/registrations', { body: { ...thief, fullName: 'Giám đốc' } });
    const waiting = await bed.identity.signIn(thief.email, thief.password);
    const found = (await get('/accounts?q=giam-doc')).body.items[0];
    const rights = { role: 'centreOfficer', organisationId: bed.centre['id'] };
    expect((await patch(`/accounts/${found.id}`, rights, '"1"')).status).toBe(200);
    expect((await bed.identity.call('POST', '/tokens/refresh', { cookie: waiting.cookie })).status).toBe(401);
    await expect(bed.identity.signIn(thief.email, thief.password)).rejects.toThrow('sign-in-failed');
  });

  it('of the last administrator cannot be locked or changed, nor one’s own', async () => {
    const me = (await bed.identity.call('GET', '/me', { token: bed.admin })).body;
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
      bed.identity.call('PATCH', `/accounts/${me['id']}`, {
        body: { status: 'locked' },
        token: person.token,
        headers: { 'if-match': version },
      }),
    ]);
    expect(raced.map(({ status }) => status).sort()).toEqual([200, 409]);
    await bed.identity.dataSource.query(`UPDATE accounts SET status = 'active' WHERE email = $1`, [
      ADMIN.email,
    ]);
    await bed.signInAgain();
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
      `q=tram&organisationId=${bed.centre['id']}&role=centreOfficer&status=active`,
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

  it('leaves a trail of who changed what, without names, addresses or passwords, that holds', async () => {
    const email = 'vet@tinh.example';
    const { body } = await post('/accounts', officer({ fullName: 'Lương Thế Vinh', email }));
    await patch(`/accounts/${body['id']}`, { fullName: 'Lương Đắc Bằng', narrowedAreas: ['20'] }, '"1"');
    const me = (await bed.identity.call('GET', '/me', { token: bed.admin })).body;
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
    const everything = await bed.identity.dataSource.query<unknown[]>('SELECT * FROM audit_entries');
    expect(JSON.stringify(everything)).not.toMatch(/Lương|@tinh\.example|argon2|rung xanh/);
    expect((await get('/admin/audit/verification')).body).toMatchObject({ intact: true });
    await bed.identity.dataSource.query(
      'ALTER TABLE audit_entries DISABLE TRIGGER audit_entries_append_only',
    );
    await bed.identity.dataSource.query(`UPDATE audit_entries SET actor = 'somebody' WHERE subject = $1`, [
      body['id'],
    ]);
    expect((await get('/admin/audit/verification')).body).toMatchObject({ intact: false });
  });
});
