import { performance } from 'node:perf_hooks';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AuditLog } from '#platform';
import {
  type Client,
  Harness,
  matchingConsent,
  officer,
  registered,
  someCitizenId,
  someone,
} from './harness.js';

let h: Harness;
let desk: Client;
beforeAll(async () => {
  h = await Harness.start();
  desk = h.as(officer('38'));
});
afterAll(() => h.stop());

const pairsOf = async (client: Client, id: string, status = 'open') => {
  await h.compared();
  const { body } = await client.get(`/duplicates?status=${status}&limit=100`);
  const items = body.items as { id: string; reasons: string[]; jobseekers: { id: string }[] }[];
  return items.filter(({ jobseekers }) => jobseekers.some((person) => person.id === id));
};

describe('A citizen id cannot be probed', () => {
  const shape = (text: string): string =>
    text
      .replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, '<id>')
      .replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, '<at>');

  it('by registering with one: the answers differ by no byte but the new id', async () => {
    const known = someCitizenId();
    const holder = await registered(desk, { fullName: 'Võ Thị Chủ', citizenId: known });
    await desk.post(`/jobseekers/${holder}/verify-citizen-id`, { citizenId: known });
    const everything = async (citizenId: string): Promise<string> => {
      const person = h.as(someone());
      const created = await person.post('/jobseekers', { fullName: 'Kẻ Dò', citizenId });
      await h.compared();
      const { id } = created.body;
      const own = await person.get('/jobseekers/me');
      const revised = await person.patch(`/jobseekers/${id}`, { citizenId: null }, 1);
      const again = await person.patch(`/jobseekers/${id}`, { citizenId }, 2);
      const exported = await person.get(`/jobseekers/${id}/export`);
      const answers = [created, own, revised, again, exported];
      return shape(
        answers.map(({ status, headers, text }) => `${status} ${headers['etag']} ${text}`).join('\n'),
      ).replaceAll(`*${citizenId.slice(-2)}`, '*<last>');
    };
    expect(await everything(known)).toBe(await everything(someCitizenId()));
  });

  it('by the time that it takes', async () => {
    const known = someCitizenId();
    const holder = await registered(desk, { fullName: 'Võ Thị Chủ', citizenId: known });
    await desk.post(`/jobseekers/${holder}/verify-citizen-id`, { citizenId: known });
    const times: { known: number[]; unknown: number[] } = { known: [], unknown: [] };
    for (let i = 0; i < 40; i++) {
      for (const kind of ['known', 'unknown'] as const) {
        const person = h.as(someone());
        const citizenId = kind === 'known' ? known : someCitizenId();
        const before = performance.now();
        await person.post('/jobseekers', { fullName: 'Kẻ Dò', citizenId });
        times[kind].push(performance.now() - before);
      }
    }
    const median = (values: number[]): number => values.sort((a, b) => a - b)[values.length / 2] ?? 0;
    const [slow, fast] = [median(times.known), median(times.unknown)];
    expect(Math.abs(slow - fast)).toBeLessThan(Math.max(slow, fast) * 0.5);
  });

  it('from what is stored: no table and no event has a number in plain text, nor a hash that trying finds', async () => {
    const citizenId = someCitizenId();
    const body = { fullName: 'Võ Thị Kín', citizenId, socialInsuranceNo: '3809812345' };
    await h.as(someone()).post('/jobseekers', body, { 'idempotency-key': 'probe' });
    const stored = await h.everythingStored();
    expect(stored).toContain('Võ Thị Kín');
    for (const secret of [citizenId, '3809812345', Buffer.from(citizenId).toString('hex')])
      expect(stored).not.toContain(secret);
    const { createHash } = await import('node:crypto');
    const plainHash = createHash('sha256')
      .update('POST /api/v1/jobseekers/jobseekers\n')
      .update(JSON.stringify(body))
      .digest('base64url');
    expect(stored).not.toContain(plainHash);
  });
});

describe('An officer verifies a citizen id', () => {
  it('from the document, whose number counts', async () => {
    const [declared, document] = [someCitizenId(), someCitizenId()];
    const id = await registered(desk, { fullName: 'Tô Văn Thật', citizenId: declared });
    const { body } = await desk.post(`/jobseekers/${id}/verify-citizen-id`, { citizenId: document });
    expect(body).toMatchObject({ citizenId: `**********${document.slice(-2)}`, citizenIdStatus: 'verified' });
    const entries = await h.service.get(AuditLog).ofSubject(id);
    expect(entries.at(-1)).toMatchObject({
      action: 'jobseeker.citizen-id-verified',
      details: { asDeclared: false },
    });
  });

  it('for one profile only, also when two officers do it at the same moment', async () => {
    const citizenId = someCitizenId();
    const ids = [
      await registered(desk, { fullName: 'Tô Một', citizenId }),
      await registered(desk, { fullName: 'Tô Hai', citizenId }),
    ];
    const answers = await Promise.all(
      ids.map((id) => desk.post(`/jobseekers/${id}/verify-citizen-id`, { citizenId })),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect(answers.find(({ status }) => status === 409)?.body.code).toBe('jobseekers.citizen-id-taken');
    expect(await pairsOf(desk, ids[0] ?? '')).toEqual([expect.objectContaining({ reasons: ['citizenId'] })]);
    const refused = await h.sql(`SELECT FROM audit_entries WHERE action = 'jobseeker.citizen-id-refused'`);
    expect(refused).toHaveLength(1);
  });

  it('so many times an hour: whose number is whose cannot be tried out', async () => {
    const taken = someCitizenId();
    const holder = await registered(h.as(officer('40')), { fullName: 'Ở Xa', citizenId: taken });
    await h.as(officer('40')).post(`/jobseekers/${holder}/verify-citizen-id`, { citizenId: taken });
    const curious = h.as(officer('38'));
    const id = await registered(curious, { fullName: 'Hồ Sơ Giả' });
    const verify = async (client: Client, citizenId: string): Promise<number> =>
      (await client.post(`/jobseekers/${id}/verify-citizen-id`, { citizenId })).status;
    for (let i = 0; i < 5; i++) expect(await verify(curious, taken)).toBe(409);
    const answer = await curious.post(`/jobseekers/${id}/verify-citizen-id`, { citizenId: someCitizenId() });
    expect(answer.body).toMatchObject({ status: 429, code: 'jobseekers.too-many-verifications' });
    expect(await verify(desk, someCitizenId())).toBe(200);

    const busy = officer('38');
    await h.sql(`INSERT INTO verification_attempts (officer_id) SELECT $1 FROM generate_series(1, 59)`, [
      busy.subject,
    ]);
    expect(await verify(h.as(busy), someCitizenId())).toBe(200);
    expect(await verify(h.as(busy), someCitizenId())).toBe(429);
    await h.sql(`UPDATE verification_attempts SET at = now() - interval '61 minutes'`);
    expect(await verify(h.as(busy), someCitizenId())).toBe(200);
  });

  it('and the person cannot change afterwards what was verified', async () => {
    const person = h.as(someone());
    const citizenId = someCitizenId();
    const id = await registered(person, { fullName: 'Tô Thị Vững', provinceCode: '38', citizenId });
    await desk.post(`/jobseekers/${id}/verify-citizen-id`, { citizenId });
    for (const change of [{ fullName: 'Tô Khác' }, { birthDate: '2000-01-01' }, { citizenId: null }]) {
      const answer = await person.patch(`/jobseekers/${id}`, change, 2);
      expect([answer.status, answer.body.code]).toEqual([409, 'jobseekers.verified-field']);
    }
    // The same number and anything else go through.
    expect((await person.patch(`/jobseekers/${id}`, { citizenId, everWorked: true }, 2)).body).toMatchObject({
      citizenIdStatus: 'verified',
      everWorked: true,
    });
    const { body } = await desk.patch(`/jobseekers/${id}`, { citizenId: someCitizenId() }, 3);
    expect(body.citizenIdStatus).toBe('declared');
  });
});

describe('Suspected duplicates', () => {
  it('are found by citizen id, by social-insurance number, and by name, birth date and phone', async () => {
    const citizenId = someCitizenId();
    const anchor = await registered(desk, {
      fullName: 'Đặng Thị Trùng',
      birthDate: '1991-02-03',
      phone: '0911222333',
      citizenId,
      socialInsuranceNo: '3811112222',
    });
    await registered(desk, { fullName: 'Khác Tên', citizenId });
    await registered(desk, { fullName: 'Tên Nữa', socialInsuranceNo: '3811112222' });
    await registered(desk, { fullName: 'đặng thị trùng', birthDate: '1991-02-03', phone: '+84911222333' });
    await registered(desk, { fullName: 'Đặng Thị Trùng', birthDate: '1991-02-04', phone: '0911222333' });
    const pairs = await pairsOf(desk, anchor);
    expect(pairs.map(({ reasons }) => reasons.join())).toEqual(
      expect.arrayContaining(['citizenId', 'socialInsuranceNo', 'personAndPhone']),
    );
    expect(pairs).toHaveLength(3);
  });

  it('across a border are shown to no officer of one side', async () => {
    const citizenId = someCitizenId();
    const here = await registered(desk, { fullName: 'Biên Giới', citizenId });
    const there = await registered(h.as(officer('40')), { fullName: 'Biên Giới', citizenId });
    expect(await pairsOf(desk, here)).toEqual([]);
    expect(await pairsOf(h.as(officer('40')), there)).toEqual([]);
    const [pair] = await pairsOf(h.as(officer('38', '40')), here);
    expect(pair?.jobseekers.map(({ id }) => id)).toEqual([here, there]);
    expect((await desk.post(`/duplicates/${pair?.id}/merge`, {})).status).toBe(404);
  });

  it('are dismissed with a reason, and come back only for another one', async () => {
    const person = { fullName: 'Anh Em', birthDate: '1991-05-05', phone: '0911222444' };
    const one = await registered(desk, person);
    const two = await registered(desk, person);
    const [pair] = await pairsOf(desk, one);
    expect((await desk.post(`/duplicates/${pair?.id}/dismiss`, {})).status).toBe(422);
    const answer = await desk.post(`/duplicates/${pair?.id}/dismiss`, { reason: 'Hai anh em sinh đôi' });
    expect(answer.body).toEqual({ id: pair?.id, status: 'dismissed' });
    expect((await desk.post(`/duplicates/${pair?.id}/dismiss`, { reason: 'nữa' })).body.code).toBe(
      'jobseekers.duplicate-decided',
    );
    await desk.patch(`/jobseekers/${two}`, { gender: 'male' }, 1);
    expect(await pairsOf(desk, one)).toEqual([]);
    const citizenId = someCitizenId();
    await desk.patch(`/jobseekers/${one}`, { citizenId }, 1);
    await desk.patch(`/jobseekers/${two}`, { citizenId }, 2);
    expect(await pairsOf(desk, one)).toEqual([
      expect.objectContaining({ reasons: ['citizenId', 'personAndPhone'] }),
    ]);
  });

  it('are merged into the elder: it takes over what it lacks, the other one is gone everywhere', async () => {
    const citizenId = someCitizenId();
    const elder = await registered(desk, { fullName: 'Chu Thị Gộp', citizenId, desiredTitle: 'Thợ may' });
    const younger = await registered(desk, {
      fullName: 'Chu Gộp',
      citizenId,
      socialInsuranceNo: '3800112233',
      phone: '0911000999',
      desiredTitle: 'Thợ thêu',
      itSkills: ['Excel'],
      consents: [matchingConsent],
    });
    await desk.post(`/jobseekers/${younger}/verify-citizen-id`, { citizenId });
    const [pair] = await pairsOf(desk, elder);
    const merged = await desk.post(`/duplicates/${pair?.id}/merge`, {}, { 'idempotency-key': 'merge' });
    expect(merged.body).toEqual({ id: elder, version: 2 });
    expect(
      (await desk.post(`/duplicates/${pair?.id}/merge`, {}, { 'idempotency-key': 'merge' })).body,
    ).toEqual(merged.body);
    expect((await desk.get(`/jobseekers/${elder}`)).body).toMatchObject({
      fullName: 'Chu Gộp',
      desiredTitle: 'Thợ may',
      phone: '+84911000999',
      itSkills: ['Excel'],
      citizenIdStatus: 'verified',
      citizenId: `**********${citizenId.slice(-2)}`,
      socialInsuranceNo: '********33',
      consents: [expect.objectContaining({ withdrawnAt: null })],
    });
    expect((await desk.get(`/jobseekers/${younger}`)).status).toBe(404);
    expect((await h.told(elder)).at(-1)).toEqual([
      'merged',
      expect.objectContaining({ version: 2, consent: true, desiredTitle: 'Thợ may' }),
    ]);
    expect((await h.told(younger)).at(-1)).toEqual(['merged', null]);
    expect(await h.sql('SELECT FROM subject_keys WHERE jobseeker_id = $1', [younger])).toEqual([]);
    expect(await h.sql('SELECT cause, merged_into FROM retired_jobseekers WHERE id = $1', [younger])).toEqual(
      [{ cause: 'merged', merged_into: elder }],
    );
    expect(await pairsOf(desk, elder, 'merged')).toHaveLength(1);
    const { body: exported } = await desk.get(`/jobseekers/${elder}/export`);
    const actions = exported.accessLog.map((entry: { action: string }) => entry.action);
    expect(actions).toEqual(expect.arrayContaining(['jobseeker.merged', 'jobseeker.merged-away']));
  });

  it('take name and birth date from the verified one: what nobody saw on a document is not locked as verified', async () => {
    const merged = async (verifiedOne: 'elder' | 'younger'): Promise<unknown> => {
      const citizenId = someCitizenId();
      const elder = { fullName: 'Tên Khai', birthDate: '1970-01-01', citizenId };
      const younger = { fullName: 'Tên Thật', citizenId };
      const ids = { elder: await registered(desk, elder), younger: await registered(desk, younger) };
      await desk.post(`/jobseekers/${ids[verifiedOne]}/verify-citizen-id`, { citizenId });
      const [pair] = await pairsOf(desk, ids.elder);
      await desk.post(`/duplicates/${pair?.id}/merge`, {});
      return (await desk.get(`/jobseekers/${ids.elder}`)).body;
    };
    const verified = { citizenIdStatus: 'verified' };
    expect(await merged('elder')).toMatchObject({
      ...verified,
      fullName: 'Tên Khai',
      birthDate: '1970-01-01',
    });
    expect(await merged('younger')).toMatchObject({ ...verified, fullName: 'Tên Thật', birthDate: null });
  });

  it('keep a withdrawal: the latest will of the person counts', async () => {
    const citizenId = someCitizenId();
    const elder = await registered(desk, { fullName: 'Rút Lại', citizenId, consents: [matchingConsent] });
    const younger = await registered(desk, { fullName: 'Rút Lại', citizenId, consents: [matchingConsent] });
    await desk.delete(`/jobseekers/${younger}/consents/matching`);
    const [pair] = await pairsOf(desk, elder);
    await desk.post(`/duplicates/${pair?.id}/merge`, {});
    expect((await h.told(elder)).at(-1)).toEqual(['merged', { id: elder, version: 2, consent: false }]);
  });

  it('do not hand a walk-in’s data to an account that only claims to be the person', async () => {
    const citizenId = someCitizenId();
    const walkIn = await registered(desk, { fullName: 'Nạn Nhân', citizenId, permanentAddress: 'Thôn 9' });
    await desk.post(`/jobseekers/${walkIn}/verify-citizen-id`, { citizenId });
    const claimant = h.as(someone());
    await registered(claimant, { fullName: 'Nạn Nhân', provinceCode: '38', citizenId });
    const [pair] = await pairsOf(desk, walkIn);
    const answer = await desk.post(`/duplicates/${pair?.id}/merge`, {});
    expect(answer.body).toMatchObject({
      status: 422,
      code: 'jobseekers.identity-check-required',
      errors: [{ field: 'identityChecked' }],
    });
    const checked = await desk.post(`/duplicates/${pair?.id}/merge`, { identityChecked: true });
    expect(checked.body).toEqual({ id: walkIn, version: 3 });
    expect((await claimant.get('/jobseekers/me')).body).toMatchObject({ id: walkIn });
    const entries = await h.service.get(AuditLog).ofSubject(walkIn);
    expect(entries.at(-1)?.details).toMatchObject({ identityChecked: true });
  });

  it('with two different verified ids are two persons', async () => {
    const person = { fullName: 'Song Sinh', birthDate: '1991-06-06', phone: '0911222555' };
    const ids = [await registered(desk, person), await registered(desk, person)];
    for (const id of ids)
      await desk.post(`/jobseekers/${id}/verify-citizen-id`, { citizenId: someCitizenId() });
    const [pair] = await pairsOf(desk, ids[0] ?? '');
    expect((await desk.post(`/duplicates/${pair?.id}/merge`, {})).body.code).toBe(
      'jobseekers.verified-ids-differ',
    );
  });
});
