import type { LocalDate } from '#reference';

export type ImportStatus = 'queued' | 'running' | 'done' | 'failed' | 'cancelled';

/** A row of `import_job`, without the file. */
export interface ImportJobRow {
  id: string;
  source: string;
  as_of: LocalDate;
  file_name: string | null;
  status: ImportStatus;
  next_row: number;
  total_rows: number | null;
  created: number;
  updated: number;
  unchanged: number;
  rejected: number;
  failure: string | null;
  last_outbox_id: string | null;
  /** Provinces of who handed the file in; `*` is every province. */
  areas: string[];
  /** Only what an administrator hands in is published without an officer's look. */
  by_administrator: boolean;
  created_by: string;
  created_at: Date;
  finished_at: Date | null;
}

/** `content` is left out: it may be large. Dates as text: a local date has no time zone. */
export const JOB_COLUMNS = `id, source, as_of::text AS as_of, file_name, status, next_row, total_rows, created, updated,
  unchanged, rejected, failure, last_outbox_id, areas, by_administrator, created_by, created_at, finished_at`;

/** What is told of a job: whether the event log has everything of it is known only once it is done or cancelled. */
export const VIEW_COLUMNS = `${JOB_COLUMNS}, status IN ('done', 'cancelled')
  AND NOT EXISTS (SELECT FROM outbox o WHERE o.id <= import_job.last_outbox_id) AS relayed`;

/** A row of `VIEW_COLUMNS`. */
export type JobViewRow = ImportJobRow & { relayed: boolean };

export interface ImportJobView {
  id: string;
  source: string;
  asOf: LocalDate;
  fileName: string | null;
  status: ImportStatus;
  progress: {
    read: number;
    total: number | null;
    created: number;
    updated: number;
    unchanged: number;
    rejected: number;
  };
  failure: string | null;
  /** Whether everything that the job brought is in the event log. */
  relayed: boolean;
  createdAt: string;
  finishedAt: string | null;
}

export function jobView(job: JobViewRow): ImportJobView {
  const { created, updated, unchanged, rejected, relayed } = job;
  return {
    id: job.id,
    source: job.source,
    asOf: job.as_of,
    fileName: job.file_name,
    status: job.status,
    progress: { read: job.next_row, total: job.total_rows, created, updated, unchanged, rejected },
    failure: job.failure,
    relayed,
    createdAt: job.created_at.toISOString(),
    finishedAt: job.finished_at?.toISOString() ?? null,
  };
}
