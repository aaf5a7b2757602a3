import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { type AuditEntry, AuditLog, type Principal } from '#platform';
import { type ConsentEntry, ledgerOf } from '../consent/consent-ledger.js';
import { act, find } from '../jobseeker/jobseeker.access.js';
import { JobseekerViews, type JobseekerView } from '../jobseeker/jobseeker.view.js';

/** Who looked at the profile or changed it. Officers are told by role and office. */
export interface AccessLogEntry {
  at: string;
  action: string;
  role: string | null;
  organisationId: string | null;
  purpose: string | null;
  /** Names of the fields that were changed. */
  fields?: string[];
}

export interface DataExport {
  exportedAt: string;
  jobseeker: JobseekerView;
  consentLedger: ConsentEntry[];
  accessLog: AccessLogEntry[];
}

/** The right to see one's data (Law 91/2025/QH15): all of it, who used it, and what was agreed to. */
@Injectable()
export class DataExports {
  constructor(
    private readonly dataSource: DataSource,
    private readonly views: JobseekerViews,
    private readonly audit: AuditLog,
  ) {}

  async export(id: string, caller: Principal): Promise<DataExport> {
    return this.dataSource.transaction(async (tx) => {
      const jobseeker = await this.views.view(tx, await find(tx, id, caller));
      await this.audit.append(tx, [act(caller, 'exported', id)]);
      const merged = await tx.query<{ id: string }[]>(
        'SELECT id FROM retired_jobseekers WHERE merged_into = $1',
        [id],
      );
      const logs = await Promise.all(
        [id, ...merged.map((row) => row.id)].map((of) => this.audit.ofSubject(of, tx)),
      );
      const accessLog = logs
        .flat()
        .sort((a, b) => a.seq - b.seq)
        .map(accessOf);
      return {
        exportedAt: new Date().toISOString(),
        jobseeker,
        consentLedger: await ledgerOf(tx, id),
        accessLog,
      };
    });
  }
}

function accessOf({ at, action, actorRole, organisationId, reason, details }: AuditEntry): AccessLogEntry {
  const fields = details['fields'];
  return {
    at,
    action,
    role: actorRole,
    organisationId,
    purpose: reason,
    ...(Array.isArray(fields) && { fields: fields.map(String) }),
  };
}
