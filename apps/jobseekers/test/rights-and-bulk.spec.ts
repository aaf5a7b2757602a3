import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AuditLog } from '#platform';
import { BulkRegistration } from '../src/bulk/bulk-registration.js';
import { IdentifierVault } from '../src/identifiers/identifier-vault.js';
import { Harness, matchingConsent, officer, registered, someCitizenId, someone } from './harness.js';

let h: Harness;
beforeAll(async () => {
  h = await Harness.start();
});
afterAll(() => h.stop());

describe('The right to see one’s data', () => {
  it('gives all of it with the ledger and who looked, officers by role and office', async () => {
    const person = h.as(someone());
    const id = await registered(person, {
      fullName: 'Cao Thị Xem',
      provinceCode: '38',
      consents: [matchingConsent],
    });
    await h.as({ ...officer('38'), subject: 'officer-cuc' }).get(`/jobseekers/${id}`);
    const { headers, body } = await person.get(`/jobseekers/${id}/export`);
    expect(headers['content-disposition']).toContain('attachment');
    expect(body).toMatchObject({
      exportedAt: expect.any(String),
      jobseeker: { id, fullName: 'Cao Thị Xem' },
      consentLedger: [{ purpose: 'matching', given: true, textVersion: '2026-11', by: 'self' }],
      accessLog: [
        { action: 'jobseeker.registered', role: 'jobseeker' },
        { action: 'jobseeker.viewed', role: 'centreOfficer' },
        { action: 'jobseeker.exported', role: 'jobseeker' },
      ],
    });
    expect(JSON.stringify(body)).not.toContain('officer-cuc');
  });
});

describe('The right to be erased', () => {
  const secrets = {
    fullName: 'Quách Thị Xóa',
    phone: '0933444555',
    email: 'xoa@example.vn',
    permanentAddress: 'Ngõ 17 phố Xóa',
    workConditionLimits: 'Viêm khớp gối',
    experience: [{ title: 'Thợ may', employerName: 'Xưởng bà Xóa' }],
  };

  it('leaves no word of the person in any table or in the log, and no key', async () => {
    const account = someone();
    const person = h.as(account);
    const [citizenId, insurance] = [someCitizenId(), '3899887766'];
    const id = await registered(person, {
      ...secrets,
      provinceCode: '38',
      citizenId,
      socialInsuranceNo: insurance,
      consents: [matchingConsent],
    });
    const twin = await registered(h.as(officer('38')), { fullName: 'Sinh Đôi', citizenId });
    await h.compared();
    await h.as(officer('38')).get(`/jobseekers/${id}`);
    const [row] = await h.sql<{ citizen_id_sealed: Buffer }>(
      'SELECT citizen_id_sealed FROM jobseekers WHERE id = $1',
      [id],
    );

    expect((await person.delete(`/jobseekers/${id}`)).status).toBe(204);

    const stored = await h.everythingStored();
    const words = [
      citizenId,
      insurance,
      'Quách',
      'quach',
      '933444555',
      'xoa@',
      'phố Xóa',
      'khớp gối',
      'bà Xóa',
    ];
    for (const word of [...words, account.subject]) expect(stored).not.toContain(word);
    expect((await h.told(id)).at(-1)).toEqual(['erased', null]);
    expect(await h.sql('SELECT FROM subject_keys WHERE jobseeker_id = $1', [id])).toEqual([]);
    // A copy of the row from a backup opens no more.
    const vault = h.service.get(IdentifierVault);
    const opening = vault.open(
      h.service.database.manager,
      id,
      'citizenId',
      row?.citizen_id_sealed ?? Buffer.of(),
    );
    await expect(opening).rejects.toThrow('key of this person does not exist');
    expect(
      await h.sql('SELECT cause, by_role, last_version FROM retired_jobseekers WHERE id = $1', [id]),
    ).toEqual([{ cause: 'erased', by_role: 'jobseeker', last_version: 2 }]);
    expect((await person.get('/jobseekers/me')).status).toBe(404);
    expect((await person.delete(`/jobseekers/${id}`)).status).toBe(404);
    expect((await h.as(officer('38')).get(`/jobseekers/${twin}`)).status).toBe(200);
    const entries = await h.service.get(AuditLog).ofSubject(id);
    expect(entries.at(-1)).toMatchObject({
      action: 'jobseeker.erased',
      actor: 'self',
      reason: 'requestedByPerson',
    });
    expect(await h.service.get(AuditLog).verify()).toMatchObject({ intact: true });
  });

  it('asks an officer for the reason', async () => {
    const desk = h.as(officer('38'));
    const id = await registered(desk, { fullName: 'Quách Hai' });
    expect((await desk.delete(`/jobseekers/${id}`)).body.code).toBe('jobseekers.reason-required');
    expect((await desk.delete(`/jobseekers/${id}`, { reason: 'vì thích' })).status).toBe(422);
    expect((await desk.delete(`/jobseekers/${id}`, { reason: 'registeredInError' })).status).toBe(204);
  });

  it('comes with the erasure of the account, once or twice, and the account gets no new profile', async () => {
    const account = someone();
    const person = h.as(account);
    const id = await registered(person, { ...secrets, consents: [matchingConsent] });
    const identity = h.asService('identity', 'jobseekers.erase-by-account');
    const erase = async (): Promise<number> =>
      (await identity.post('/account-erasures', { accountId: account.subject })).status;
    expect([await erase(), await erase()]).toEqual([204, 204]);
    // An event that had not left the outbox yet is not told any more: the last word is what counts.
    expect((await h.told(id)).map(([happening]) => happening).at(-1)).toBe('erased');
    expect(await h.sql('SELECT FROM subject_keys WHERE jobseeker_id = $1', [id])).toEqual([]);
    for (const word of ['Quách Thị', '933444555', 'phố Xóa'])
      expect(await h.everythingStored()).not.toContain(word);
    // The access token outlives the account by minutes.
    const again = await person.post('/jobseekers', { fullName: 'Quách Thị Xóa' });
    expect([again.status, again.body.code]).toEqual([409, 'jobseekers.account-closed']);
    const desk = h.as(officer('38'));
    const walkIn = (await desk.post('/jobseekers', { fullName: 'Quách Hai' })).body;
    expect((await person.post('/claims', { claimCode: walkIn.claimCode })).body.code).toBe(
      'jobseekers.account-closed',
    );
    expect(await h.sql('SELECT FROM jobseekers WHERE account_id = $1', [account.subject])).toEqual([]);
    const other = h.asService('identity', 'jobseekers.owner');
    expect((await other.post('/account-erasures', { accountId: account.subject })).status).toBe(403);
  });

  it('lets the person begin anew', async () => {
    const person = h.as(someone());
    const send = () => person.post('/jobseekers', { fullName: 'Quách Ba' }, { 'idempotency-key': 'one' });
    const first = await send();
    await person.delete(`/jobseekers/${first.body.id}`);
    const second = await send();
    expect(second.status).toBe(201);
    expect(second.body.id).not.toBe(first.body.id);
  });
});

describe('A register with many people', () => {
  it('goes in with consents, sealed numbers and events; wrong rows are listed', async () => {
    const citizenId = someCitizenId();
    const rows = [
      { fullName: 'Hà Một', communeCode: '14797', citizenId, consents: [matchingConsent] },
      { fullName: '123', phone: '1' },
      {
        fullName: 'Hà Ba',
        provinceCode: '38',
        priorityGroups: ['poorHousehold'],
        languages: [{ code: 'en' }],
      },
    ];
    const { status, body } = await h
      .as(someone('administrator', '*'))
      .post('/jobseekers/bulk', { dataSource: 'import', rows });
    expect([status, body.registered]).toEqual([200, 2]);
    expect(body.rejected).toEqual([
      { row: 1, field: 'fullName', code: 'jobseekers.full-name-invalid' },
      { row: 1, field: 'phone', code: 'jobseekers.phone-invalid' },
    ]);
    const desk = h.as(officer('38'));
    const [one, three] = body.ids;
    expect((await desk.get(`/jobseekers/${one}`)).body).toMatchObject({
      fullName: 'Hà Một',
      areaProvinceCode: '38',
      citizenId: `**********${citizenId.slice(-2)}`,
      dataSource: 'import',
      hasAccount: false,
      consents: [expect.objectContaining({ givenBy: 'officer', channel: 'paper' })],
    });
    expect((await desk.get(`/jobseekers/${three}`)).body).toMatchObject({
      priorityGroups: ['poorHousehold'],
      languages: [{ code: 'en', certificate: null, proficiency: null }],
    });
    expect(await h.told(one)).toEqual([['registered', expect.objectContaining({ consent: true })]]);
    expect(await h.told(three)).toEqual([['registered', { id: three, version: 1, consent: false }]]);
    expect((await desk.get('/jobseekers?q=ha%20mot')).body.items).toHaveLength(1);
  });

  it('keeps out no right row because of one of another shape or of an old consent', async () => {
    const rows = [
      { fullName: 'Hà Tư', gender: 'robot', nickname: 'Tèo' },
      { fullName: 'Hà Năm', provinceCode: '38' },
      'Hà Sáu',
      null,
      { fullName: 'Hà Bảy', consents: [{ purpose: 'matching', textVersion: '2020-01' }] },
      { fullName: 'Hà Tám', permanentAddress: 'Thôn\u0000' },
      { fullName: 'Hà 9' },
      { fullName: 'Hà Mười', provinceCode: '38' },
    ];
    const { status, body } = await h
      .as(someone('administrator', '*'))
      .post('/jobseekers/bulk', { dataSource: 'import', rows });
    expect([status, body.registered]).toEqual([200, 2]);
    expect(body.rejected).toEqual([
      { row: 0, field: 'nickname', code: 'whitelistValidation' },
      { row: 0, field: 'gender', code: 'isIn' },
      { row: 2, field: '', code: 'isObject' },
      { row: 3, field: '', code: 'isObject' },
      { row: 4, field: 'consents.0.textVersion', code: 'jobseekers.consent-text-unknown' },
      { row: 5, field: 'permanentAddress', code: 'matches' },
      { row: 6, field: 'fullName', code: 'jobseekers.full-name-invalid' },
    ]);
    expect((await h.as(officer('38')).get(`/jobseekers/${body.ids[1]}`)).body).toMatchObject({
      fullName: 'Hà Mười',
    });
  });

  it('goes in batch by batch, and rejected rows keep their place', async () => {
    const rows = Array.from({ length: 2010 }, (_, i) => ({
      fullName: i === 2005 ? '1' : `Người Thử ${String.fromCharCode(65 + (i % 26))}`,
      provinceCode: '40',
      citizenId: `0380900${String(i).padStart(5, '0')}`,
    }));
    const by = { actor: 'demo', actorRole: 'service' };
    const result = await h.service.get(BulkRegistration).registerMany(rows, { dataSource: 'demo', by });
    expect(result.registered).toBe(2009);
    expect(result.rejected).toEqual([{ row: 2005, field: 'fullName', code: 'jobseekers.full-name-invalid' }]);
    expect(await h.sql(`SELECT count(*)::int AS n FROM jobseekers WHERE area_province_code = '40'`)).toEqual([
      { n: 2009 },
    ]);
    const told = await h.service.log('jobseekers.jobseeker');
    expect(told.filter(({ key }) => result.ids.includes(key))).toHaveLength(2009);
  });
});
