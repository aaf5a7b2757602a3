import { randomUUID } from 'node:crypto';
import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import type { Logger } from 'pino';
import { DataSource } from 'typeorm';
import { isTransient, Outbox, Signal } from '#events';
import { giveWay, LOGGER } from '#platform';
import { localDate } from '#reference';
import { ImportFileError } from './csv-file.js';
import { countRows, type ImportBatch, importBatches, readAhead } from './import-batches.js';
import { type ImportJobRow, JOB_COLUMNS } from './import-job.js';
import { ImportLease, LeaseLostError } from './import-lease.js';
import { type ImportContext, openingRowReader } from './opening-row.js';
import { storeOpenings } from './store-openings.js';

/** Rows stored at once: few enough that searches beside an import notice little of it. */
export const BATCH = 250;
const LEASE_SECONDS = 10;
const POLL_MS = 2000;
/** How long a finished job and its rejections can be looked up. */
const REPORT_DAYS = 90;
const FORGET_EVERY_MS = 3_600_000;

const ELSEWHERE = {
  field: 'source_id',
  code: 'outside-area',
  reason: 'tin này thuộc địa bàn khác',
};

/**
 * Works the import jobs off, one at a time. Each batch is one transaction: postings, events, rejections and the
 * job's position. After a crash the job goes on, here or elsewhere, at the first row that was not committed.
 */
@Injectable()
export class ImportWorker implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly id = randomUUID();
  private readonly awake = new Signal();
  private stopping = false;
  private forgetNext = 0;
  private loop: Promise<void> = Promise.resolve();

  constructor(
    private readonly dataSource: DataSource,
    private readonly outbox: Outbox,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  onApplicationBootstrap(): void {
    this.loop = this.run();
  }

  async onModuleDestroy(): Promise<void> {
    this.stopping = true;
    this.awake.raise();
    await this.loop;
  }

  wake(): void {
    this.awake.raise();
  }

  private async run(): Promise<void> {
    while (!this.stopping) {
      try {
        const job = await this.claim();
        if (job) await this.work(job);
        else {
          await this.forgetOld();
          await this.awake.wait(POLL_MS);
        }
      } catch (err) {
        this.logger.warn({ err }, 'import interrupted; it goes on where it was');
        await this.awake.wait(POLL_MS);
      }
    }
  }

  /** Reports are kept for a while; the postings stay. */
  private async forgetOld(): Promise<void> {
    if (Date.now() < this.forgetNext) return;
    this.forgetNext = Date.now() + FORGET_EVERY_MS;
    await this.dataSource.query(
      `DELETE FROM import_job WHERE finished_at < now() - make_interval(days => $1)`,
      [REPORT_DAYS],
    );
  }

  private async claim(): Promise<ImportJobRow | undefined> {
    const [jobs] = await this.dataSource.query<[ImportJobRow[], number]>(
      `UPDATE import_job SET status = 'running', worker = $1, lease_until = now() + make_interval(secs => $2)
       WHERE id = (
         SELECT id FROM import_job
         WHERE status IN ('queued', 'running') AND (lease_until IS NULL OR lease_until < now() OR worker = $1)
         ORDER BY created_at LIMIT 1 FOR UPDATE SKIP LOCKED)
       RETURNING ${JOB_COLUMNS}`,
      [this.id, LEASE_SECONDS],
    );
    return jobs[0];
  }

  private async work(job: ImportJobRow): Promise<void> {
    try {
      const lease = new ImportLease(this.dataSource, job.id, this.id, LEASE_SECONDS);
      const content = await this.open(job, lease);
      const read = openingRowReader(await this.context(job));
      for await (const batch of readAhead(importBatches(content, read, BATCH, () => lease.keep()))) {
        if (this.stopping) {
          await this.giveBack(job);
          return;
        }
        // After a crash the rows before the position are only looked at for their ids.
        await giveWay();
        if (batch.from >= job.next_row) await this.store(job, batch);
      }
      await this.finish(job, 'done', null);
    } catch (error) {
      if (error instanceof LeaseLostError) {
        this.logger.info({ job: job.id }, error.message);
        return;
      }
      if (isTransient(error)) throw error;
      // What is wrong with a file is the matter of who hands it in: no stack, no warning, and nothing of what it says.
      if (error instanceof ImportFileError) {
        this.logger.info({ job: job.id, code: error.code, columns: error.columns }, 'import refused');
        await this.finish(job, 'failed', error.message);
        return;
      }
      this.logger.error({ err: error, job: job.id }, 'import failed');
      await this.finish(job, 'failed', 'Lỗi hệ thống khi nhập tệp.');
    }
  }

  /** The file, looked through once: what cannot be read as a whole brings nothing in. */
  private async open(job: ImportJobRow, lease: ImportLease): Promise<Buffer> {
    const [row] = await this.dataSource.query<{ content: Buffer }[]>(
      'SELECT content FROM import_job WHERE id = $1 AND worker = $2',
      [job.id, this.id],
    );
    if (!row) throw new LeaseLostError(job.id);
    const { content } = row;
    const total = job.total_rows ?? (await countRows(content, () => lease.keep()));
    await lease.keep();
    const [, counted] = await this.dataSource.query<[unknown, number]>(
      'UPDATE import_job SET total_rows = $3 WHERE id = $1 AND worker = $2',
      [job.id, this.id, total],
    );
    if (counted !== 1) throw new LeaseLostError(job.id);
    return content;
  }

  private async context(job: ImportJobRow): Promise<ImportContext> {
    const [source] = await this.dataSource.query<{ trusted: boolean; keep_days: number }[]>(
      'SELECT trusted, keep_days FROM import_source WHERE name = $1',
      [job.source],
    );
    if (!source) throw new ImportFileError('source-unknown', `Không có nguồn ${job.source}.`);
    return {
      source: job.source,
      // Who hands the file in decides as well: a trusted name lets nobody else publish.
      trusted: source.trusted && job.by_administrator,
      keepDays: source.keep_days,
      asOf: job.as_of,
      today: localDate(),
      areas: job.areas,
    };
  }

  private async store(job: ImportJobRow, batch: ImportBatch): Promise<void> {
    const { from, rows, records, lines } = batch;
    await this.outbox.transaction(async (tx) => {
      const stored = await storeOpenings(tx, this.outbox, records, {
        createdBy: `import:${job.id}`,
        areas: job.areas,
      });
      const rejections = [
        ...batch.rejections,
        ...stored.elsewhere.map((id) => ({ line: lines.get(id) ?? 0, ...ELSEWHERE, value: id })),
      ];
      await tx.query(
        `INSERT INTO import_rejection (job_id, line, field, code, reason, value)
         SELECT $1, line, field, code, reason, value
         FROM json_to_recordset($2::json) AS r(line int, field text, code text, reason text, value text)
         ON CONFLICT DO NOTHING`,
        [job.id, JSON.stringify(rejections)],
      );
      const [, moved] = await tx.query<[unknown, number]>(
        `UPDATE import_job SET next_row = $4, created = created + $5, updated = updated + $6,
           unchanged = unchanged + $7, rejected = rejected + $8, lease_until = now() + make_interval(secs => $9),
           last_outbox_id = greatest(last_outbox_id, (SELECT max(id) FROM outbox))
         WHERE id = $1 AND worker = $2 AND next_row = $3`,
        [
          job.id,
          this.id,
          from,
          from + rows,
          stored.created,
          stored.updated,
          stored.unchanged,
          rows - records.length + stored.elsewhere.length,
          LEASE_SECONDS,
        ],
      );
      if (moved !== 1) throw new LeaseLostError(job.id);
    });
    job.next_row = from + rows;
  }

  /** So that the next start, or another instance, need not wait for the lease to run out. */
  private async giveBack(job: ImportJobRow): Promise<void> {
    await this.dataSource.query('UPDATE import_job SET lease_until = NULL WHERE id = $1 AND worker = $2', [
      job.id,
      this.id,
    ]);
  }

  /** The file itself is dropped; what it said is in the postings and in the report. */
  private async finish(job: ImportJobRow, status: 'done' | 'failed', failure: string | null): Promise<void> {
    await this.dataSource.query(
      `UPDATE import_job SET status = $3, failure = $4, finished_at = now(), content = NULL, lease_until = NULL
       WHERE id = $1 AND worker = $2`,
      [job.id, this.id, status, failure],
    );
  }
}
