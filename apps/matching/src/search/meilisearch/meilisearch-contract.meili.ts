import { existsSync, writeFileSync } from 'node:fs';
import { expect, it } from '@jest/globals';
import { contractScenario } from './test/contract.scenario.js';
import { INDEX, RECORDING, readRecording, requestsOf, withoutPolling } from './test/contract.recording.js';
import { meiliBed, testServer } from './test/meili-bed.js';
import { record } from './test/recording.js';

it('the server is asked as in the recording (delete the file, and this records it anew)', async () => {
  const server = testServer()!;
  await meiliBed(server, INDEX).close();
  const proxy = await record(server);
  const bed = meiliBed({ ...server, url: proxy.url }, INDEX);
  await contractScenario(bed);
  const { exchanges } = proxy;
  await meiliBed(server, INDEX).close();
  await proxy.close();
  if (!existsSync(RECORDING))
    writeFileSync(RECORDING, `${JSON.stringify(withoutPolling(exchanges), undefined, 1)}\n`);
  expect(requestsOf(exchanges)).toEqual(requestsOf(readRecording()));
});
