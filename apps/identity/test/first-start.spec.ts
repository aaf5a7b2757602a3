import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from '@jest/globals';
import { roles } from '#platform';
import { DemoAccounts } from '../src/first-start/demo-accounts.js';
import { ADMIN, RunningIdentity } from './running-identity.js';

const parse = (text: string): { role: string; email: string; password: string }[] =>
  [...text.matchAll(/^role: (.+)\nemail: (.+)\npassword: (.+)$/gm)].map(
    ([, role = '', email = '', password = '']) => ({
      role,
      email,
      password,
    }),
  );

describe('The first start', () => {
  const running: RunningIdentity[] = [];
  const start = async (options: Parameters<typeof RunningIdentity.start>[0]): Promise<RunningIdentity> => {
    const identity = await RunningIdentity.start(options);
    running.push(identity);
    return identity;
  };
  afterEach(async () => {
    for (const identity of running.splice(0).reverse()) await identity.stop();
  });

  it('makes the administrator of ADMIN_EMAIL and ADMIN_PASSWORD, and writes no password anywhere', async () => {
    const identity = await start({});
    await identity.adminToken();
    expect((await readdir(identity.folder)).sort()).toEqual(['keys']);
  });

  it('makes one with a random password in a file that only the platform’s user can read', async () => {
    const identity = await start({ env: { ADMIN_EMAIL: '', ADMIN_PASSWORD: '' } });
    const file = join(identity.folder, 'first-administrator.txt');
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    const [credentials] = parse(await readFile(file, 'utf8'));
    expect(credentials?.password).toMatch(/^\w{20}$/);
    const { token } = await identity.signIn(credentials?.email ?? '', credentials?.password ?? '');
    expect((await identity.call('GET', '/me', { token })).body).toMatchObject({ role: 'administrator' });
  });

  it('is one: later starts, other instances and other settings make no second administrator', async () => {
    const identity = await start({});
    await Promise.all([
      start({ beside: identity }),
      start({
        beside: identity,
        env: { ADMIN_EMAIL: 'ke-khac@tinh.example', ADMIN_PASSWORD: 'mot mat khau khac nua' },
      }),
      start({ beside: identity, env: { ADMIN_EMAIL: '', ADMIN_PASSWORD: '' } }),
    ]);
    const accounts = await identity.dataSource.query<{ email: string }[]>('SELECT email FROM accounts');
    expect(accounts).toEqual([{ email: ADMIN.email }]);
    expect(await readdir(identity.folder)).not.toContain('first-administrator.txt');
  });

  it('leaves no account behind when the file cannot be written', async () => {
    const identity = await start({});
    await identity.dataSource.query('TRUNCATE accounts CASCADE');
    await expect(
      start({ beside: identity, env: { ADMIN_EMAIL: '', ADMIN_PASSWORD: '', DATA_DIR: '/dev/null/x' } }),
    ).rejects.toThrow(/ENOTDIR|EEXIST|ENOENT/);
    expect(await identity.dataSource.query('SELECT FROM accounts')).toEqual([]);
  });

  it('makes no demo account by itself', async () => {
    const identity = await start({});
    expect(await identity.dataSource.query(`SELECT FROM accounts WHERE origin = 'demo'`)).toEqual([]);
    expect(await readdir(identity.folder)).not.toContain('demo-accounts.txt');
  });

  it('makes one demo account per role when the demo data are loaded, once, with passwords of their own', async () => {
    const identity = await start({});
    const demo = identity.service.app.get(DemoAccounts);
    const [made, again] = await Promise.all([demo.ensure('20'), demo.ensure('20')]);
    expect(again).toEqual(made);
    expect(made.map(({ role }) => role).sort()).toEqual([...roles].sort());
    const file = join(identity.folder, 'demo-accounts.txt');
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    const credentials = parse(await readFile(file, 'utf8'));
    expect(credentials.map(({ role }) => role).sort()).toEqual([...roles].sort());
    expect(new Set(credentials.map(({ password }) => password)).size).toBe(roles.length);
    for (const { role, email, password } of credentials) {
      const { token } = await identity.signIn(email, password);
      const me = await identity.call('GET', '/me', { token });
      expect(me.body).toMatchObject({ role, email });
      if (role === 'centreOfficer')
        expect(me.body).toMatchObject({ areas: ['20'], organisation: { kind: 'centre' } });
    }
    const before = await readFile(file, 'utf8');
    await demo.ensure('20');
    expect(await readFile(file, 'utf8')).toBe(before);
  });
});
