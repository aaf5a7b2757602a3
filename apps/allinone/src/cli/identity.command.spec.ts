import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { Command } from 'commander';
import { ADMIN, RunningIdentity } from '../../../identity/test/running-identity.js';
import { Api } from './api.js';
import { identityCommands } from './identity.command.js';
import { Output } from './output.js';

describe('Accounts and organisations from the command line', () => {
  let identity: RunningIdentity;
  beforeAll(async () => {
    identity = await RunningIdentity.start();
  });
  afterAll(() => identity.stop());

  /** What a command prints. */
  const run = async (...args: string[]): Promise<string> => {
    const printed: string[] = [];
    const log = jest.spyOn(console, 'log').mockImplementation((text: string) => void printed.push(text));
    try {
      const program = new Command().exitOverride();
      const api = new Api(identity.url.replace('/api/v1/identity', ''), ADMIN.email, ADMIN.password);
      identityCommands(program, api, () => new Output(args.includes('--json')));
      await program.parseAsync(
        args.filter((arg) => arg !== '--json'),
        { from: 'user' },
      );
    } finally {
      log.mockRestore();
    }
    return printed.join('\n');
  };

  it('are made, found, locked and let in again; the person sets the password with the code', async () => {
    const id = await run(
      'organisations',
      'create',
      '--kind',
      'centre',
      '--name',
      'Trung tâm Cao Bằng',
      '--areas',
      '04',
    );
    expect(await run('organisations', 'list', '--q', 'cao bang')).toMatch(
      new RegExp(`${id} +centre +Trung tâm Cao Bằng`),
    );
    const made = JSON.parse(
      await run(
        'accounts',
        'create',
        '--email',
        'An@tinh.example',
        '--name',
        'Nông Văn An',
        '--role',
        'centreOfficer',
        '--organisation',
        id,
        '--json',
      ),
    ) as { account: { email: string; areas: string[] }; code: string };
    expect(made.account).toMatchObject({ email: 'an@tinh.example', areas: ['04'] });
    const body = { email: 'an@tinh.example', code: made.code, password: 'thac ban gioc mua nuoc' };
    expect((await identity.call('POST', '/passwords', { body })).status).toBe(204);
    await identity.signIn('an@tinh.example', 'thac ban gioc mua nuoc');
    expect(await run('accounts', 'lock', 'an@tinh.example')).toBe('an@tinh.example: locked');
    await expect(identity.signIn('an@tinh.example', 'thac ban gioc mua nuoc')).rejects.toThrow(
      'account-locked',
    );
    expect(await run('accounts', 'unlock', 'AN@tinh.example')).toBe('an@tinh.example: active');
    expect(await run('accounts', 'code', 'an@tinh.example')).toMatch(/: \w{4}-\w{4}-\w{4}$/);
    expect(await run('accounts', 'list', '--role', 'centreOfficer')).toMatch(/an@tinh\.example +Nông Văn An/);
    expect(await run('organisations', 'suspend', id)).toBe('Trung tâm Cao Bằng: suspended');
    expect(await run('organisations', 'reinstate', id)).toBe('Trung tâm Cao Bằng: active');
  });

  it('that are not there, or may not be, are told of in a sentence', async () => {
    await expect(run('accounts', 'lock', 'khong-co@tinh.example')).rejects.toThrow(
      'Không có tài khoản nào dùng',
    );
    await expect(run('accounts', 'lock', ADMIN.email)).rejects.toThrow('Không tự khóa');
  });
});
