import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { basename } from 'node:path';
import { afterEach, beforeEach, expect, it, jest } from '@jest/globals';
import dropIndexes from './jest-drop-indexes.mjs';

const { MEILI_URL } = process.env;
const run = basename(process.env['NOIVIEC_TEST_RUN_DIR'] ?? '');
const asked: string[] = [];
/** A server with an index and a key of this run, and those of somebody else. */
const server = createServer(({ method, url = '' }, response) => {
  asked.push(`${method} ${url}`);
  const results = url.startsWith('/indexes')
    ? [{ uid: `${run}-1` }, { uid: 'openings' }]
    : [
        { uid: 'k1', name: `search ${run}-1` },
        { uid: 'k2', name: 'search openings' },
        { uid: 'k3', name: null },
      ];
  response.end(JSON.stringify({ results }));
});

beforeEach(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  process.env['MEILI_URL'] = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterEach(() => {
  jest.restoreAllMocks();
  if (MEILI_URL === undefined) delete process.env['MEILI_URL'];
  else process.env['MEILI_URL'] = MEILI_URL;
  server.closeAllConnections();
  server.close();
});

it('The end of a test run takes its own indexes and keys from a Meilisearch server, and no others', async () => {
  await dropIndexes();
  const own = asked.filter((request) => request.startsWith('DELETE'));
  expect(own).toEqual([`DELETE /indexes/${run}-1`, 'DELETE /keys/k1']);
});

it('The end of a test run is none of its failures when that server is away', async () => {
  const said = jest.spyOn(console, 'error').mockReturnValue();
  server.closeAllConnections();
  server.close();
  await dropIndexes();
  expect(said).toHaveBeenCalledWith(expect.stringContaining('may be left on the Meilisearch server'));
});
