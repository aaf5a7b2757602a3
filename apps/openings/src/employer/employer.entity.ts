import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { EmployerState } from '#contracts';

/** An enterprise, body, household business or person that offers jobs (Mẫu 01, part I). */
@Entity('employer')
export class Employer {
  @PrimaryColumn('uuid') id: string;
  @Column('int') version: number;
  /** The organisation whose accounts act for this employer; null when only officers do. */
  @Column('text', { name: 'organisation_id', nullable: true }) organisationId: string | null;
  @Column('text', { name: 'registration_no', nullable: true }) registrationNo: string | null;
  @Column('text', { name: 'legal_name' }) legalName: string;
  /** For search without accents; not shown. */
  @Column('text', { name: 'name_folded', select: false }) nameFolded: string;
  @Column('text', { name: 'employer_type', nullable: true }) employerType: EmployerState['employerType'];
  @Column('text', { name: 'sector_code', nullable: true }) sectorCode: string | null;
  @Column('text', { name: 'size_band', nullable: true }) sizeBand: EmployerState['sizeBand'];
  @Column('text', { name: 'province_code', nullable: true }) provinceCode: string | null;
  @Column('text', { name: 'commune_code', nullable: true }) communeCode: string | null;
  @Column('text', { name: 'address_line', nullable: true }) addressLine: string | null;
  @Column('text', { name: 'industrial_zone', nullable: true }) industrialZone: string | null;
  @Column('text', { name: 'area_type', nullable: true }) areaType: EmployerState['areaType'];
  @Column('text', { nullable: true }) phone: string | null;
  @Column('text', { nullable: true }) email: string | null;
  @Column('text', { nullable: true }) website: string | null;
  @Column('text', { name: 'contact_name', nullable: true }) contactName: string | null;
  @Column('text', { name: 'contact_title', nullable: true }) contactTitle: string | null;
  @Column('text', { name: 'verification_status' }) verificationStatus: EmployerState['verificationStatus'];
  @Column('text', { name: 'verification_reason', nullable: true }) verificationReason: string | null;
  @Column('text', { name: 'created_by' }) createdBy: string;
  @Column('timestamptz', { name: 'created_at' }) createdAt: Date;
  @Column('timestamptz', { name: 'updated_at' }) updatedAt: Date;
}
