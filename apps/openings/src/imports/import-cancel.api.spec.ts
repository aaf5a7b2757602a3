import { randomUUID } from 'node:crypto';
import { afterEach, describe, expect, it } from '@jest/globals';
import type { Logger } from 'pino';
import type { QueryRunner } from 'typeorm';
import { Outbox } from '#events';
import { AuditLog, LOGGER } from '#platform';
import { eventually } from '#platform/testing';
import { generatedCsv } from '../../../../bench/openings/openings-csv.js';
import { csv, type ImportJob, importsBed, row } from '../../test/imports.fixture.js';
import { ImportWorker } from './import.worker.js';

const LARGE = 20_000;

describe('An import of openings that is cancelled', () => {
  const bed = importsBed();
  const { who, submit, job, begun, finished, imported, cancelled, bySource } = bed;

  /** Keeps every batch from being committed: none can store its refused rows. */
  let held: QueryRunner | undefined;
  const hold = async (): Promise<void> => {
    held = bed.service.database.createQueryRunner();
    await held.startTransaction();
    await held.query('LOCK TABLE import_rejection IN SHARE MODE');
  };
  const letGo = async (): Promise<void> => {
    await held?.rollbackTransaction();
    await held?.release();
    held = undefined;
  };
  afterEach(letGo);

  const heldUp = (): Promise<unknown> =>
    eventually(async () => {
      const [waiting] = await bed.service.database.query<{ n: number }[]>(
        `SELECT count(*)::int AS n FROM pg_locks WHERE relation = 'import_rejection'::regclass AND NOT granted`,
      );
      return waiting?.n === 1;
    });

  /** Exactly what the job counts is stored and in the log, once each. */
  const expectExactly = async (source: string, told: ImportJob): Promise<void> => {
    const stored = await bySource(source);
    expect(stored).toHaveLength(told.progress.created);
    const own = new Set(stored.map((opening) => opening['id']));
    const logged = (await bed.service.log('openings.job-opening')).filter(({ key }) => own.has(key));
    expect(logged).toHaveLength(told.progress.created);
  };

  it('while it runs keeps exactly the rows that it tells, and the next file comes in', async () => {
    const id = await submit(generatedCsv(LARGE, 21), 'source=running');
    await begun(id);
    const told = await cancelled(id);
    expect(told).toMatchObject({ status: 'cancelled', finishedAt: expect.any(String), failure: null });
    expect(told.progress.total).toBe(LARGE);
    expect(told.progress.read).toBeLessThan(LARGE);
    expect(told.progress.created).toBe(told.progress.read);
    await imported(csv(row('1')), 'source=next');
    expect(await finished(id)).toEqual({ ...told, relayed: true });
    await expectExactly('running', told);
    const { items } = (await who.administrator.get('/imports?limit=2')).body as { items: ImportJob[] };
    expect(items.find((one) => one.id === id)).toEqual({ ...told, relayed: true });
  });

  it('in the middle of a batch writes nothing of it after the answer', async () => {
    await hold();
    const id = await submit(generatedCsv(300, 22), 'source=middle');
    await heldUp();
    const told = await cancelled(id);
    expect(told).toMatchObject({ status: 'cancelled', progress: { read: 0, created: 0, rejected: 0 } });
    await letGo();
    await imported(csv(row('1')), 'source=next');
    expect(await finished(id)).toEqual(told);
    expect(await bySource('middle')).toEqual([]);
  });

  it('while it waits ends at once, and its file is dropped', async () => {
    await hold();
    const first = await submit(generatedCsv(300, 23), 'source=first');
    await heldUp();
    const waiting = await submit(csv(row('1')), 'source=waiting', who.officer);
    expect(await cancelled(waiting, who.officer)).toMatchObject({
      status: 'cancelled',
      relayed: true,
      progress: { read: 0, total: null },
    });
    const [kept] = await bed.service.database.query<object[]>(
      'SELECT content, worker, lease_until FROM import_job WHERE id = $1',
      [waiting],
    );
    expect(kept).toEqual({ content: null, worker: null, lease_until: null });
    await letGo();
    expect(await finished(first)).toMatchObject({ status: 'done', progress: { created: 300 } });
    expect(await job(waiting)).toMatchObject({ status: 'cancelled' });
    expect(await bySource('waiting')).toEqual([]);
  });

  it('twice is cancelled once', async () => {
    await hold();
    const id = await submit(csv(row('1')), 'source=twice', who.officer);
    const [one, two] = await Promise.all([cancelled(id, who.officer), cancelled(id, who.administrator)]);
    expect(two).toEqual(one);
    expect(await cancelled(id)).toEqual(one);
    const acts = (await bed.service.get(AuditLog).ofSubject(id)).map(({ action }) => action);
    expect(acts).toEqual(['import.submitted', 'import.cancelled']);
  });

  it('is not taken up again after a restart, also not by a second instance', async () => {
    const id = await submit(generatedCsv(LARGE, 24), 'source=restart');
    await begun(id);
    const told = await cancelled(id);
    await bed.restart();
    const { database } = bed.service;
    const logger = bed.service.get<Logger>(LOGGER as never);
    const second = new ImportWorker(database, bed.service.get(Outbox), logger);
    second.onApplicationBootstrap();
    try {
      await imported(csv(row('1')), 'source=next');
    } finally {
      await second.onModuleDestroy();
    }
    expect(await finished(id)).toEqual({ ...told, relayed: true });
    await expectExactly('restart', told);
  });

  it('of an instance that has crashed stays where it was', async () => {
    await hold();
    const id = await submit(csv(row('1')), 'source=crashed');
    await bed.service.database.query(
      `UPDATE import_job SET status = 'running', worker = $2, lease_until = now() - interval '1 second' WHERE id = $1`,
      [id, randomUUID()],
    );
    await cancelled(id);
    await letGo();
    await imported(csv(row('1')), 'source=next');
    expect(await job(id)).toMatchObject({ status: 'cancelled', progress: { read: 0 } });
    expect(await bySource('crashed')).toEqual([]);
  });

  it('can be handed in again and then brings all of it, nothing twice', async () => {
    const content = generatedCsv(3000, 25);
    const id = await submit(content, 'source=again');
    await begun(id);
    const { progress } = await cancelled(id);
    expect((await imported(content, 'source=again')).progress).toMatchObject({
      created: 3000 - progress.read,
      unchanged: progress.read,
    });
  });

  it('has ended otherwise: that is refused, and nothing of it changes', async () => {
    const done = await imported(csv(row('1')), 'source=ended');
    const failed = await imported('\n', 'source=ended');
    for (const ended of [done, failed]) {
      const { body, headers } = await who.administrator.post(`/imports/${ended.id}/cancel`).expect(409);
      expect(headers['content-type']).toContain('application/problem+json');
      expect(body).toMatchObject({ status: 409, code: 'openings.import-ended' });
      expect(await job(ended.id)).toEqual(ended);
    }
  });

  it('is that of who handed it in, or of an administrator, and has an id', async () => {
    await hold();
    const id = await submit(csv(row('1')), 'source=mine', who.officer);
    const people = [who.officerElsewhere, who.employer, who.jobseeker, who.anyone];
    const answers = await Promise.all(people.map((http) => http.post(`/imports/${id}/cancel`)));
    expect(answers.map(({ status }) => status)).toEqual([404, 403, 403, 401]);
    expect(answers[0]?.body).toMatchObject({ code: 'openings.import-not-found' });
    await who.administrator.post(`/imports/${randomUUID()}/cancel`).expect(404);
    const noId = [
      await who.administrator.post('/imports/1/cancel'),
      await who.administrator.get('/imports/1'),
    ];
    expect(noId[0]?.status).toBe(noId[1]?.status);
    expect(noId[0]?.status).toBe(400);
    expect((await job(id)).status).not.toBe('cancelled');
    await cancelled(id, who.administrator);
  });
});
