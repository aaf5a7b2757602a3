import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { EDGE_HEADER } from '#platform';
import { ADMIN, type Answer, countHashes, RunningIdentity } from './running-identity.js';

const WRONG = 'khong phai mat khau nay';

describe('Signing in', () => {
  let identity: RunningIdentity;
  beforeAll(async () => {
    identity = await RunningIdentity.start();
  });
  afterAll(() => identity.stop());
  beforeEach(() => identity.dataSource.query('TRUNCATE throttle_buckets'));

  const tryIn = (email: string, password: string, address = '198.51.100.1'): Promise<Answer> =>
    identity.call('POST', '/tokens', { body: { email, password }, headers: { [EDGE_HEADER]: address } });

  it('gives a short access token, and the refresh token in a cookie that no script reads', async () => {
    const answer = await tryIn(ADMIN.email, ADMIN.password);
    expect(answer.status).toBe(200);
    expect(answer.body).toEqual({ accessToken: expect.any(String), expiresIn: 600 });
    expect(answer.headers['cache-control']).toBe('no-store');
    const set = answer.setCookie.join();
    expect(set).toMatch(/^nv_refresh=[0-9a-f-]{36}\.[\w-]{43};/);
    expect(set).toMatch(/HttpOnly/);
    expect(set).toMatch(/SameSite=Strict/);
    expect(set).toMatch(/Path=\/api\/v1\/identity(;|$)/);
    expect(set).not.toMatch(/Secure/);
    const me = await identity.call('GET', '/me', { token: String(answer.body['accessToken']) });
    expect(me.body).toMatchObject({ email: ADMIN.email, role: 'administrator', areas: ['*'] });
  });

  it('takes the e-mail and the password however the keyboard writes them', async () => {
    expect((await tryIn(` ${ADMIN.email.toUpperCase()} `, ADMIN.password)).status).toBe(200);
    const email = 'phim@tinh.example';
    const password = 'đường về nhà rất xa';
    await identity.call('POST', '/registrations', { body: { email, password, fullName: 'Phím Gõ' } });
    expect((await tryIn(email, password.normalize('NFD'))).status).toBe(200);
    expect((await tryIn(email, 'duong ve nha rat xa')).status).toBe(401);
  });

  it('answers an unknown e-mail and a wrong password alike, after as many hash computations', async () => {
    const computed = countHashes(identity);
    const wrong = await tryIn(ADMIN.email, WRONG);
    const forWrong = computed.count();
    const unknown = await tryIn('ai-do@tinh.example', WRONG);
    const forUnknown = computed.count() - forWrong;
    computed.stop();
    expect(wrong.status).toBe(401);
    expect({ ...unknown.body, correlationId: '' }).toEqual({ ...wrong.body, correlationId: '' });
    expect(unknown.setCookie).toEqual([]);
    expect([forWrong, forUnknown]).toEqual([1, 1]);
  });

  it('says so in the language that is asked for', async () => {
    const answer = await identity.call('POST', '/tokens', {
      body: { email: ADMIN.email, password: WRONG },
      headers: { 'accept-language': 'en' },
    });
    expect(answer.body).toMatchObject({
      code: 'identity.sign-in-failed',
      title: 'The e-mail or the password is wrong',
    });
  });

  it('is refused for a while after five wrong passwords, also with the right one, for unknown e-mails too', async () => {
    for (const email of [ADMIN.email, 'ai-do@tinh.example']) {
      for (let i = 0; i < 5; i++) expect((await tryIn(email, WRONG)).status).toBe(401);
      const refused = await tryIn(email, ADMIN.password);
      expect(refused.status).toBe(429);
      expect(refused.body).toMatchObject({ code: 'identity.too-many-attempts' });
      expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
      expect(Number(refused.headers['retry-after'])).toBeLessThanOrEqual(60);
    }
  });

  it('stays possible for the owner elsewhere while a stranger guesses', async () => {
    for (let i = 0; i < 6; i++) await tryIn(ADMIN.email, WRONG, '198.51.100.66');
    expect((await tryIn(ADMIN.email, ADMIN.password, '198.51.100.66')).status).toBe(429);
    expect((await tryIn(ADMIN.email, ADMIN.password, '203.0.113.5')).status).toBe(200);
  });

  it('counts a hundred guesses at the same moment as a hundred', async () => {
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => tryIn('dong-thoi@tinh.example', WRONG)),
    );
    const statuses = answers.map(({ status }) => status);
    expect(statuses.filter((status) => status === 401)).toHaveLength(5);
    expect(statuses.filter((status) => status === 429)).toHaveLength(15);
  });

  /** Fills the buckets of a kind but for so many attempts. */
  const leave = (limit: string, attempts: number, everySeconds: number): Promise<unknown> =>
    identity.dataSource.query(
      `UPDATE throttle_buckets SET empty_at = now() + (capacity_seconds - $2) * interval '1 second'
       WHERE key LIKE $1`,
      // The one after the last finds a bucket that has to leak for `everySeconds` more: no matter how slow a hash is.
      [`${limit}:%`, (attempts - 1) * everySeconds],
    );

  it('is bounded for one address that guesses many accounts', async () => {
    await tryIn('nguoi-0@tinh.example', WRONG);
    const [{ capacity }] = await identity.dataSource.query<[{ capacity: number }]>(
      `SELECT capacity_seconds / 5 AS capacity FROM throttle_buckets WHERE key LIKE 'address:%'`,
    );
    expect(capacity).toBe(60);
    await leave('address', 2, 5);
    expect((await tryIn('nguoi-1@tinh.example', WRONG)).status).toBe(401);
    expect((await tryIn('nguoi-2@tinh.example', WRONG)).status).toBe(429);
    expect((await tryIn('nguoi-2@tinh.example', WRONG, '203.0.113.9')).status).toBe(401);
  });

  it('is bounded for one account that is guessed from many addresses', async () => {
    await tryIn('mot-nguoi@tinh.example', WRONG);
    await leave('account', 2, 30);
    expect((await tryIn('mot-nguoi@tinh.example', WRONG, '192.0.2.1')).status).toBe(401);
    expect((await tryIn('mot-nguoi@tinh.example', WRONG, '192.0.2.2')).status).toBe(429);
    expect((await tryIn('nguoi-khac@tinh.example', WRONG, '192.0.2.2')).status).toBe(401);
  });

  it('counts on in another instance and after a restart', async () => {
    for (let i = 0; i < 5; i++) await tryIn(ADMIN.email, WRONG);
    const other = await RunningIdentity.start({ beside: identity });
    const answer = await other.call('POST', '/tokens', {
      body: ADMIN,
      headers: { [EDGE_HEADER]: '198.51.100.1' },
    });
    await other.stop();
    expect(answer.status).toBe(429);
  });

  it('forgets the wrong tries of an account once it succeeds', async () => {
    for (let i = 0; i < 4; i++) await tryIn(ADMIN.email, WRONG);
    expect((await tryIn(ADMIN.email, ADMIN.password)).status).toBe(200);
    for (let i = 0; i < 5; i++) expect((await tryIn(ADMIN.email, WRONG)).status).toBe(401);
  });

  it('names nobody in the table of the throttle', async () => {
    await tryIn(ADMIN.email, WRONG);
    const rows = await identity.dataSource.query<{ key: string }[]>('SELECT key FROM throttle_buckets');
    expect(rows).toHaveLength(3);
    for (const { key } of rows) expect(key).toMatch(/^(pair|account|address):[\w-]{32}$/);
  });

  it('renews a hash of weaker parameters with the password that fits it', async () => {
    const { hash, argon2id } = await import('argon2');
    const weak = await hash(ADMIN.password, {
      type: argon2id,
      memoryCost: 8192,
      timeCost: 1,
      parallelism: 1,
    });
    await identity.dataSource.query('UPDATE accounts SET password_hash = $1 WHERE email = $2', [
      weak,
      ADMIN.email,
    ]);
    expect((await tryIn(ADMIN.email, ADMIN.password)).status).toBe(200);
    const [row] = await identity.dataSource.query<{ password_hash: string }[]>(
      'SELECT password_hash FROM accounts WHERE email = $1',
      [ADMIN.email],
    );
    expect(row?.password_hash).toMatch(/^\$argon2id\$v=19\$m=47104,(t=2,p=1|p=1,t=2)\$/);
    expect((await tryIn(ADMIN.email, ADMIN.password)).status).toBe(200);
  });

  it('refuses what is no sign-in, without saying more', async () => {
    for (const body of [
      {},
      { email: ADMIN.email },
      { email: 1, password: 2 },
      { ...ADMIN, role: 'administrator' },
    ]) {
      expect((await identity.call('POST', '/tokens', { body })).status).toBe(422);
    }
    expect((await tryIn('khong phai thu dien tu', WRONG)).status).toBe(401);
  });

  it('marks the cookie as secure behind https', async () => {
    const other = await RunningIdentity.start({
      beside: identity,
      env: { PUBLIC_URL: 'https://vieclam.tinh.example' },
    });
    const answer = await other.call('POST', '/tokens', { body: ADMIN });
    await other.stop();
    expect(answer.setCookie.join()).toMatch(/Secure/);
  });
});
