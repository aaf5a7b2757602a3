import { Column, Entity, JoinColumn, ManyToOne, PrimaryColumn } from 'typeorm';
import type { Role } from '#platform';
import { Organisation } from '../organisation/organisation.entity.js';

export const accountStatuses = ['active', 'locked'] as const;
export type AccountStatus = (typeof accountStatuses)[number];
/** How an account came to be. */
export const accountOrigins = ['administrator', 'registration', 'firstStart', 'demo'] as const;
export type AccountOrigin = (typeof accountOrigins)[number];

/** One person's account: one role, in at most one organisation. */
@Entity('accounts')
export class Account {
  @PrimaryColumn('uuid') id: string;
  @Column('int') version: number;
  /** As `normaliseEmail` writes it. */
  @Column('text') email: string;
  @Column('text', { name: 'full_name' }) fullName: string;
  @Column('text') role: Role;
  @Column('uuid', { name: 'organisation_id', nullable: true }) organisationId: string | null;
  @ManyToOne(() => Organisation, { nullable: true })
  @JoinColumn({ name: 'organisation_id' })
  organisation?: Organisation | null;
  /** An officer's part of the organisation's areas; null = all of them. */
  @Column('text', { name: 'narrowed_areas', array: true, nullable: true }) narrowedAreas: string[] | null;
  @Column('text') status: AccountStatus;
  @Column('text') origin: AccountOrigin;
  /** Argon2id in PHC form; null until the person has set a password with a one-time code. */
  @Column('text', { name: 'password_hash', nullable: true, select: false }) passwordHash?: string | null;
  /** Folded name and e-mail, for search. */
  @Column('text', { name: 'search_text' }) searchText: string;
  @Column('timestamptz', { name: 'created_at' }) createdAt: Date;
  @Column('timestamptz', { name: 'updated_at' }) updatedAt: Date;
  @Column('timestamptz', { name: 'last_sign_in_at', nullable: true }) lastSignInAt: Date | null;
}
