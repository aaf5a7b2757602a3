import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { Outbox } from '#events';
import { AuditLog, conflict, type IdempotentRequest, once, type Principal } from '#platform';
import { fold } from '#reference';
import { assertCurrentText, inForce, recordConsent, recordWithdrawal } from '../consent/consent-ledger.js';
import type { GiveConsentDto } from '../consent/consent.dto.js';
import type { ConsentPurpose } from '../consent/consent-texts.js';
import { requestDuplicateCheck } from '../duplicate/duplicate-checks.js';
import { act, find, lock } from './jobseeker.access.js';
import { Jobseeker } from './jobseeker.entity.js';
import { invalid, jobseekerNotFound } from './jobseeker.errors.js';
import { type Happening, jobseekerEvent } from './jobseeker.events.js';
import { JobseekerViews, type JobseekerView } from './jobseeker.view.js';
import { checkProfile, type ProfileColumns, profileColumns, type ProfileInput } from './profile.js';
import { IdentifierSealer } from './identifier-sealer.js';
import { IdentifierVault } from '../identifiers/identifier-vault.js';

/** What an officer verified against a document. */
const VERIFIED_FIELDS: readonly string[] = ['fullName', 'birthDate', 'citizenId'];

@Injectable()
export class JobseekerService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly outbox: Outbox,
    private readonly views: JobseekerViews,
    private readonly sealer: IdentifierSealer,
    private readonly vault: IdentifierVault,
    private readonly audit: AuditLog,
  ) {}

  /** An officer's look is written down. @throws Problem 404 */
  async get(id: string, caller: Principal): Promise<JobseekerView> {
    return this.dataSource.transaction(async (tx) => {
      const view = await this.views.view(tx, await find(tx, id, caller));
      if (caller.role !== 'jobseeker') await this.audit.append(tx, [act(caller, 'viewed', id)]);
      return view;
    });
  }

  /** @throws Problem 404 when the account has no profile yet */
  async own(caller: Principal): Promise<JobseekerView> {
    const tx = this.dataSource.manager;
    const jobseeker = await tx.findOneBy(Jobseeker, { accountId: caller.subject });
    if (!jobseeker) throw jobseekerNotFound();
    return this.views.view(tx, jobseeker);
  }

  /**
   * @param version the one that the edit is based on
   * @throws Problem 404, 412, 422, or 409 `jobseekers.verified-field` when the person changes what was verified
   */
  async revise(id: string, input: ProfileInput, version: number, caller: Principal): Promise<JobseekerView> {
    return this.change(id, caller, version, 'revised', async (tx, jobseeker) => {
      const profile = checkProfile({ columns: columnsOf(jobseeker), form: jobseeker.form }, input);
      if (profile.faults.length > 0) throw invalid(profile.faults);
      const { identifiers } = profile;
      if (identifiers.citizenId && (await this.sameCitizenId(jobseeker, identifiers.citizenId))) {
        delete identifiers.citizenId;
        profile.changed = profile.changed.filter((field) => field !== 'citizenId');
      }
      if (profile.changed.length === 0) return undefined;
      const verified = profile.changed.filter((field) => VERIFIED_FIELDS.includes(field));
      if (jobseeker.citizenIdVerifiedAt && verified.length > 0) {
        if (caller.role === 'jobseeker') throw verifiedField();
        // The officer who corrects a verified name or date has the document; another number is verified anew.
      }
      Object.assign(jobseeker, profile.columns, {
        fullNameFolded: fold(profile.columns.fullName),
        form: profile.form,
        areaProvinceCode: profile.columns.provinceCode ?? jobseeker.areaProvinceCode,
      });
      await this.sealer.apply(tx, jobseeker, identifiers);
      await requestDuplicateCheck(tx, [id]);
      return act(caller, 'revised', id, { details: { fields: profile.changed } });
    });
  }

  /** Giving a consent that is in force changes nothing. */
  async giveConsent(
    id: string,
    consent: GiveConsentDto,
    caller: Principal,
    request: IdempotentRequest,
  ): Promise<JobseekerView> {
    assertCurrentText(consent);
    return this.change(id, caller, undefined, 'consent-given', async (tx, jobseeker) => {
      let given = false;
      // A repeat of the request does not run this again, also when the consent was withdrawn since.
      await once(tx, request, async () => {
        if (await inForce(tx, id, consent.purpose)) return;
        await recordConsent(tx, id, consent, caller);
        given = true;
      });
      if (!given) return undefined;
      jobseeker.matchingConsent = await inForce(tx, id, 'matching');
      return act(caller, 'consent-given', id, { details: { purpose: consent.purpose } });
    });
  }

  /** From the next event on nobody finds the person: it says no more than that there is no consent. */
  async withdrawConsent(id: string, purpose: ConsentPurpose, caller: Principal): Promise<JobseekerView> {
    return this.change(id, caller, undefined, 'consent-withdrawn', async (tx, jobseeker) => {
      if (!(await inForce(tx, id, purpose))) return undefined;
      await recordWithdrawal(tx, id, purpose, caller);
      jobseeker.matchingConsent = await inForce(tx, id, 'matching');
      return act(caller, 'consent-withdrawn', id, { details: { purpose } });
    });
  }

  /**
   * One change of a profile: lock, change, version, event, audit.
   * @param work returns the audit entry, or undefined when nothing changed
   */
  async change(
    id: string,
    caller: Principal,
    version: number | undefined,
    happening: Happening,
    work: (tx: EntityManager, jobseeker: Jobseeker) => Promise<ReturnType<typeof act> | undefined>,
  ): Promise<JobseekerView> {
    return this.outbox.transaction(async (tx) => {
      const jobseeker = await lock(tx, id, caller, version);
      const entry = await work(tx, jobseeker);
      if (entry) {
        jobseeker.version += 1;
        jobseeker.updatedAt = new Date();
        const event = jobseekerEvent(jobseeker, happening);
        await tx.save(Jobseeker, jobseeker);
        await this.outbox.append(tx, [event]);
        await this.audit.append(tx, [entry]);
      }
      return this.views.view(tx, jobseeker);
    });
  }

  private async sameCitizenId(jobseeker: Jobseeker, digits: string): Promise<boolean> {
    const index = await this.vault.indexOf('citizenId', digits);
    return jobseeker.citizenIdIndex?.equals(index) ?? false;
  }
}

function columnsOf(jobseeker: Jobseeker): ProfileColumns {
  return Object.fromEntries(profileColumns.map((field) => [field, jobseeker[field]])) as ProfileColumns;
}

function verifiedField(): ReturnType<typeof conflict> {
  return conflict(
    'jobseekers.verified-field',
    {
      vi: 'Họ tên, ngày sinh và số căn cước đã được xác thực',
      en: 'Name, birth date and citizen id have been verified',
    },
    {
      vi: 'Mang giấy tờ đến trung tâm dịch vụ việc làm để sửa.',
      en: 'Bring your document to the employment centre to have them corrected.',
    },
  );
}
