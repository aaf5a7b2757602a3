import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AuditLog } from '#platform';
import { LegalAgeClock } from '../src/jobseeker/legal-age.clock.js';
import { type Client, Harness, matchingConsent, officer, registered, someone } from './harness.js';

let h: Harness;
beforeAll(async () => {
  h = await Harness.start();
});
afterAll(() => h.stop());

describe('Consent to matching', () => {
  it('is given and withdrawn, and each is told at once', async () => {
    const person = h.as(someone());
    const id = await registered(person, {
      fullName: 'Lý Thị Sen',
      desiredTitle: 'Thợ may',
      provinceCode: '38',
    });
    const given = await person.post(`/jobseekers/${id}/consents`, matchingConsent);
    expect(given.headers['etag']).toBe('"2"');
    expect(given.body.consents).toEqual([
      {
        ...matchingConsent,
        channel: 'online',
        givenAt: expect.any(String),
        givenBy: 'self',
        withdrawnAt: null,
        withdrawnBy: null,
      },
    ]);
    const withdrawn = await person.delete(`/jobseekers/${id}/consents/matching`);
    expect(withdrawn.body.consents).toEqual([
      expect.objectContaining({ withdrawnAt: expect.any(String), withdrawnBy: 'self' }),
    ]);
    const [first, second, third] = await h.told(id);
    expect(first).toEqual(['registered', { id, version: 1, consent: false }]);
    expect(second).toEqual([
      'consent-given',
      expect.objectContaining({ version: 2, consent: true, desiredTitle: 'Thợ may' }),
    ]);
    expect(third).toEqual(['consent-withdrawn', { id, version: 3, consent: false }]);
  });

  it('that is in force is not given again, nor withdrawn twice', async () => {
    const person = h.as(someone());
    const id = await registered(person, { fullName: 'Lý Văn Tám', consents: [matchingConsent] });
    expect((await person.post(`/jobseekers/${id}/consents`, matchingConsent)).body.version).toBe(1);
    await person.delete(`/jobseekers/${id}/consents/matching`);
    expect((await person.delete(`/jobseekers/${id}/consents/matching`)).body.version).toBe(2);
    expect((await h.told(id)).map(([happening]) => happening)).toEqual(['registered', 'consent-withdrawn']);
  });

  it('is not given again by a repeated request after it was withdrawn', async () => {
    const person = h.as(someone());
    const id = await registered(person, { fullName: 'Lý Văn Chín' });
    const give = () =>
      person.post(`/jobseekers/${id}/consents`, matchingConsent, { 'idempotency-key': 'give' });
    await give();
    await person.delete(`/jobseekers/${id}/consents/matching`);
    const { body } = await give();
    expect(body.consents).toEqual([expect.objectContaining({ withdrawnAt: expect.any(String) })]);
  });

  it('is to today’s text only', async () => {
    const answer = await h
      .as(someone())
      .post('/jobseekers', { fullName: 'Lý Ba', consents: [{ purpose: 'matching', textVersion: '1999' }] });
    expect(answer.body).toMatchObject({
      code: 'jobseekers.consent-text-unknown',
      errors: [{ field: 'textVersion' }],
    });
  });

  it('on paper is recorded by the officer, as such', async () => {
    const desk = h.as(officer('38'));
    const id = await registered(desk, { fullName: 'Lý Thị Mận' });
    const { body } = await desk.post(`/jobseekers/${id}/consents`, matchingConsent);
    expect(body.consents).toEqual([expect.objectContaining({ givenBy: 'officer', channel: 'paper' })]);
  });

  it('makes the day of the legal age known, though nobody edits anything', async () => {
    const id = await registered(h.as(someone()), {
      fullName: 'Lý Út',
      birthDate: '2012-03-04',
      consents: [matchingConsent],
    });
    const clock = h.service.get(LegalAgeClock);
    await clock.tick('2027-03-03');
    expect(await h.told(id)).toHaveLength(1);
    await clock.tick('2027-03-04');
    await clock.tick('2027-03-05');
    const told = await h.told(id);
    expect(told.map(([, state]) => state)).toEqual([
      expect.objectContaining({ version: 1, ofLegalAge: false }),
      expect.objectContaining({ version: 2, ofLegalAge: true }),
    ]);
  });
});

describe('A claim code', () => {
  const walkIn = async (desk: Client): Promise<{ id: string; claimCode: string }> => {
    const { body } = await desk.post('/jobseekers', { fullName: 'Hoàng Văn Núi', birthDate: '1980-01-01' });
    return body as { id: string; claimCode: string };
  };
  const desk = (): Client => h.as(officer('38'));
  const refused = { status: 422, code: 'jobseekers.claim-code-invalid', errors: [{ field: 'claimCode' }] };

  it('ties the walk-in profile to the account of whoever holds it, once, however it is typed', async () => {
    const { id, claimCode } = await walkIn(desk());
    const person = h.as(someone());
    const typed = ` ${claimCode.toLowerCase().replace('-', ' ').replaceAll('0', 'o').replaceAll('1', 'l')}`;
    expect((await person.post('/claims', { claimCode: typed })).body).toEqual({ id, version: 2 });
    expect((await person.get('/jobseekers/me')).body).toMatchObject({ id, hasAccount: true });
    expect((await h.as(someone()).post('/claims', { claimCode })).body).toMatchObject(refused);
    const [, claimed] = await h.service.get(AuditLog).ofSubject(id);
    expect(claimed).toMatchObject({ action: 'jobseeker.claimed', actor: 'self' });
  });

  it('serves one of two who use it at the same moment', async () => {
    const { claimCode } = await walkIn(desk());
    const answers = await Promise.all(
      [someone(), someone()].map((who) => h.as(who).post('/claims', { claimCode })),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 422]);
  });

  it('that is wrong, expired or replaced is refused alike', async () => {
    const office = desk();
    const { id, claimCode } = await walkIn(office);
    const { body: issued } = await office.post(`/jobseekers/${id}/claim-codes`);
    const tries = [claimCode, 'AAAAA-AAAAA', 'x'];
    const answers = [];
    for (const code of tries) answers.push((await h.as(someone()).post('/claims', { claimCode: code })).body);
    await h.sql(`UPDATE claim_codes SET expires_at = now() WHERE jobseeker_id = $1`, [id]);
    answers.push((await h.as(someone()).post('/claims', { claimCode: issued.claimCode })).body);
    const shapes = answers.map((body) => JSON.stringify({ ...body, correlationId: '' }));
    expect(answers[0]).toMatchObject(refused);
    expect(new Set(shapes).size).toBe(1);
  });

  it('cannot be tried out: five times an hour and account, also when all come at once', async () => {
    const { claimCode } = await walkIn(desk());
    const guesser = h.as(someone());
    const answers = await Promise.all(
      Array.from({ length: 12 }, () => guesser.post('/claims', { claimCode: 'AAAAA-AAAAA' })),
    );
    expect(answers.filter(({ status }) => status === 422)).toHaveLength(5);
    const late = await guesser.post('/claims', { claimCode });
    expect([late.status, late.headers['retry-after']]).toEqual([429, '3600']);
  });

  it('is not issued for a profile that has an account', async () => {
    const id = await registered(h.as(someone()), { fullName: 'Hoàng Hai', provinceCode: '38' });
    expect((await desk().post(`/jobseekers/${id}/claim-codes`)).body.code).toBe('jobseekers.already-claimed');
  });

  it('in the hands of somebody with a profile puts the two into the merge queue and stays valid', async () => {
    const office = desk();
    const { id, claimCode } = await walkIn(office);
    const person = h.as(someone());
    const own = await registered(person, { fullName: 'Hoàng Núi', provinceCode: '38' });
    expect((await person.post('/claims', { claimCode })).body.code).toBe('jobseekers.already-registered');
    const { body } = await office.get('/duplicates');
    const pair = body.items.find((item: { jobseekers: { id: string }[] }) => item.jobseekers[0]?.id === id);
    expect(pair).toMatchObject({ reasons: ['claim'] });
    // The code has shown that they are one person: no document is needed.
    const merged = await office.post(`/duplicates/${pair.id}/merge`, {});
    expect(merged.body).toMatchObject({ id });
    expect((await person.get('/jobseekers/me')).body).toMatchObject({ id, birthDate: '1980-01-01' });
    expect((await office.get(`/jobseekers/${own}`)).status).toBe(404);
  });
});
