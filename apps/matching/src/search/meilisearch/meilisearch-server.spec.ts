import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { MeilisearchServer, MeilisearchTaskError } from './meilisearch-server.js';

const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };

describe('Waiting for the server’s tasks', () => {
  let http: Server;
  let meilisearch: MeilisearchServer;
  let answers: Record<string, (asked: number) => object>;
  let asked: string[];
  let url: string;

  beforeEach(async () => {
    asked = [];
    http = createServer((request, response) => {
      const path = `${request.method} ${request.url!.split('?')[0]}`;
      const times = asked.push(/uids=/i.test(request.url!) ? `${path}?${request.url!.split('?')[1]}` : path);
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(JSON.stringify(answers[path]!(times)));
    });
    await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(http.address() as AddressInfo).port}`;
    meilisearch = new MeilisearchServer({ url, index: 'ours', logger: silent });
  });
  afterEach(async () => {
    http.closeAllConnections();
    await new Promise((resolve) => http.close(resolve));
  });

  it('goes on while the server gets on with anything, and gives up when it stands still', async () => {
    const looks: string[] = [];
    answers = {
      'GET /tasks/7': () => ({ uid: 7, status: 'enqueued' }),
      'GET /batches': () => {
        looks.push('look');
        return { results: [{ uid: 3, progress: { percentage: Math.min(looks.length, 3) * 10 } }] };
      },
    };
    await expect(meilisearch.finished([7], 60)).rejects.toThrow(/^Meilisearch did not get on with task 7/);
    expect(looks).toHaveLength(4);
  });

  it('ends at a stop', async () => {
    answers = { 'GET /tasks/7': () => ({ uid: 7, status: 'processing' }) };
    const waiting = meilisearch.finished([7]);
    setTimeout(() => meilisearch.end(), 100);
    await expect(waiting).rejects.toThrow(/abort/);
    const before = asked.length;
    await expect(meilisearch.finished([8])).rejects.toThrow(/abort/);
    expect(asked).toHaveLength(before);
  });

  it('tells what the server says of a task that failed', async () => {
    const error = { message: 'No space left on device', code: 'no_space_left_on_device', type: 'system' };
    answers = {
      'GET /tasks/7': () => ({ uid: 7, type: 'documentAdditionOrUpdate', status: 'failed', error }),
    };
    const failure = await meilisearch.finished([7]).catch((thrown: unknown) => thrown);
    expect(failure).toBeInstanceOf(MeilisearchTaskError);
    expect(failure).toMatchObject({ reason: { code: error.code, type: 'system' } });
  });

  it('says once that the server takes long for every task, however small', async () => {
    const told: object[] = [];
    const logger = { ...silent, warn: (context: object) => void told.push(context) };
    const server = new MeilisearchServer({ url, index: 'ours', logger });
    const slow = '2026-11-22T00:00:00.9Z';
    let uid = 0;
    const finish = async (batchUid: number, documents: number, finishedAt = slow): Promise<void> => {
      uid += 1;
      const task = { uid, batchUid, status: 'succeeded', startedAt: '2026-11-22T00:00:00Z', finishedAt };
      answers = { [`GET /tasks/${uid}`]: () => ({ ...task, details: { receivedDocuments: documents } }) };
      await server.finished([uid]);
    };
    let batch = 0;
    const nine = async (): Promise<void> => {
      for (let i = 0; i < 9; i++) await finish(++batch, 20);
    };
    await nine();
    await finish(++batch, 20, '2026-11-22T00:00:00.1Z');
    await nine();
    // Beside a large one, in the same batch of the server.
    await finish(++batch, 5_000);
    await finish(batch, 20);
    await nine();
    // Several tasks of one batch.
    await finish(batch, 20);
    expect(told).toEqual([]);
    await finish(++batch, 20);
    await nine();
    expect(told).toEqual([{ ms: 900 }]);
  });

  it('takes back what was asked for our indexes, swaps too, and nothing of others', async () => {
    const swap = (uid: number, ...indexes: string[]): object => ({ uid, details: { swaps: [{ indexes }] } });
    answers = {
      'POST /tasks/cancel': () => ({ taskUid: 9 }),
      'GET /tasks': () => ({ results: [swap(4, 'ours', 'ours_next'), swap(5, 'theirs', 'theirs_next')] }),
      'GET /tasks/9': () => ({ uid: 9, status: 'succeeded' }),
    };
    await meilisearch.cancelTasks();
    expect(asked.filter((one) => one.startsWith('POST'))).toEqual([
      expect.stringContaining('indexUids=ours%2Cours_next'),
      'POST /tasks/cancel?uids=4',
    ]);
  });
});
