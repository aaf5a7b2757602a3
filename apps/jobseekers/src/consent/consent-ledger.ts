import type { EntityManager } from 'typeorm';
import type { Principal } from '#platform';
import { codesOf, fault, invalid } from '../jobseeker/jobseeker.errors.js';
import type { GiveConsentDto } from './consent.dto.js';
import { type ConsentPurpose, isCurrentText } from './consent-texts.js';

/** One line of the ledger: consents are never changed, a withdrawal is a line of its own. */
export interface ConsentEntry {
  purpose: ConsentPurpose;
  given: boolean;
  textVersion: string;
  channel: 'online' | 'paper';
  by: 'self' | 'officer';
  at: string;
}

/** A consent from its giving to its withdrawal; in force while `withdrawnAt` is null. */
export interface Consent {
  purpose: ConsentPurpose;
  textVersion: string;
  channel: ConsentEntry['channel'];
  givenAt: string;
  givenBy: ConsentEntry['by'];
  withdrawnAt: string | null;
  withdrawnBy: ConsentEntry['by'] | null;
}

export async function ledgerOf(tx: EntityManager, jobseekerId: string): Promise<ConsentEntry[]> {
  const rows = await tx.query<
    {
      purpose: ConsentPurpose;
      given: boolean;
      text_version: string;
      channel: string;
      by_role: string;
      at: Date;
    }[]
  >(
    `SELECT purpose, given, text_version, channel, by_role, at FROM consent_entries
     WHERE jobseeker_id = $1 ORDER BY at, id`,
    [jobseekerId],
  );
  return rows.map((row) => ({
    purpose: row.purpose,
    given: row.given,
    textVersion: row.text_version,
    channel: row.channel as ConsentEntry['channel'],
    by: row.by_role === 'jobseeker' ? 'self' : 'officer',
    at: row.at.toISOString(),
  }));
}

/** The consents that a ledger tells of, newest first. Pure. */
export function consentsOf(ledger: readonly ConsentEntry[]): Consent[] {
  const consents: Consent[] = [];
  for (const entry of ledger) {
    const open = consents.find(({ purpose, withdrawnAt }) => purpose === entry.purpose && !withdrawnAt);
    if (entry.given && !open) {
      const { purpose, textVersion, channel, at, by } = entry;
      consents.unshift({
        purpose,
        textVersion,
        channel,
        givenAt: at,
        givenBy: by,
        withdrawnAt: null,
        withdrawnBy: null,
      });
    } else if (!entry.given && open) {
      open.withdrawnAt = entry.at;
      open.withdrawnBy = entry.by;
    }
  }
  return consents;
}

/** Whether a consent to the purpose is in force. */
export async function inForce(
  tx: EntityManager,
  jobseekerId: string,
  purpose: ConsentPurpose,
): Promise<boolean> {
  return consentsOf(await ledgerOf(tx, jobseekerId)).some(
    (consent) => consent.purpose === purpose && consent.withdrawnAt === null,
  );
}

/** @throws Problem 422 `jobseekers.consent-text-unknown` when the person read another text than today's */
export function assertCurrentText({ purpose, textVersion }: GiveConsentDto): void {
  if (!isCurrentText(purpose, textVersion)) throw invalid([fault('textVersion', codesOf.consentText)]);
}

/** Adds a consent to the ledger; `textVersion` is today's. */
export async function recordConsent(
  tx: EntityManager,
  jobseekerId: string,
  { purpose, textVersion, channel }: GiveConsentDto,
  caller: Principal,
): Promise<void> {
  const usual = caller.role === 'jobseeker' ? 'online' : 'paper';
  await write(tx, jobseekerId, { purpose, textVersion, channel: channel ?? usual, given: true }, caller);
}

/** Adds the withdrawal of the consent in force to the ledger. */
export async function recordWithdrawal(
  tx: EntityManager,
  jobseekerId: string,
  purpose: ConsentPurpose,
  caller: Principal,
): Promise<void> {
  const current = consentsOf(await ledgerOf(tx, jobseekerId)).find((consent) => consent.purpose === purpose);
  const channel = caller.role === 'jobseeker' ? 'online' : 'paper';
  const textVersion = current?.textVersion ?? '';
  await write(tx, jobseekerId, { purpose, textVersion, channel, given: false }, caller);
}

async function write(
  tx: EntityManager,
  jobseekerId: string,
  entry: Pick<ConsentEntry, 'purpose' | 'textVersion' | 'channel' | 'given'>,
  caller: Principal,
): Promise<void> {
  await tx.query(
    `INSERT INTO consent_entries (jobseeker_id, purpose, given, text_version, channel, by_role, by_officer, at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, clock_timestamp())`,
    [
      jobseekerId,
      entry.purpose,
      entry.given,
      entry.textVersion,
      entry.channel,
      caller.role ?? 'service',
      caller.role === 'jobseeker' ? null : caller.subject,
    ],
  );
}
