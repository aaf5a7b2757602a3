import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { PeerRequest, PeerTransport } from '#platform';
import { ADMIN, type Answer, countHashes, RunningIdentity } from './running-identity.js';

const PASSWORD = 'doi que huong toi';

describe('Registering oneself', () => {
  let identity: RunningIdentity;
  /** What the jobseekers service was asked, and whether it can answer. */
  const profiles = { asked: [] as PeerRequest[], status: 204 };
  const peers: PeerTransport = {
    send: (service, request) => {
      if (service === 'jobseekers') profiles.asked.push(request);
      return Promise.resolve({ status: profiles.status, body: '' });
    },
  };
  beforeAll(async () => {
    identity = await RunningIdentity.start({ peers });
  });
  afterAll(() => identity.stop());
  beforeEach(() => identity.dataSource.query('TRUNCATE throttle_buckets'));

  const register = (email: string, more: object = {}): Promise<Answer> =>
    identity.call('POST', '/registrations', {
      body: { email, password: PASSWORD, fullName: 'Lý Thị Sen', ...more },
    });

  it('makes a jobseeker’s account, which has no areas and no organisation', async () => {
    const answer = await register('sen@thu.example');
    expect(answer.status).toBe(201);
    expect(answer.body).toEqual({ email: 'sen@thu.example', role: 'jobseeker' });
    const { token } = await identity.signIn('sen@thu.example', PASSWORD);
    expect((await identity.call('GET', '/me', { token })).body).toEqual({
      id: expect.any(String),
      email: 'sen@thu.example',
      name: 'Lý Thị Sen',
      role: 'jobseeker',
      areas: [],
    });
  });

  it.each([{ role: 'administrator' }, { organisationId: 'x' }, { areas: ['*'] }, { status: 'active' }])(
    'takes no rights from the client: %j',
    async (more) => {
      const answer = await register('quyen@thu.example', more);
      expect(answer.status).toBe(422);
      expect(answer.body.errors[0]).toMatchObject({ code: 'whitelistValidation' });
    },
  );

  it('answers a known e-mail like a new one, after the same work, and changes nothing', async () => {
    const computed = countHashes(identity);
    const known = await register(ADMIN.email, { password: 'toi muon lay tai khoan nay' });
    const forKnown = computed.count();
    const fresh = await register('chua-co@thu.example');
    const forFresh = computed.count() - forKnown;
    computed.stop();
    expect([known.status, fresh.status]).toEqual([201, 201]);
    expect(Object.keys(known.body)).toEqual(Object.keys(fresh.body));
    expect([forKnown, forFresh]).toEqual([1, 1]);
    await identity.signIn(ADMIN.email, ADMIN.password);
    const stolen = await identity.call('POST', '/tokens', {
      body: { email: ADMIN.email, password: 'toi muon lay tai khoan nay' },
    });
    expect(stolen.status).toBe(401);
  });

  it('at the same moment makes one account', async () => {
    const answers = await Promise.all(Array.from({ length: 6 }, () => register('mot-lan@thu.example')));
    expect(answers.map(({ status }) => status)).toEqual(Array(6).fill(201));
    const rows = await identity.dataSource.query<unknown[]>(
      `SELECT FROM accounts WHERE email = 'mot-lan@thu.example'`,
    );
    expect(rows).toHaveLength(1);
  });

  it.each([
    ['qua ngan', 'too-short'],
    ['1234567890', 'too-regular'],
    ['Matkhau@2026', 'too-common'],
    ['Lý Thị Sen 90', 'about-you'],
  ])('refuses the password "%s": %s', async (password, why) => {
    const answer = await register('yeu@thu.example', { password });
    expect(answer.body).toMatchObject({ status: 422, code: `identity.password-${why}` });
    expect(answer.body.errors[0]).toMatchObject({ field: 'password' });
  });

  it('keeps neither the password nor a fast hash of it', async () => {
    await identity.call('POST', '/registrations', {
      body: { email: 'khoa@thu.example', password: PASSWORD, fullName: 'Lý Khóa' },
      headers: { 'idempotency-key': 'again-and-again' },
    });
    expect(await identity.dataSource.query('SELECT * FROM idempotency_key')).toEqual([]);
  });

  it('can be undone: the account is erased for good with its profile, by who knows its password', async () => {
    await register('roi-di@thu.example');
    const { token, cookie } = await identity.signIn('roi-di@thu.example', PASSWORD);
    const erase = (currentPassword: string): Promise<Answer> =>
      identity.call('POST', '/me/erasure', { token, body: { currentPassword } });
    expect((await erase('khong phai toi')).body).toMatchObject({ code: 'identity.current-password-wrong' });
    expect(profiles.asked).toEqual([]);
    profiles.status = 500;
    expect((await erase(PASSWORD)).body).toMatchObject({ status: 503, code: 'identity.profile-not-erased' });
    const { body: me } = await identity.call('GET', '/me', { token });
    profiles.status = 204;
    expect((await erase(PASSWORD)).status).toBe(204);
    expect(profiles.asked).toHaveLength(2);
    expect(profiles.asked[1]).toMatchObject({
      method: 'POST',
      path: '/account-erasures',
      body: JSON.stringify({ accountId: me['id'] }),
    });
    expect((await identity.call('GET', '/me', { token })).status).toBe(401);
    expect((await identity.call('POST', '/tokens/refresh', { cookie })).status).toBe(401);
    await expect(identity.signIn('roi-di@thu.example', PASSWORD)).rejects.toThrow('sign-in-failed');
    const rows = await identity.dataSource.query<unknown[]>(
      'SELECT a::text FROM accounts a UNION ALL SELECT t::text FROM audit_entries t UNION ALL SELECT o::text FROM outbox o',
    );
    expect(JSON.stringify(rows)).not.toMatch(/roi-di/);
  });

  it('is bounded per address', async () => {
    await identity.dataSource.query(`UPDATE throttle_buckets SET empty_at = now() + interval '1 hour'`);
    await register('mot@thu.example');
    await identity.dataSource.query(`UPDATE throttle_buckets SET empty_at = now() + interval '1 hour'`);
    expect((await register('hai@thu.example')).status).toBe(429);
  });
});

describe('A password', () => {
  let identity: RunningIdentity;
  let admin: string;
  beforeAll(async () => {
    identity = await RunningIdentity.start();
    admin = await identity.adminToken();
    const body = { email: 'lan@thu.example', password: PASSWORD, fullName: 'Vi Thị Lan' };
    await identity.call('POST', '/registrations', { body });
  });
  afterAll(() => identity.stop());
  beforeEach(() => identity.dataSource.query('TRUNCATE throttle_buckets'));

  const codeFor = async (email: string): Promise<string> => {
    const { body } = await identity.call('GET', `/accounts?q=${email}`, { token: admin });
    const answer = await identity.call('POST', `/accounts/${body.items[0].id}/password-codes`, {
      token: admin,
    });
    expect(answer.status).toBe(201);
    expect(answer.headers['cache-control']).toBe('no-store');
    return String(answer.body['code']);
  };
  const set = (code: string, password: string, email = 'lan@thu.example'): Promise<Answer> =>
    identity.call('POST', '/passwords', { body: { email, code, password } });
  const change = (
    token: string,
    cookie: string,
    currentPassword: string,
    newPassword: string,
  ): Promise<Answer> =>
    identity.call('POST', '/me/password', { token, cookie, body: { currentPassword, newPassword } });

  it('is changed by its owner, who stays signed in here and nowhere else', async () => {
    const here = await identity.signIn('lan@thu.example', PASSWORD);
    const phone = await identity.signIn('lan@thu.example', PASSWORD);
    const wrong = await change(here.token, here.cookie, 'khong dung dau', 'mat troi moc huong dong');
    expect(wrong.body).toMatchObject({ status: 422, code: 'identity.current-password-wrong' });
    const weak = await change(here.token, here.cookie, PASSWORD, 'ngan');
    expect(weak.body).toMatchObject({
      code: 'identity.password-too-short',
      errors: [{ field: 'newPassword' }],
    });
    expect((await change(here.token, here.cookie, PASSWORD, 'mat troi moc huong dong')).status).toBe(204);
    expect((await identity.call('POST', '/tokens/refresh', { cookie: phone.cookie })).status).toBe(401);
    expect((await identity.call('POST', '/tokens/refresh', { cookie: here.cookie })).status).toBe(200);
    await expect(identity.signIn('lan@thu.example', PASSWORD)).rejects.toThrow('sign-in-failed');
    await identity.signIn('lan@thu.example', 'mat troi moc huong dong');
  });

  it('is not guessed by who found an open page', async () => {
    const { token, cookie } = await identity.signIn('lan@thu.example', 'mat troi moc huong dong');
    for (let i = 0; i < 5; i++) expect((await change(token, cookie, `lan ${i}`, PASSWORD)).status).toBe(422);
    expect((await change(token, cookie, 'mat troi moc huong dong', PASSWORD)).status).toBe(429);
  });

  it('that was forgotten is set anew with a one-time code, which ends all sessions', async () => {
    const before = await identity.signIn('lan@thu.example', 'mat troi moc huong dong');
    const code = await codeFor('lan@thu.example');
    expect(code).toMatch(/^[34679A-Y]{4}-[34679A-Y]{4}-[34679A-Y]{4}$/);
    expect((await set(code, 'ngan')).body).toMatchObject({ code: 'identity.password-too-short' });
    // Typed on a phone: small letters, no dashes.
    expect((await set(code.toLowerCase().replaceAll('-', ' '), PASSWORD)).status).toBe(204);
    expect((await identity.call('POST', '/tokens/refresh', { cookie: before.cookie })).status).toBe(401);
    await identity.signIn('lan@thu.example', PASSWORD);
    expect((await set(code, 'mot mat khau khac nua')).body).toMatchObject({ code: 'identity.code-refused' });
  });

  it('is set by one of two who use the code at the same moment', async () => {
    const code = await codeFor('lan@thu.example');
    const answers = await Promise.all([set(code, PASSWORD), set(code, 'mot mat khau khac nua')]);
    expect(answers.map(({ status }) => status).sort()).toEqual([204, 401]);
  });

  it('is not set with an expired code, an earlier one, another person’s, or for an unknown e-mail', async () => {
    const earlier = await codeFor('lan@thu.example');
    const code = await codeFor('lan@thu.example');
    const admins = await codeFor(ADMIN.email);
    const refusals = [
      await set(earlier, PASSWORD),
      await set(admins, PASSWORD),
      await set('AAAA-AAAA-AAAA', PASSWORD),
      await set(code, PASSWORD, 'ai-do@thu.example'),
    ];
    await identity.dataSource.query(`UPDATE password_codes SET expires_at = now()`);
    refusals.push(await set(code, PASSWORD));
    for (const answer of refusals) {
      expect({ ...answer.body, correlationId: '' }).toEqual({ ...refusals[0]?.body, correlationId: '' });
      expect(answer.body).toMatchObject({ status: 401, code: 'identity.code-refused' });
    }
  });

  it('code is not guessed: five tries, then a pause', async () => {
    for (let i = 0; i < 5; i++) expect((await set('AAAA-AAAA-AAAA', PASSWORD)).status).toBe(401);
    expect((await set(await codeFor('lan@thu.example'), PASSWORD)).status).toBe(429);
  });

  it('of a person who sees other people’s data is longer', async () => {
    const code = await codeFor(ADMIN.email);
    const answer = await set(code, 'suoi reo ven', ADMIN.email);
    expect(answer.status).toBe(204);
    const short = await set(await codeFor('lan@thu.example'), 'suoi reo ve');
    expect(short.status).toBe(204);
    admin = (await identity.signIn(ADMIN.email, 'suoi reo ven')).token;
    const refused = await set(await codeFor(ADMIN.email), 'suoi reo ve', ADMIN.email);
    expect(refused.body).toMatchObject({ code: 'identity.password-too-short' });
  });

  it('code is stored as a hash only', async () => {
    const code = await codeFor('lan@thu.example');
    const rows = await identity.dataSource.query<{ code_hash: Buffer }[]>('SELECT * FROM password_codes');
    const plain = Buffer.from(code.replaceAll('-', ''));
    for (const { code_hash: stored } of rows) expect(stored.includes(plain)).toBe(false);
  });
});
