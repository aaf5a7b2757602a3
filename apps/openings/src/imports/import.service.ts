import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import {
  AuditLog,
  conflict,
  decodeCursor,
  encodeCursor,
  type IdempotentRequest,
  notFound,
  once,
  type Page,
  type Principal,
  Problem,
} from '#platform';
import { act } from '../audit.js';
import { isUuid } from '../count.js';
import { type ImportJobView, jobView, type JobViewRow, VIEW_COLUMNS } from './import-job.js';
import { ImportWorker } from './import.worker.js';

/** How long a posting of a source stays public after it was last seen there, unless the source says otherwise. */
const KEEP_DAYS = 60;

export interface ImportRequest {
  source: string;
  asOf: string;
  fileName: string | null;
  content: Buffer;
}

export interface ImportRejection {
  line: number;
  field: string;
  code: string;
  reason: string;
  value: string | null;
}

const isLinePosition = (value: unknown): value is [number, string] =>
  Array.isArray(value) &&
  Number.isSafeInteger(value[0]) &&
  Math.abs(value[0] as number) < 2 ** 31 &&
  typeof value[1] === 'string' &&
  /^[a-z_]*$/.test(value[1]);

/** Takes files in and tells how far their import is; the worker does the rest. */
@Injectable()
export class ImportService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly worker: ImportWorker,
    private readonly audit: AuditLog,
  ) {}

  /**
   * A source that an administrator brings is trusted, unless one has decided otherwise: its postings are published
   * without an officer's look whenever an administrator hands them in.
   */
  async submit(
    request: ImportRequest,
    caller: Principal,
    idempotency: IdempotentRequest,
  ): Promise<{ id: string }> {
    const byAdministrator = caller.role === 'administrator';
    const answer = await this.dataSource.transaction((tx) =>
      once(tx, idempotency, async () => {
        await tx.query(
          `INSERT INTO import_source (name, trusted, keep_days, decided, created_by) VALUES ($1, $2, $3, $2, $4)
           ON CONFLICT (name) DO UPDATE SET trusted = true, decided = true
           WHERE excluded.trusted AND NOT import_source.decided`,
          [request.source, byAdministrator, KEEP_DAYS, caller.subject],
        );
        const id = uuidv7();
        await tx.query(
          `INSERT INTO import_job
             (id, source, as_of, file_name, content, status, areas, by_administrator, created_by)
           VALUES ($1, $2, $3, $4, $5, 'queued', $6, $7, $8)`,
          [
            id,
            request.source,
            request.asOf,
            request.fileName,
            request.content,
            areasOf(caller),
            byAdministrator,
            caller.subject,
          ],
        );
        const details = { source: request.source, asOf: request.asOf, bytes: request.content.length };
        await this.audit.append(tx, [act(caller, 'import.submitted', id, { details })]);
        return { id };
      }),
    );
    this.worker.wake();
    return answer;
  }

  /**
   * Ends an import that waits or runs; one that is cancelled stays so. What was stored until then stays. From the
   * answer on nothing more is: the job has no worker any more, which undoes the batch that is not committed yet.
   * @throws Problem 404 as `get`, 409 `openings.import-ended` when it is done or has failed
   */
  async cancel(id: string, caller: Principal): Promise<ImportJobView> {
    await this.dataSource.transaction(async (tx) => {
      const [cancelled] = await tx.query<[{ read: number; total: number | null }[], number]>(
        `UPDATE import_job
         SET status = 'cancelled', finished_at = now(), content = NULL, worker = NULL, lease_until = NULL
         WHERE id = $1 AND (created_by = $2 OR $3) AND status IN ('queued', 'running')
         RETURNING next_row AS read, total_rows AS total`,
        [id, caller.subject, caller.role === 'administrator'],
      );
      await this.audit.append(
        tx,
        cancelled.map((details) => act(caller, 'import.cancelled', id, { details })),
      );
    });
    const job = await this.get(id, caller);
    if (job.status !== 'cancelled') throw importEnded();
    return job;
  }

  /** @throws Problem 404 also for a job of somebody else, unless the caller is an administrator */
  async get(id: string, caller: Principal): Promise<ImportJobView> {
    const [job] = await this.dataSource.query<JobViewRow[]>(
      `SELECT ${VIEW_COLUMNS} FROM import_job WHERE id = $1 AND (created_by = $2 OR $3)`,
      [id, caller.subject, caller.role === 'administrator'],
    );
    if (!job) throw importNotFound();
    return jobView(job);
  }

  /** The latest first: ids are made in the order of time. */
  async list(caller: Principal, limit: number, cursor?: string): Promise<Page<ImportJobView>> {
    const visible = [caller.subject, caller.role === 'administrator'];
    const before = cursor ? decodeCursor(cursor, isUuid) : null;
    const jobs = await this.dataSource.query<JobViewRow[]>(
      `SELECT ${VIEW_COLUMNS} FROM import_job
       WHERE (created_by = $1 OR $2) AND ($3::uuid IS NULL OR id < $3) ORDER BY id DESC LIMIT $4`,
      [...visible, before, limit + 1],
    );
    const [counted] = await this.dataSource.query<{ n: number }[]>(
      'SELECT count(*)::int AS n FROM import_job WHERE created_by = $1 OR $2',
      visible,
    );
    const last = jobs.length > limit && jobs.pop() ? jobs.at(-1) : undefined;
    return {
      items: jobs.map(jobView),
      total: counted?.n ?? 0,
      totalIsExact: true,
      nextCursor: last && encodeCursor(last.id),
    };
  }

  async rejections(
    id: string,
    caller: Principal,
    limit: number,
    cursor?: string,
  ): Promise<Page<ImportRejection>> {
    await this.get(id, caller);
    const [line, field] = cursor ? decodeCursor(cursor, isLinePosition) : [0, ''];
    const items = await this.rejectionsAfter(id, { line, field }, limit + 1);
    const [counted] = await this.dataSource.query<{ n: number }[]>(
      'SELECT count(*)::int AS n FROM import_rejection WHERE job_id = $1',
      [id],
    );
    const last = items.length > limit && items.pop() ? items.at(-1) : undefined;
    return {
      items,
      total: counted?.n ?? 0,
      totalIsExact: true,
      nextCursor: last && encodeCursor([last.line, last.field]),
    };
  }

  /** Up to `limit` rejections after a position, in the order of the file. */
  rejectionsAfter(
    id: string,
    { line, field }: Pick<ImportRejection, 'line' | 'field'>,
    limit = 1000,
  ): Promise<ImportRejection[]> {
    return this.dataSource.query<ImportRejection[]>(
      `SELECT line, field, code, reason, value FROM import_rejection
       WHERE job_id = $1 AND (line, field) > ($2, $3) ORDER BY line, field LIMIT $4`,
      [id, line, field, limit],
    );
  }
}

/** An officer brings in postings of the own area; administrators are no officers, but bring in whole sources. */
function areasOf(caller: Principal): readonly string[] {
  return caller.role === 'administrator' ? ['*'] : caller.areas;
}

function importEnded(): Problem {
  return conflict(
    'openings.import-ended',
    { vi: 'Lần nhập này đã kết thúc', en: 'This import has ended' },
    {
      vi: 'Không còn gì để dừng: các tin đã nhập vẫn giữ nguyên.',
      en: 'There is nothing left to stop: what it brought in stays.',
    },
  );
}

function importNotFound(): Problem {
  return notFound('openings.import-not-found', 'Không tìm thấy lần nhập này', 'There is no such import');
}
