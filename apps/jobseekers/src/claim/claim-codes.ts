import { randomInt } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { IdentifierVault } from '../identifiers/identifier-vault.js';

/** Crockford's base 32: no letter that is read as a digit, no accidental words. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
/** 50 bits: a thousand open codes are not found within the throttle in any human time. */
const LENGTH = 10;
const VALID_DAYS = 14;

export interface IssuedClaimCode {
  /** `XXXXX-XXXXX`, told this once. */
  claimCode: string;
  expiresAt: string;
}

/** One-time codes by which a walk-in person ties the profile to an account. Stored as a keyed hash. */
@Injectable()
export class ClaimCodes {
  constructor(private readonly vault: IdentifierVault) {}

  /** Issues a code for a profile; a former one of the same profile is no longer valid. */
  async issue(tx: EntityManager, jobseekerId: string): Promise<IssuedClaimCode> {
    const code = Array.from({ length: LENGTH }, () => ALPHABET[randomInt(ALPHABET.length)]).join('');
    const expiresAt = new Date(Date.now() + VALID_DAYS * 86_400_000);
    await tx.query(
      `INSERT INTO claim_codes (jobseeker_id, code_hash, expires_at) VALUES ($1, $2, $3)
       ON CONFLICT (jobseeker_id) DO UPDATE SET code_hash = EXCLUDED.code_hash, expires_at = EXCLUDED.expires_at`,
      [jobseekerId, await this.hash(code), expiresAt],
    );
    return { claimCode: `${code.slice(0, 5)}-${code.slice(5)}`, expiresAt: expiresAt.toISOString() };
  }

  /** The profile that a code is for, its row locked so that nobody else uses it; undefined for no valid code. */
  async lockProfileOf(tx: EntityManager, typed: string): Promise<string | undefined> {
    const [row] = await tx.query<{ jobseeker_id: string }[]>(
      `SELECT jobseeker_id FROM claim_codes WHERE code_hash = $1 AND expires_at > now() FOR UPDATE`,
      [await this.hash(normalised(typed))],
    );
    return row?.jobseeker_id;
  }

  async revoke(tx: EntityManager, jobseekerId: string): Promise<void> {
    await tx.query('DELETE FROM claim_codes WHERE jobseeker_id = $1', [jobseekerId]);
  }

  private hash(code: string): Promise<Buffer> {
    return this.vault.hashOf('claim-code', code);
  }
}

/** As people copy it from paper: spaces, hyphens, small letters, O for 0, I and L for 1. */
function normalised(typed: string): string {
  return typed
    .toUpperCase()
    .replace(/[^A-Z0-9]/g, '')
    .replaceAll('O', '0')
    .replace(/[IL]/g, '1');
}
