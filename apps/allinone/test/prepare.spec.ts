import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';

const PREPARE = join(import.meta.dirname, '../../../dist/apps/allinone/src/prepare.js');

describe('the program that prepares a cluster', () => {
  const start = (step: string, databaseUrl: string): { child: ChildProcess; said: () => string } => {
    const child = spawn(process.execPath, [PREPARE, step], {
      env: { PATH: process.env['PATH'], DATABASE_URL: databaseUrl },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk) => (output += String(chunk)));
    return { child, said: () => output };
  };

  it('says in one sentence what it could not do, and exits with 1', async () => {
    const { child, said } = start('everything', 'postgres://nobody@127.0.0.1:9/none');
    expect(await once(child, 'close')).toEqual([1, null]);
    expect(said()).toBe('Say what to prepare: databases or topics.\n');
  });

  it('is ended by SIGTERM at once, also while a server does not answer', async () => {
    const sockets: Socket[] = [];
    const silent = createServer((socket) => sockets.push(socket)).listen(0, '127.0.0.1');
    await once(silent, 'listening');
    try {
      const { port } = silent.address() as AddressInfo;
      const { child } = start('databases', `postgres://somebody@127.0.0.1:${port}/postgres`);
      await once(silent, 'connection');
      child.kill('SIGTERM');
      expect(await once(child, 'close')).toEqual([null, 'SIGTERM']);
    } finally {
      for (const socket of sockets) socket.destroy();
      silent.close();
    }
  });
});
