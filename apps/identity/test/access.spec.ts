import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { EDGE_HEADER, type Role, roles } from '#platform';
import { DemoAccounts } from '../src/first-start/demo-accounts.js';
import { RunningIdentity } from './running-identity.js';

const ID = '01900000-0000-7000-8000-000000000000';
const EVERYBODY = ['nobody', ...roles] as const;

/** Every route of the service: who may pass the guards. Others get 401 without a token, 403 with one. */
const ROUTES: [
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE',
  path: string,
  who: readonly (Role | 'nobody')[],
][] = [
  ['POST', '/tokens', EVERYBODY],
  ['POST', '/tokens/refresh', EVERYBODY],
  ['DELETE', '/tokens', EVERYBODY],
  ['POST', '/registrations', EVERYBODY],
  ['POST', '/passwords', EVERYBODY],
  ['GET', '/jwks', EVERYBODY],
  ['GET', '/.well-known/jwks.json', EVERYBODY],
  ['GET', '/openapi.json', EVERYBODY],
  ['GET', '/me', roles],
  ['POST', '/me/password', roles],
  ['POST', '/me/erasure', ['jobseeker']],
  ['GET', '/accounts', ['administrator']],
  ['POST', '/accounts', ['administrator']],
  ['GET', `/accounts/${ID}`, ['administrator']],
  ['PATCH', `/accounts/${ID}`, ['administrator']],
  ['POST', `/accounts/${ID}/password-codes`, ['administrator']],
  ['GET', '/organisations', ['administrator']],
  ['POST', '/organisations', ['administrator']],
  ['GET', `/organisations/${ID}`, ['administrator']],
  ['PATCH', `/organisations/${ID}`, ['administrator']],
  ['POST', '/signing-keys', ['administrator']],
  ['GET', '/admin/audit', ['administrator']],
  ['GET', '/admin/audit/verification', ['administrator']],
  ['GET', '/admin/dead-letters', ['administrator']],
  ['POST', '/admin/dead-letters/1/replay', ['administrator']],
  ['GET', '/admin/lag', ['administrator']],
  ['POST', '/admin/rebuild', ['administrator']],
  ['POST', '/admin/read-anew', ['administrator']],
  ['POST', '/admin/republish', ['administrator']],
];

describe('Who may do what', () => {
  let identity: RunningIdentity;
  const tokens = new Map<string, string>();

  beforeAll(async () => {
    identity = await RunningIdentity.start();
    for (const { role, accountId, organisationId } of await identity.service.app
      .get(DemoAccounts)
      .ensure('20')) {
      const areas = role === 'administrator' ? ['*'] : [];
      const subject = accountId;
      tokens.set(
        role,
        await identity.tokens.signUser({ subject, role, organisationId: organisationId ?? undefined, areas }),
      );
    }
  });
  afterAll(() => identity.stop());

  it.each(ROUTES)('%s %s', async (method, path, who) => {
    for (const caller of EVERYBODY) {
      const { status, body } = await identity.call(method, path, { token: tokens.get(caller) });
      const passed =
        !(status === 401 && body['code'] === 'identity.unauthenticated') &&
        !(status === 403 && body['code'] === 'identity.forbidden');
      expect([caller, passed]).toEqual([caller, who.includes(caller)]);
      if (!passed) expect(status).toBe(caller === 'nobody' ? 401 : 403);
    }
  });

  it('is written above for every route that is identity’s own', () => {
    const written = ROUTES.filter(([, path]) => !path.startsWith('/admin/')).map(
      ([method, path]) => `${method} ${path.replace(ID, ':id')}`,
    );
    expect(routesOf(identity)).toEqual(written.sort());
  });

  it('is nothing for a service’s token, within or from outside', async () => {
    const token = await identity.tokens.signService('matching', 'identity', [
      'accounts',
      'administrator',
      '*',
    ]);
    for (const [method, path, who] of ROUTES.filter(([, , who]) => !who.includes('nobody'))) {
      expect(who).toBeDefined();
      expect((await identity.call(method, path, { token })).status).toBe(401);
      expect((await identity.call(method, path, { token, headers: { [EDGE_HEADER]: '' } })).status).toBe(401);
    }
  });

  it('ends with the account: a token of one that is gone opens nothing', async () => {
    const token = await identity.tokens.signUser({ subject: ID, role: 'administrator', areas: ['*'] });
    expect((await identity.call('GET', '/accounts', { token })).status).toBe(401);
  });

  it('does not grow with a token that claims more than the account has', async () => {
    const demo = await identity.service.app.get(DemoAccounts).ensure('20');
    const { accountId = '' } = demo.find(({ role }) => role === 'employer') ?? {};
    const token = await identity.tokens.signUser({ subject: accountId, role: 'administrator', areas: ['*'] });
    expect((await identity.call('GET', '/accounts', { token })).status).toBe(401);
  });

  it('includes a new signing key, after which tokens of the old one are still good', async () => {
    const token = tokens.get('administrator');
    const before = await identity.call('GET', '/jwks');
    const rotated = await identity.call('POST', '/signing-keys', { token });
    expect(rotated.status).toBe(201);
    const after = await identity.call('GET', '/.well-known/jwks.json');
    expect(after.body['keys'][0]).toMatchObject({ kid: rotated.body['kid'] });
    expect(after.body['keys']).toContainEqual(before.body['keys'][0]);
    expect((await identity.call('GET', '/me', { token })).status).toBe(200);
  });
});

/** The routes as the HTTP server knows them, below the service's prefix. */
function routesOf({ service }: RunningIdentity): string[] {
  const routes: string[] = [];
  const path: string[] = [];
  for (const line of service.fastify.printRoutes({ commonPrefix: false }).split('\n')) {
    const match = /^([\s│├└─]*)(\S.*?) \(([A-Z, ]+)\)/.exec(line);
    if (!match) continue;
    const depth = (match[1] ?? '').length / 4;
    path.length = Math.max(0, depth - 1);
    path.push(match[2] ?? '');
    for (const method of (match[3] ?? '').split(', ')) {
      if (method !== 'HEAD') routes.push(`${method} ${path.join('')}`);
    }
  }
  return routes
    .map((route) => route.replace('/api/v1/identity', ''))
    .filter((route) => !route.includes(' /admin/'))
    .sort();
}
