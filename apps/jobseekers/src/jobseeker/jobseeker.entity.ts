import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { ProfileForm } from './profile.js';

/**
 * A person who looks for work (Mẫu 01a). Columns are what rules and queries use; the rest of the form is in
 * `form`. The sealed columns are opened by the IdentifierVault only.
 */
@Entity('jobseekers')
export class Jobseeker {
  @PrimaryColumn('uuid') id: string;
  @Column('int') version: number;
  /** The account of the person; null for walk-in and imported profiles that nobody has claimed. */
  @Column('text', { name: 'account_id', nullable: true }) accountId: string | null;
  @Column('text', { name: 'data_source' }) dataSource: DataSourceKind;
  /** The province whose officers are responsible. */
  @Column('text', { name: 'area_province_code', nullable: true }) areaProvinceCode: string | null;
  @Column('text', { name: 'full_name' }) fullName: string;
  @Column('text', { name: 'full_name_folded' }) fullNameFolded: string;
  @Column('date', { name: 'birth_date', nullable: true }) birthDate: string | null;
  @Column('text', { nullable: true }) gender: string | null;
  @Column('bytea', { name: 'citizen_id_sealed', nullable: true }) citizenIdSealed: Buffer | null;
  @Column('bytea', { name: 'citizen_id_index', nullable: true }) citizenIdIndex: Buffer | null;
  @Column('timestamptz', { name: 'citizen_id_verified_at', nullable: true }) citizenIdVerifiedAt: Date | null;
  @Column('bytea', { name: 'social_insurance_sealed', nullable: true }) socialInsuranceSealed: Buffer | null;
  @Column('bytea', { name: 'social_insurance_index', nullable: true }) socialInsuranceIndex: Buffer | null;
  /** E.164. */
  @Column('text', { nullable: true }) phone: string | null;
  @Column('text', { nullable: true }) email: string | null;
  @Column('text', { name: 'ethnicity_code', nullable: true }) ethnicityCode: string | null;
  @Column('text', { name: 'province_code', nullable: true }) provinceCode: string | null;
  @Column('text', { name: 'commune_code', nullable: true }) communeCode: string | null;
  @Column('text', { name: 'priority_groups', array: true }) priorityGroups: string[];
  @Column('text', { name: 'technical_level', nullable: true }) technicalLevel: string | null;
  @Column('text', { name: 'activity_status', nullable: true }) activityStatus: string | null;
  @Column('boolean', { name: 'matching_consent' }) matchingConsent: boolean;
  /** What the last event said about the legal age; a clock publishes again on the 15th birthday. */
  @Column('boolean', { name: 'published_of_legal_age', nullable: true }) publishedOfLegalAge: boolean | null;
  @Column('jsonb') form: ProfileForm;
  @Column('timestamptz', { name: 'registered_at' }) registeredAt: Date;
  @Column('timestamptz', { name: 'updated_at' }) updatedAt: Date;
}

export type DataSourceKind = 'selfRegistration' | 'walkIn' | 'import' | 'demo';
