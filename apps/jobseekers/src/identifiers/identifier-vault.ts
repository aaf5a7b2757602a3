import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { KeyRing } from '#platform';
import { type IdentifierKind, maskIdentifier } from './identifiers.js';
import { blindIndex, seal, unseal } from './sealing.js';

interface MasterKeys {
  wrapping: Buffer;
  index: Buffer;
}

/** A number as it is stored. */
export interface SealedIdentifier {
  sealed: Buffer;
  index: Buffer;
}

/**
 * Citizen-id and social-insurance numbers: sealed with AES-256-GCM under a key of the person's own, which is
 * wrapped by a master key of `KEYS_DIR`; found again by a keyed index. Deleting the person's key makes what
 * copies and backups still hold unreadable.
 */
@Injectable()
export class IdentifierVault {
  private masters?: Promise<MasterKeys>;

  constructor(private readonly keys: KeyRing) {}

  async seal(
    tx: EntityManager,
    jobseekerId: string,
    kind: IdentifierKind,
    digits: string,
  ): Promise<SealedIdentifier> {
    const key = (await this.subjectKey(tx, jobseekerId)) ?? (await this.createSubjectKey(tx, jobseekerId));
    return {
      sealed: seal(key, Buffer.from(digits), contextOf(jobseekerId, kind)),
      index: await this.indexOf(kind, digits),
    };
  }

  /** @throws Error when the person's key is gone */
  async open(tx: EntityManager, jobseekerId: string, kind: IdentifierKind, sealed: Buffer): Promise<string> {
    const key = await this.subjectKey(tx, jobseekerId);
    if (!key) throw new Error('the key of this person does not exist');
    return unseal(key, sealed, contextOf(jobseekerId, kind)).toString();
  }

  /** The number as anybody may see it; null for none. */
  async masked(
    tx: EntityManager,
    jobseekerId: string,
    kind: IdentifierKind,
    sealed: Buffer | null,
  ): Promise<string | null> {
    return sealed ? maskIdentifier(await this.open(tx, jobseekerId, kind, sealed)) : null;
  }

  async indexOf(kind: IdentifierKind, digits: string): Promise<Buffer> {
    return blindIndex((await this.master()).index, kind, digits);
  }

  /** A keyed hash of a secret that is only ever compared (claim codes). */
  async hashOf(purpose: string, value: string): Promise<Buffer> {
    return blindIndex((await this.master()).index, purpose, value);
  }

  async destroyKey(tx: EntityManager, jobseekerId: string): Promise<void> {
    await tx.query('DELETE FROM subject_keys WHERE jobseeker_id = $1', [jobseekerId]);
  }

  /** Many numbers of new persons at once; the keys are written by one statement. */
  async sealAll(
    tx: EntityManager,
    items: readonly { jobseekerId: string; kind: IdentifierKind; digits: string }[],
  ): Promise<SealedIdentifier[]> {
    const { wrapping, index } = await this.master();
    const keys = new Map<string, Buffer>();
    const sealed = items.map(({ jobseekerId, kind, digits }) => {
      const key = keys.get(jobseekerId) ?? randomBytes(32);
      keys.set(jobseekerId, key);
      return {
        sealed: seal(key, Buffer.from(digits), contextOf(jobseekerId, kind)),
        index: blindIndex(index, kind, digits),
      };
    });
    await tx.query(
      `INSERT INTO subject_keys (jobseeker_id, wrapped)
       SELECT * FROM unnest($1::uuid[], $2::bytea[])`,
      [[...keys.keys()], [...keys].map(([id, key]) => seal(wrapping, key, `subject-key:${id}`))],
    );
    return sealed;
  }

  private async subjectKey(tx: EntityManager, jobseekerId: string): Promise<Buffer | undefined> {
    const [row] = await tx.query<{ wrapped: Buffer }[]>(
      'SELECT wrapped FROM subject_keys WHERE jobseeker_id = $1',
      [jobseekerId],
    );
    return row && unseal((await this.master()).wrapping, row.wrapped, `subject-key:${jobseekerId}`);
  }

  private async createSubjectKey(tx: EntityManager, jobseekerId: string): Promise<Buffer> {
    const key = randomBytes(32);
    await tx.query('INSERT INTO subject_keys (jobseeker_id, wrapped) VALUES ($1, $2)', [
      jobseekerId,
      seal((await this.master()).wrapping, key, `subject-key:${jobseekerId}`),
    ]);
    return key;
  }

  private master(): Promise<MasterKeys> {
    return (this.masters ??= (async () => ({
      wrapping: await this.keys.secret('jobseekers-wrapping'),
      index: await this.keys.secret('jobseekers-blind-index'),
    }))());
  }
}

function contextOf(jobseekerId: string, kind: IdentifierKind): string {
  return `${kind}:${jobseekerId}`;
}
