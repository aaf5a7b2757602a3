import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Harness, matchingConsent, officer, someCitizenId, someone } from './harness.js';

describe('Registration', () => {
  let h: Harness;
  beforeAll(async () => {
    h = await Harness.start();
  });
  afterAll(() => h.stop());

  it('keeps every field of Mẫu 01a and answers it to the person, document numbers masked', async () => {
    const person = h.as(someone());
    const form = {
      fullName: 'Lê Thị Mười',
      birthDate: '1998-05-17',
      gender: 'female',
      phone: '0912 345 678',
      email: 'Muoi@Example.vn',
      ethnicityCode: '06',
      communeCode: '14797',
      areaType: 'rural',
      priorityGroups: ['poorHousehold'],
      permanentAddress: 'Thôn 3',
      currentAddress: 'Thôn 3',
      educationLevel: 'upperSecondary',
      technicalLevel: 'intermediate',
      specialty: 'May công nghiệp',
      activityStatus: 'unemployed',
      unemploymentDuration: '3-12m',
      everWorked: true,
      socialInsuranceKind: 'compulsory',
      experience: [
        { title: 'Thợ may', occupationCode: '7531', employerName: 'Xưởng may', months: 30, tasks: 'May áo' },
      ],
      experienceMonths: 30,
      languages: [{ code: 'en', certificate: 'A2', proficiency: 'average' }],
      itSkills: ['Excel'],
      softSkills: ['Làm việc nhóm'],
      desiredTitle: 'Công nhân may',
      desiredOccupationCodes: ['7531'],
      desiredSectorCodes: ['C'],
      desiredPlaces: [{ provinceCode: '38', communeCode: '14797', radiusKm: 20, countryCode: null }],
      desiredMarkets: ['JP'],
      desiredPayMin: 8000000,
      desiredPayCurrency: 'VND',
      contractKind: 'indefinite',
      employmentForm: 'fullTime',
      workConditionLimits: 'Không làm ca đêm',
      wantsTraining: true,
      trainingTrade: 'Cắt may',
      trainingLevel: 'elementary',
    };
    const created = await person.post('/jobseekers', {
      ...form,
      citizenId: '038 198 000 123',
      socialInsuranceNo: '3812345678',
    });
    expect(created.status).toBe(201);
    expect(created.body).toEqual({
      id: expect.any(String),
      version: 1,
      claimCode: null,
      claimCodeExpiresAt: null,
    });
    const me = await person.get('/jobseekers/me');
    expect(me.headers).toMatchObject({ etag: '"1"', 'cache-control': 'no-store' });
    expect(me.body).toMatchObject({
      ...form,
      phone: '+84912345678',
      email: 'muoi@example.vn',
      provinceCode: '38',
      citizenId: '**********23',
      citizenIdStatus: 'declared',
      socialInsuranceNo: '********78',
      dataSource: 'selfRegistration',
      hasAccount: true,
      ofLegalAge: true,
      adult: true,
      consents: [],
    });
  });

  it('leaves unknown what was not said', async () => {
    const person = h.as(someone());
    await person.post('/jobseekers', { fullName: 'Trần Văn Hai' });
    const { body } = await person.get('/jobseekers/me');
    expect(body).toMatchObject({
      birthDate: null,
      gender: null,
      citizenId: null,
      citizenIdStatus: 'none',
      phone: null,
      provinceCode: null,
      ofLegalAge: null,
      everWorked: null,
      experienceMonths: null,
      desiredPayMin: null,
      experience: [],
    });
  });

  it.each([
    ['fullName', { fullName: 'Ngô\u0000Ba' }],
    ['permanentAddress', { permanentAddress: 'Thôn\u0007 3' }],
    ['desiredTitle', { desiredTitle: 'Thợ \ud800' }],
    ['itSkills', { itSkills: ['Excel', 'Word\u0000'] }],
    ['experience.0.tasks', { experience: [{ title: 'Thợ may', tasks: 'May\u0000' }] }],
    ['languages.0.certificate', { languages: [{ code: 'en', certificate: '\u0000' }] }],
  ])('refuses characters in %s that cannot be stored', async (field, wrong) => {
    const answer = await h.as(someone()).post('/jobseekers', { fullName: 'Ngô Ba', ...wrong });
    expect(answer.body).toMatchObject({ status: 422, errors: [{ field, code: 'matches' }] });
  });

  it('is once per account, also when the form is sent twice at the same moment', async () => {
    const person = h.as(someone());
    const answers = await Promise.all(
      [1, 2, 3].map(() => person.post('/jobseekers', { fullName: 'Ngô Ba' })),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409]);
    expect(answers.find(({ status }) => status === 409)?.body).toMatchObject({
      code: 'jobseekers.already-registered',
    });
  });

  it('answers a repeat with the same Idempotency-Key as the first time', async () => {
    const person = h.as(someone());
    const send = () => person.post('/jobseekers', { fullName: 'Ngô Tư' }, { 'idempotency-key': 'k1' });
    const [first, second] = [await send(), await send()];
    expect(second.status).toBe(201);
    expect(second.body).toEqual(first.body);
  });

  it('publishes what matching may know when the person consents, and only that the person exists otherwise', async () => {
    const silent = await h.as(someone()).post('/jobseekers', { fullName: 'Đỗ Năm', birthDate: '1990-01-01' });
    expect(await h.told(silent.body.id)).toEqual([
      ['registered', { id: silent.body.id, version: 1, consent: false }],
    ]);

    const open = await h.as(someone()).post('/jobseekers', {
      fullName: 'Đỗ Sáu',
      birthDate: '1990-01-01',
      communeCode: '14797',
      phone: '0912345679',
      ethnicityCode: '01',
      priorityGroups: ['poorHousehold'],
      workConditionLimits: 'Đau lưng',
      permanentAddress: 'Số nhà 5',
      citizenId: someCitizenId(),
      desiredTitle: 'Thợ hàn',
      experience: [{ title: 'Thợ hàn', employerName: 'Xưởng ông Bảy', months: 12 }],
      consents: [matchingConsent],
    });
    const [[, state] = []] = await h.told(open.body.id);
    expect(state).toMatchObject({
      consent: true,
      communeCode: '14797',
      provinceCode: '38',
      ofLegalAge: true,
      desiredTitle: 'Thợ hàn',
      experience: [{ title: 'Thợ hàn', occupationCode: null, months: 12 }],
    });
    const told = JSON.stringify(state);
    for (const secret of ['Đỗ Sáu', '912345679', 'poorHousehold', 'Đau lưng', 'Số nhà', 'ông Bảy', 'ethnic'])
      expect(told).not.toContain(secret);
  });

  it('of a walk-in gives the officer a claim code, once', async () => {
    const desk = h.as(officer('38'));
    const send = () =>
      desk.post('/jobseekers', { fullName: 'Hà Thị Bảy' }, { 'idempotency-key': 'walk-in-1' });
    const first = await send();
    expect(first.body).toMatchObject({ claimCode: expect.stringMatching(/^[0-9A-Z]{5}-[0-9A-Z]{5}$/) });
    expect((await send()).body).toEqual({ ...first.body, claimCode: null, claimCodeExpiresAt: null });
    const { body } = await desk.get(`/jobseekers/${first.body.id}`);
    expect(body).toMatchObject({
      areaProvinceCode: '38',
      provinceCode: null,
      hasAccount: false,
      dataSource: 'walkIn',
    });
    await desk.post(`/jobseekers/${first.body.id}/consents`, matchingConsent);
    expect((await h.told(first.body.id)).at(-1)).toEqual([
      'consent-given',
      expect.objectContaining({ areaProvinceCode: '38', provinceCode: null }),
    ]);
    expect(await h.everythingStored()).not.toContain(String(first.body.claimCode).replace('-', ''));
  });
});
