import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ADMIN, RunningIdentity } from './running-identity.js';

describe('Signing in', () => {
  let identity: RunningIdentity;
  beforeAll(async () => {
    identity = await RunningIdentity.start();
  });
  afterAll(() => identity.stop());

  it('gives a short access token, and the refresh token in a cookie that no script reads', async () => {
    const answer = await identity.call('POST', '/tokens', { body: ADMIN });
    expect(answer.status).toBe(200);
    expect(answer.body).toEqual({ accessToken: expect.any(String), expiresIn: 600 });
    const set = answer.setCookie.join();
    expect(set).toMatch(/^nv_refresh=[0-9a-f-]{36}\.[\w-]{43};/);
    expect(set).toMatch(/HttpOnly/);
    expect(set).toMatch(/SameSite=Strict/);
    expect(set).toMatch(/Path=\/api\/v1\/identity(;|$)/);
    expect(set).not.toMatch(/Secure/);
    const me = await identity.call('GET', '/me', { token: String(answer.body['accessToken']) });
    expect(me.body).toMatchObject({ email: ADMIN.email, role: 'administrator', areas: ['*'] });
  });
});
