import { Injectable } from '@nestjs/common';
import { DataSource, In } from 'typeorm';
import {
  AuditLog,
  decodeCursor,
  encodeCursor,
  type IdempotentRequest,
  once,
  type Page,
  type Principal,
} from '#platform';
import { act, everywhere, lock } from '../jobseeker/jobseeker.access.js';
import { Jobseeker } from '../jobseeker/jobseeker.entity.js';
import { type JobseekerListItem, listItem } from '../jobseeker/jobseeker.view.js';
import type { SuspicionReason } from './duplicate-checks.js';
import { openPair } from './duplicate-pairs.js';
import type { DuplicateQuery } from './duplicate.dto.js';

export interface DuplicateView {
  id: string;
  status: string;
  reasons: SuspicionReason[];
  suspectedAt: string;
  decidedAt: string | null;
  /** Why it was dismissed. */
  reason: string | null;
  /** Elder first; of a merged pair the kept one only. */
  jobseekers: JobseekerListItem[];
}

interface Row {
  id: string;
  elder_id: string;
  younger_id: string;
  status: string;
  reasons: SuspicionReason[];
  suspected_at: Date;
  cursor_at: string;
  decided_at: Date | null;
  dismissal_reason: string | null;
}

type Position = [at: string, id: string];
const isPosition = (value: unknown): value is Position =>
  Array.isArray(value) &&
  value.length === 2 &&
  /^\d{4}-\d\d-\d\d[ \d:.+-]+$/.test(String(value[0])) &&
  /^[0-9a-f-]{36}$/.test(String(value[1]));

/** Pairs whose both profiles are in the area: one of them must not tell of the other across a border. */
const IN_AREA = `
  FROM duplicates d JOIN jobseekers e ON e.id = d.elder_id LEFT JOIN jobseekers y ON y.id = d.younger_id
  WHERE d.status = $1 AND ($2::text[] IS NULL OR (e.area_province_code = ANY($2)
    AND (y.id IS NULL OR y.area_province_code = ANY($2))))`;

/** The merge queue. */
@Injectable()
export class DuplicateService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly audit: AuditLog,
  ) {}

  /** Oldest suspicion first. */
  async list(query: DuplicateQuery, caller: Principal): Promise<Page<DuplicateView>> {
    const areas = everywhere(caller.areas) ? null : caller.areas;
    const after = query.cursor ? decodeCursor(query.cursor, isPosition) : ['-infinity', ZERO];
    return this.dataSource.transaction(async (tx) => {
      const rows = await tx.query<Row[]>(
        `SELECT d.*, d.suspected_at::text AS cursor_at ${IN_AREA}
         AND (d.suspected_at, d.id) > ($3::timestamptz, $4::uuid) ORDER BY d.suspected_at, d.id LIMIT $5`,
        [query.status, areas, ...after, query.limit + 1],
      );
      const [counted] = await tx.query<{ total: number }[]>(`SELECT count(*)::int AS total ${IN_AREA}`, [
        query.status,
        areas,
      ]);
      const shown = rows.slice(0, query.limit);
      const ids = [...new Set(shown.flatMap((row) => [row.elder_id, row.younger_id]))];
      const people = new Map(
        (await tx.findBy(Jobseeker, { id: In(ids) })).map((person) => [person.id, person]),
      );
      await this.audit.append(
        tx,
        [...people.keys()].map((id) => act(caller, 'listed', id, { details: { as: 'suspectedDuplicate' } })),
      );
      const last = rows.length > query.limit ? shown.at(-1) : undefined;
      return {
        items: shown.map((row) => view(row, people)),
        total: counted?.total ?? 0,
        totalIsExact: true,
        nextCursor: last && encodeCursor([last.cursor_at, last.id]),
      };
    });
  }

  /** Two persons after all. The reason stays with the pair, not in the audit trail: it may name somebody. */
  async dismiss(
    id: string,
    reason: string,
    caller: Principal,
    request: IdempotentRequest,
  ): Promise<{ id: string; status: 'dismissed' }> {
    return this.dataSource.transaction((tx) =>
      once(tx, request, async () => {
        const { elder, younger } = await openPair(tx, id, caller, lock);
        await tx.query(
          `UPDATE duplicates SET status = 'dismissed', dismissal_reason = $2, decided_at = now() WHERE id = $1`,
          [id, reason],
        );
        await this.audit.append(
          tx,
          [elder, younger].map((person) => act(caller, 'duplicate-dismissed', person.id)),
        );
        return { id, status: 'dismissed' as const };
      }),
    );
  }
}

const ZERO = '00000000-0000-0000-0000-000000000000';

function view(row: Row, people: ReadonlyMap<string, Jobseeker>): DuplicateView {
  return {
    id: row.id,
    status: row.status,
    reasons: row.reasons,
    suspectedAt: row.suspected_at.toISOString(),
    decidedAt: row.decided_at?.toISOString() ?? null,
    reason: row.dismissal_reason,
    jobseekers: [row.elder_id, row.younger_id].flatMap((id) => {
      const person = people.get(id);
      return person ? [listItem(person)] : [];
    }),
  };
}
