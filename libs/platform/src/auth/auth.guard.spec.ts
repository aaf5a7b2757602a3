import { generateKeyPairSync } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Controller, Get, Module } from '@nestjs/common';
import { APP_FILTER, APP_GUARD, NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { SignJWT, UnsecuredJWT } from 'jose';
import request from 'supertest';
import { KeyRing } from '../keys/key-ring.js';
import { createLogger } from '../observability/logger.js';
import { ProblemFilter } from '../problems/problem.filter.js';
import { AuthGuard } from './auth.guard.js';
import { AllowRoles, AllowService, Caller, Public } from './decorators.js';
import { EDGE_HEADER } from './edge-header.js';
import { covers, type Principal, roles } from './principal.js';
import { Tokens } from './tokens.js';

@Controller()
class RulesController {
  @Get('forgotten') forgotten(): string {
    return 'a route that its author gave no rule';
  }
  @Get('public') @Public() open(@Caller() caller?: Principal): { who: string | null } {
    return { who: caller?.subject ?? null };
  }
  @Get('officers') @AllowRoles('centreOfficer', 'departmentOfficer') officers(
    @Caller() caller: Principal,
  ): Principal {
    return caller;
  }
  @Get('names') @AllowService('names.read', 'centreOfficer') names(@Caller() caller: Principal): {
    who: string;
  } {
    return { who: caller.subject };
  }
}

@Controller('closed')
@AllowRoles('administrator')
class AdministratorsController {
  @Get() everything(): string {
    return 'by the rule of the class';
  }
  @Get('but-this') @Public() except(): string {
    return 'by its own rule';
  }
}

describe('The guard of every service', () => {
  let app: NestFastifyApplication;
  let folder: string;
  let keys: KeyRing;
  let tokens: Tokens;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'noi-viec-guard-'));
    keys = await KeyRing.open(folder);
    tokens = new Tokens(keys);
    @Module({
      controllers: [RulesController, AdministratorsController],
      providers: [
        { provide: APP_GUARD, useValue: new AuthGuard('jobseekers', tokens) },
        { provide: APP_FILTER, useValue: new ProblemFilter('jobseekers', createLogger('silent')) },
      ],
    })
    class TestModule {}
    app = await NestFactory.create<NestFastifyApplication>(TestModule, new FastifyAdapter(), {
      logger: false,
    });
    await app.listen(0, '127.0.0.1');
  });
  afterAll(async () => {
    await app.close();
    await rm(folder, { recursive: true });
  });

  const get = async (path: string, token?: string, headers: Record<string, string> = {}) => {
    const sent = request(await app.getUrl())
      .get(path)
      .set(headers);
    return token ? sent.set('authorization', `Bearer ${token}`) : sent;
  };
  const person = (role: Principal['role'], more: Partial<Principal> = {}): Promise<string> =>
    tokens.signUser({ subject: 'account-1', role, areas: ['20'], ...more });

  /** A token with our claims, changed as a forger would. */
  const forged = async (
    change: {
      claims?: Record<string, unknown>;
      header?: Record<string, string>;
      key?: Parameters<SignJWT['sign']>[0];
      audience?: string | string[];
      issuer?: string;
      expires?: string;
    } = {},
  ): Promise<string> => {
    const { kid, privateKey } = await keys.signing.signing();
    const jwt = new SignJWT({ typ: 'user', role: 'centreOfficer', areas: ['20'], ...change.claims })
      .setProtectedHeader({ alg: 'EdDSA', kid, ...change.header })
      .setIssuer(change.issuer ?? 'noiviec')
      .setAudience(change.audience ?? 'noiviec-api')
      .setSubject('account-1')
      .setIssuedAt();
    if (change.expires !== '') jwt.setExpirationTime(change.expires ?? '10 min');
    return jwt.sign(change.key ?? privateKey);
  };

  it('refuses a route without a rule to everyone, the administrator too', async () => {
    expect((await get('/forgotten')).status).toBe(401);
    for (const role of roles) expect((await get('/forgotten', await person(role))).status).toBe(403);
    const service = await tokens.signService('matching', 'jobseekers', ['names.read']);
    expect((await get('/forgotten', service)).status).toBe(403);
  });

  it('lets in exactly the roles that a rule names', async () => {
    const allowed = await Promise.all(
      roles.map(async (role) => [role, (await get('/officers', await person(role))).status] as const),
    );
    expect(Object.fromEntries(allowed)).toEqual({
      jobseeker: 403,
      centreOfficer: 200,
      employer: 403,
      school: 403,
      agency: 403,
      departmentOfficer: 200,
      administrator: 403,
    });
    expect((await get('/closed', await person('centreOfficer'))).status).toBe(403);
    expect((await get('/closed', await person('administrator'))).status).toBe(200);
    expect((await get('/closed/but-this')).status).toBe(200);
  });

  it('tells the handler who calls', async () => {
    const token = await person('centreOfficer', {
      organisationId: 'centre-1',
      name: 'Lò Thị Mai',
      areas: ['20', '24'],
    });
    expect((await get('/officers', token)).body).toEqual({
      type: 'user',
      subject: 'account-1',
      role: 'centreOfficer',
      organisationId: 'centre-1',
      areas: ['20', '24'],
      name: 'Lò Thị Mai',
      scopes: [],
    });
  });

  it.each([
    ['an expired one', () => forged({ expires: '-1 s' })],
    ['one that never expires', () => forged({ expires: '' })],
    ['one of another issuer', () => forged({ issuer: 'somebody' })],
    ['one for another audience', () => forged({ audience: 'another-api' })],
    ['one for several audiences', () => forged({ audience: ['noiviec-api', 'another-api'] })],
    ['one signed by a foreign key', () => forged({ key: generateKeyPairSync('ed25519').privateKey })],
    ['one that names a foreign key', () => forged({ header: { kid: 'another' } })],
    ['one with an unknown role', () => forged({ claims: { role: 'superuser' } })],
    ['one without a role', () => forged({ claims: { role: undefined } })],
    ['one that is neither a person’s nor a service’s', () => forged({ claims: { typ: 'robot' } })],
    [
      'a person’s token that names a service as its audience',
      () => forged({ audience: 'noiviec:jobseekers' }),
    ],
    [
      'one signed with the public key as an HMAC secret',
      async () => {
        const { kid, publicKey } = await keys.signing.signing();
        const pem = publicKey.export({ type: 'spki', format: 'pem' }).toString();
        return forged({ header: { alg: 'HS256', kid }, key: new TextEncoder().encode(pem) });
      },
    ],
    [
      'one without a signature (alg none)',
      async () =>
        new UnsecuredJWT({ typ: 'user', role: 'centreOfficer', areas: ['*'] })
          .setIssuer('noiviec')
          .setAudience('noiviec-api')
          .setSubject('account-1')
          .setIssuedAt()
          .setExpirationTime('10 min')
          .encode(),
    ],
    [
      'one whose claims were changed',
      async () => {
        const [header, payload = '', signature] = (await forged()).split('.');
        const claims = JSON.parse(Buffer.from(payload, 'base64url').toString()) as object;
        const more = Buffer.from(JSON.stringify({ ...claims, areas: ['*'] })).toString('base64url');
        return [header, more, signature].join('.');
      },
    ],
    ['something else', () => Promise.resolve('not-a-token')],
  ])('accepts no forged token: %s', async (_, token) => {
    const answer = await get('/officers', await token());
    expect(answer.status).toBe(401);
    expect(JSON.parse(answer.text)).toMatchObject({ code: 'jobseekers.unauthenticated' });
    expect(answer.headers['www-authenticate']).toBe('Bearer');
  });

  it('accepts the tokens that the forged ones were made from', async () => {
    expect((await get('/officers', await forged())).status).toBe(200);
  });

  it('shows a public page to the bearer of a broken token as to anybody', async () => {
    expect((await get('/public', await forged({ expires: '-1 s' }))).body).toEqual({ who: null });
    expect((await get('/public', await forged())).body).toEqual({ who: 'account-1' });
  });

  it('lets a service do what its token’s scope says, at the one service it is for', async () => {
    const call = async (audience: string, scopes: string[]): Promise<number> =>
      (await get('/names', await tokens.signService('matching', audience, scopes))).status;
    expect(await call('jobseekers', ['names.read'])).toBe(200);
    expect(await call('jobseekers', ['other', 'names.read'])).toBe(200);
    expect(await call('jobseekers', ['names'])).toBe(403);
    expect(await call('jobseekers', [''])).toBe(403);
    expect(await call('openings', ['names.read'])).toBe(401);
    expect(
      (await get('/officers', await tokens.signService('matching', 'jobseekers', ['names.read']))).status,
    ).toBe(403);
    expect((await get('/names', await person('centreOfficer'))).status).toBe(200);
    expect((await get('/names', await person('employer'))).status).toBe(403);
  });

  it.each(['1', '', '203.0.113.7'])(
    'accepts no service’s token that came through the edge (header "%s")',
    async (value) => {
      const token = await tokens.signService('matching', 'jobseekers', ['names.read']);
      expect((await get('/names', token, { [EDGE_HEADER]: value })).status).toBe(401);
      expect((await get('/public', token, { [EDGE_HEADER]: value })).body).toEqual({ who: null });
      expect((await get('/names', await person('centreOfficer'), { [EDGE_HEADER]: value })).status).toBe(200);
    },
  );

  it('does not take a person for a service, or a service for a person, by a mixed token', async () => {
    const audience = 'noiviec:jobseekers';
    const asService = await forged({
      audience,
      claims: { typ: 'service', role: 'administrator', scope: '' },
    });
    expect((await get('/closed', asService)).status).toBe(403);
    const asPerson = await forged({ claims: { role: 'jobseeker', scope: 'names.read' } });
    expect((await get('/names', asPerson)).status).toBe(403);
  });
});

describe('Areas', () => {
  const officer = (...areas: string[]): Principal => ({ type: 'user', subject: 'a', areas, scopes: [] });

  it('are the provinces that an officer is responsible for', () => {
    expect(covers(officer('20', '24'), '24')).toBe(true);
    expect(covers(officer('20'), '24')).toBe(false);
    expect(covers(officer('*'), '24')).toBe(true);
    expect(covers(officer(), '24')).toBe(false);
  });

  it('do not make a person without an address visible to every officer; public matters only where said so', () => {
    expect(covers(officer('20'), null)).toBe(false);
    expect(covers(officer('*'), null)).toBe(true);
    expect(covers(officer('20'), null, 'everyOfficer')).toBe(true);
    expect(covers(officer(), undefined, 'everyOfficer')).toBe(false);
  });
});
