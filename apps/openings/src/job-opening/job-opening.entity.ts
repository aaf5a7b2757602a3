import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { JobOpeningState } from '#contracts';

/** PostgreSQL's bigint as a number: amounts stay far below 2^53. */
const amount = {
  to: (value: number | null): number | null => value,
  from: (value: string | null): number | null => (value === null ? null : Number(value)),
};

/** A job opening (Mẫu 01). What no rule needs is in `details`, validated by the contract's schema. */
@Entity('job_opening')
export class JobOpening {
  @PrimaryColumn('uuid') id: string;
  @Column('int') version: number;
  @Column('text') status: JobOpeningState['status'];
  @Column('text', { nullable: true }) source: string | null;
  @Column('text', { name: 'source_id', nullable: true }) sourceId: string | null;
  @Column('uuid', { name: 'employer_id', nullable: true }) employerId: string | null;
  @Column('text', { name: 'employer_name', nullable: true }) employerName: string | null;
  @Column('boolean', { name: 'employer_is_person' }) employerIsPerson: boolean;
  @Column('text', { name: 'employer_key', nullable: true }) employerKey: string | null;
  @Column('text') title: string;
  /** For search without accents; not shown. */
  @Column('text', { name: 'title_folded', select: false }) titleFolded: string;
  @Column('int', { nullable: true }) quantity: number | null;
  @Column('text', { name: 'occupation_code', nullable: true }) occupationCode: string | null;
  @Column('jsonb', { name: 'occupation_proposals' })
  occupationProposals: JobOpeningState['occupationProposals'];
  @Column('text', { name: 'position_level', nullable: true }) positionLevel: JobOpeningState['positionLevel'];
  @Column('jsonb') workplaces: JobOpeningState['workplaces'];
  @Column('int', { name: 'other_places_count' }) otherPlacesCount: number;
  @Column('text', { name: 'pay_kind', nullable: true }) payKind: JobOpeningState['pay']['kind'];
  @Column('bigint', { name: 'pay_min', nullable: true, transformer: amount }) payMin: number | null;
  @Column('bigint', { name: 'pay_max', nullable: true, transformer: amount }) payMax: number | null;
  @Column('text', { name: 'pay_currency', nullable: true }) payCurrency: string | null;
  @Column('text', { name: 'pay_text', nullable: true }) payText: string | null;
  @Column('int', { name: 'experience_min_months', nullable: true }) experienceMinMonths: number | null;
  @Column('int', { name: 'experience_max_months', nullable: true }) experienceMaxMonths: number | null;
  /** Local date of Asia/Ho_Chi_Minh. */
  @Column('date', { nullable: true }) deadline: string | null;
  @Column('date', { name: 'expires_on', nullable: true }) expiresOn: string | null;
  @Column('timestamptz', { name: 'published_at', nullable: true }) publishedAt: Date | null;
  @Column('timestamptz', { name: 'ended_at', nullable: true }) endedAt: Date | null;
  @Column('int', { name: 'hired_count' }) hiredCount: number;
  @Column('int', { name: 'hired_via_centre_count' }) hiredViaCentreCount: number;
  @Column('text', { name: 'area_province_code', nullable: true }) areaProvinceCode: string | null;
  @Column('jsonb') details: JobOpeningState['details'];
  @Column('text', { name: 'return_reason', nullable: true }) returnReason: string | null;
  @Column('text', { name: 'close_reason', nullable: true }) closeReason: string | null;
  /** Imported postings: the last day on which their source still had them. */
  @Column('date', { name: 'last_seen_on', nullable: true }) lastSeenOn: string | null;
  /** Imported postings: of what the source said, so that an unchanged row changes nothing. */
  @Column('text', { name: 'content_hash', nullable: true, select: false }) contentHash: string | null;
  @Column('text', { name: 'created_by' }) createdBy: string;
  @Column('timestamptz', { name: 'created_at' }) createdAt: Date;
  @Column('timestamptz', { name: 'updated_at' }) updatedAt: Date;
}
