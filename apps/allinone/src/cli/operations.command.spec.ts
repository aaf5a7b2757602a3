import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { Command } from 'commander';
import { Api } from './api.js';
import { operationsCommands } from './operations.command.js';
import { Output } from './output.js';

/** Dead letters of a service, on two pages; number 2 still cannot be handled. */
const ANSWERS: Record<string, [number, object]> = {
  '/identity/tokens': [200, { accessToken: 'token', expiresIn: 600 }],
  '/matching/admin/dead-letters?limit=100': [200, { items: [{ id: '1' }, { id: '2' }], nextCursor: 'next' }],
  '/matching/admin/dead-letters?limit=100&cursor=next': [200, { items: [{ id: '3' }] }],
  '/matching/admin/dead-letters/1/replay': [200, { replayed: true }],
  '/matching/admin/dead-letters/2/replay': [409, { code: 'matching.replay-failed', title: 'Still broken' }],
  '/matching/admin/dead-letters/3/replay': [200, { replayed: true }],
};

describe('Dead letters from the command line', () => {
  const asked: string[] = [];
  let server: Server;
  beforeAll(async () => {
    server = createServer((request, response) => {
      const path = (request.url ?? '').replace('/api/v1', '');
      asked.push(path);
      const [status, body] = ANSWERS[path] ?? [404, { code: 'none', title: 'None' }];
      request.resume().on('end', () => {
        response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });
  afterAll(() => new Promise((resolve) => server.close(resolve)));

  const run = async (...args: string[]): Promise<string> => {
    const printed: string[] = [];
    const log = jest.spyOn(console, 'log').mockImplementation((text: string) => void printed.push(text));
    try {
      const program = new Command().exitOverride();
      const { port } = server.address() as AddressInfo;
      const api = new Api(`http://127.0.0.1:${port}`, 'admin@example.vn', 'secret');
      operationsCommands(program, api, () => new Output(false));
      await program.parseAsync(args, { from: 'user' });
    } finally {
      log.mockRestore();
    }
    return printed.join('\n');
  };

  it('are all replayed, also those behind one that still fails, which makes the command fail', async () => {
    await expect(run('replay', 'matching')).rejects.toThrow(
      /^2 đã xử lý lại, 1 vẫn không được:\n +2: .*Still broken/,
    );
    expect(asked.filter((path) => path.endsWith('/replay'))).toHaveLength(3);
  });

  it('are replayed one by one by their id', async () => {
    expect(await run('replay', 'matching', '3')).toBe('1 đã xử lý lại.');
  });
});
