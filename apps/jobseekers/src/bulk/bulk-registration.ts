import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Outbox } from '#events';
import { type AuditDraft, AuditLog, checked } from '#platform';
import { isCurrentText } from '../consent/consent-texts.js';
import type { GiveConsentDto } from '../consent/consent.dto.js';
import { requestDuplicateCheck } from '../duplicate/duplicate-checks.js';
import { IdentifierVault, type SealedIdentifier } from '../identifiers/identifier-vault.js';
import { identifierKinds, type IdentifierKind } from '../identifiers/identifiers.js';
import { RegisterJobseekerDto } from '../jobseeker/jobseeker.dto.js';
import { codesOf } from '../jobseeker/jobseeker.errors.js';
import type { DataSourceKind, Jobseeker } from '../jobseeker/jobseeker.entity.js';
import { jobseekerEvent } from '../jobseeker/jobseeker.events.js';
import { newJobseeker } from '../jobseeker/new-jobseeker.js';
import { type CheckedProfile, checkProfile, type ProfileInput } from '../jobseeker/profile.js';
import { insertConsents, insertJobseekers } from './bulk-statements.js';

/** A person as a register or a generator has them. */
export type BulkRow = ProfileInput & { consents?: GiveConsentDto[] };

export interface BulkRejection {
  /** Position in the given rows, from 0. */
  row: number;
  field: string;
  code: string;
}

export interface BulkResult {
  registered: number;
  /** In the order of the accepted rows. */
  ids: string[];
  rejected: BulkRejection[];
}

export interface BulkOptions {
  dataSource: Extract<DataSourceKind, 'import' | 'demo'>;
  /** For the audit trail: one entry per batch. */
  by: Pick<AuditDraft, 'actor' | 'actorRole' | 'organisationId'>;
}

interface Accepted {
  jobseeker: Jobseeker;
  identifiers: CheckedProfile['identifiers'];
  consent?: GiveConsentDto;
}

const BATCH = 2000;

/** Many people at once: one statement per table and batch, events and duplicate checks included. */
@Injectable()
export class BulkRegistration {
  constructor(
    private readonly outbox: Outbox,
    private readonly vault: IdentifierVault,
    private readonly audit: AuditLog,
  ) {}

  /**
   * Registers what is right and lists what is not, in transactions of 2,000 rows.
   * @param rows of the shape of RegisterJobseekerDto; their content is checked here
   */
  async registerMany(rows: readonly BulkRow[], options: BulkOptions): Promise<BulkResult> {
    const result: BulkResult = { registered: 0, ids: [], rejected: [] };
    for (let start = 0; start < rows.length; start += BATCH) {
      const batch = await this.outbox.transaction((tx) =>
        this.registerBatch(tx, rows.slice(start, start + BATCH), options),
      );
      result.registered += batch.registered;
      result.ids.push(...batch.ids);
      result.rejected.push(...batch.rejected.map((fault) => ({ ...fault, row: fault.row + start })));
    }
    return result;
  }

  /** As `registerBatch`, of rows whose shape nobody has checked: those that have another are listed too. */
  async registerUnchecked(
    tx: EntityManager,
    rows: readonly unknown[],
    options: BulkOptions,
  ): Promise<BulkResult> {
    const read = await Promise.all(rows.map((row) => checked(RegisterJobseekerDto, row)));
    const right = read.flatMap(({ value }, row) => (value ? [{ value, row }] : []));
    const wrong = read.flatMap(({ faults = [] }, row) =>
      faults.map(({ field, code }): BulkRejection => ({ row, field, code })),
    );
    const batch = right.map(({ value }) => value);
    const result = await this.registerBatch(tx, batch, options);
    const rejected = result.rejected.map((fault) => ({ ...fault, row: right[fault.row]!.row }));
    return { ...result, rejected: [...wrong, ...rejected].sort((a, b) => a.row - b.row) };
  }

  async registerBatch(
    tx: EntityManager,
    rows: readonly BulkRow[],
    { dataSource, by }: BulkOptions,
  ): Promise<BulkResult> {
    const rejected: BulkRejection[] = [];
    const accepted: Accepted[] = [];
    rows.forEach(({ consents: [consent] = [], ...input }, row) => {
      const profile = checkProfile(undefined, input);
      const faults = profile.faults.map(({ field, code }) => ({ row, field, code }));
      if (consent && !isCurrentText(consent.purpose, consent.textVersion))
        faults.push({ row, field: 'consents.0.textVersion', code: codesOf.consentText.code });
      rejected.push(...faults);
      if (faults.length > 0) return;
      const jobseeker = newJobseeker(profile, {
        accountId: null,
        dataSource,
        areaProvinceCode: profile.columns.provinceCode,
      });
      jobseeker.matchingConsent = consent !== undefined;
      accepted.push({ jobseeker, identifiers: profile.identifiers, consent });
    });
    if (accepted.length > 0) await this.store(tx, accepted, dataSource, by);
    const ids = accepted.map(({ jobseeker }) => jobseeker.id);
    return { registered: ids.length, ids, rejected };
  }

  private async store(
    tx: EntityManager,
    accepted: readonly Accepted[],
    dataSource: string,
    by: BulkOptions['by'],
  ): Promise<void> {
    await this.sealAll(tx, accepted);
    const jobseekers = accepted.map(({ jobseeker }) => jobseeker);
    const events = jobseekers.map((jobseeker) => jobseekerEvent(jobseeker, 'registered'));
    await insertJobseekers(tx, jobseekers);
    await insertConsents(
      tx,
      accepted.flatMap(({ jobseeker, consent }) => (consent ? [{ id: jobseeker.id, ...consent }] : [])),
      by.actor,
    );
    await requestDuplicateCheck(
      tx,
      jobseekers.map(({ id }) => id),
    );
    await this.outbox.append(tx, events);
    await this.audit.append(tx, [
      {
        action: 'jobseeker.bulk-registered',
        subject: null,
        ...by,
        details: { dataSource, count: jobseekers.length },
      },
    ]);
  }

  private async sealAll(tx: EntityManager, accepted: readonly Accepted[]): Promise<void> {
    const items = accepted.flatMap(({ jobseeker, identifiers }) =>
      identifierKinds.flatMap((kind) => {
        const digits = identifiers[kind];
        return digits ? [{ jobseeker, jobseekerId: jobseeker.id, kind, digits }] : [];
      }),
    );
    if (items.length === 0) return;
    const sealed = await this.vault.sealAll(tx, items);
    items.forEach(({ jobseeker, kind }, i) => put(jobseeker, kind, sealed[i]));
  }
}

function put(jobseeker: Jobseeker, kind: IdentifierKind, stored: SealedIdentifier | undefined): void {
  if (!stored) return;
  if (kind === 'citizenId') {
    jobseeker.citizenIdSealed = stored.sealed;
    jobseeker.citizenIdIndex = stored.index;
  } else {
    jobseeker.socialInsuranceSealed = stored.sealed;
    jobseeker.socialInsuranceIndex = stored.index;
  }
}
