import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Why a session ended before its time. */
export type Revocation = 'signed-out' | 'reused' | 'replaced' | 'password-changed' | 'account-changed';

/** One sign-in on one device: the family of its refresh tokens, of which the last is valid. */
@Entity('sessions')
export class Session {
  @PrimaryColumn('uuid') id: string;
  @Column('uuid', { name: 'account_id' }) accountId: string;
  /** SHA-256 of the refresh token that is valid now. */
  @Column('bytea', { name: 'token_hash' }) tokenHash: Buffer;
  /** SHA-256 of the one before it. */
  @Column('bytea', { name: 'previous_hash', nullable: true }) previousHash: Buffer | null;
  @Column('timestamptz', { name: 'rotated_at' }) rotatedAt: Date;
  @Column('int', { name: 'idle_seconds' }) idleSeconds: number;
  /** However much it is used. */
  @Column('timestamptz', { name: 'expires_at' }) expiresAt: Date;
  @Column('timestamptz', { name: 'created_at' }) createdAt: Date;
  @Column('timestamptz', { name: 'revoked_at', nullable: true }) revokedAt: Date | null;
  @Column('text', { name: 'revoked_because', nullable: true }) revokedBecause: Revocation | null;
}
