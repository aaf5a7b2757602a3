import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { ADMIN, type Answer, RunningIdentity } from './running-identity.js';

describe('A session', () => {
  let identity: RunningIdentity;
  beforeAll(async () => {
    identity = await RunningIdentity.start({ env: { PUBLIC_URL: 'http://vieclam.tinh.example' } });
  });
  afterAll(() => identity.stop());

  let cookie: string;
  beforeEach(async () => {
    ({ cookie } = await identity.signIn(ADMIN.email, ADMIN.password));
  });
  const refresh = (with_: string | undefined, headers: Record<string, string> = {}): Promise<Answer> =>
    identity.call('POST', '/tokens/refresh', { cookie: with_, headers });
  /** Makes the session older, as if so many seconds had passed since its last refresh. */
  const seconds = (n: number): Promise<unknown> =>
    identity.dataSource.query(`UPDATE sessions SET rotated_at = rotated_at - $1 * interval '1 second'`, [n]);

  it('goes on with a new refresh token each time', async () => {
    const first = await refresh(cookie);
    expect(first.status).toBe(200);
    expect(first.cookie).toBeDefined();
    expect(first.cookie).not.toBe(cookie);
    const second = await refresh(first.cookie);
    expect(second.status).toBe(200);
    expect(second.cookie).not.toBe(first.cookie);
    const me = await identity.call('GET', '/me', { token: String(second.body['accessToken']) });
    expect(me.status).toBe(200);
  });

  it('gives two tabs that refresh at the same moment the same next token', async () => {
    const [one, two, three] = await Promise.all([refresh(cookie), refresh(cookie), refresh(cookie)]);
    expect([one.status, two.status, three.status]).toEqual([200, 200, 200]);
    expect(two.cookie).toBe(one.cookie);
    expect(three.cookie).toBe(one.cookie);
    expect((await refresh(one.cookie)).status).toBe(200);
  });

  it('survives an answer that the network lost, when it is asked again soon', async () => {
    const lost = await refresh(cookie);
    await seconds(20);
    const again = await refresh(cookie);
    expect(again.status).toBe(200);
    expect(again.cookie).toBe(lost.cookie);
  });

  it('ends, for the thief and the owner, when an old token comes again', async () => {
    const owners = await refresh(cookie);
    await seconds(31);
    const thief = await refresh(cookie);
    expect(thief.status).toBe(401);
    expect(thief.body).toMatchObject({ code: 'identity.session-ended' });
    expect(thief.cookie).toBe('');
    expect((await refresh(owners.cookie)).status).toBe(401);
    const audit = await identity.dataSource.query<unknown[]>(
      `SELECT FROM audit_entries WHERE action = 'session.reuse-detected'`,
    );
    expect(audit.length).toBeGreaterThan(0);
  });

  it('ends also when the old token is older than the one before, however soon it comes', async () => {
    const second = await refresh(cookie);
    const third = await refresh(second.cookie);
    expect((await refresh(cookie)).status).toBe(401);
    expect((await refresh(third.cookie)).status).toBe(401);
  });

  it('does not end with another session of the same person', async () => {
    const { cookie: phone } = await identity.signIn(ADMIN.email, ADMIN.password);
    await refresh(cookie);
    await seconds(31);
    await refresh(cookie);
    expect((await refresh(phone)).status).toBe(200);
  });

  it('ends with sign-out, and with a new sign-in in the same browser', async () => {
    const out = await identity.call('DELETE', '/tokens', { cookie });
    expect(out.status).toBe(204);
    expect(out.cookie).toBe('');
    expect((await refresh(cookie)).status).toBe(401);
    const { cookie: before } = await identity.signIn(ADMIN.email, ADMIN.password);
    await identity.call('POST', '/tokens', { body: ADMIN, cookie: before });
    expect((await refresh(before)).status).toBe(401);
  });

  it('ends by itself after half a day without use, for people who see other people’s data', async () => {
    await seconds(11.9 * 3600);
    const next = await refresh(cookie);
    expect(next.status).toBe(200);
    await seconds(12.1 * 3600);
    expect((await refresh(next.cookie)).status).toBe(401);
  });

  it('ends after a week however much it is used', async () => {
    await identity.dataSource.query(`UPDATE sessions SET expires_at = now() - interval '1 second'`);
    expect((await refresh(cookie)).status).toBe(401);
  });

  it('is not continued by what is no token of ours', async () => {
    const [id] = cookie.slice('nv_refresh='.length).split('.');
    for (const value of [
      '',
      'x',
      `${id}.`,
      `${id}.${'A'.repeat(43)}x`,
      `${'0'.repeat(36)}.${'A'.repeat(43)}`,
    ]) {
      expect((await refresh(`nv_refresh=${value}`)).status).toBe(401);
    }
    expect((await refresh(undefined)).status).toBe(401);
    expect((await refresh(cookie)).status).toBe(200);
  });

  it('stores no token that could be used', async () => {
    const next = await refresh(cookie);
    const secrets = [cookie, next.cookie ?? ''].map((value) =>
      Buffer.from(value.split('.')[1] ?? '', 'base64url'),
    );
    const rows = await identity.dataSource.query<{ token_hash: Buffer; previous_hash: Buffer | null }[]>(
      'SELECT token_hash, previous_hash FROM sessions',
    );
    for (const secret of secrets) {
      expect(secret).toHaveLength(32);
      for (const row of rows) {
        expect(row.token_hash.equals(secret)).toBe(false);
        expect(row.previous_hash?.equals(secret) ?? false).toBe(false);
      }
    }
  });

  it.each([
    ['another site’s page', { origin: 'https://ke-xau.example' }],
    ['a page of no known site', { origin: 'null' }],
    ['a page of a neighbouring host', { origin: 'http://khac.vieclam.tinh.example' }],
    ['a browser that says the site is another', { 'sec-fetch-site': 'cross-site' }],
    ['a browser that says only the domain is the same', { 'sec-fetch-site': 'same-site' }],
  ])('is not touched by %s', async (_, headers) => {
    expect((await refresh(cookie, headers)).body).toMatchObject({ code: 'identity.cross-origin' });
    expect((await identity.call('DELETE', '/tokens', { cookie, headers })).status).toBe(403);
    expect((await identity.call('POST', '/tokens', { body: ADMIN, headers })).status).toBe(403);
    expect((await refresh(cookie)).status).toBe(200);
  });

  it.each([
    ['the public address', { origin: 'http://vieclam.tinh.example', 'sec-fetch-site': 'same-origin' }],
    ['the host that was asked', { origin: 'http://127.0.0.1:8080', host: '127.0.0.1:8080' }],
    [
      'the host that the edge’s proxy was asked',
      { origin: 'https://a.example', 'x-forwarded-host': 'a.example' },
    ],
  ])('goes on for a page of %s', async (_, headers) => {
    expect((await refresh(cookie, headers)).status).toBe(200);
  });
});
