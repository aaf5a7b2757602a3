import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { OrganisationKind, OrganisationStatus } from '#contracts';

/** An organisation whose people have accounts. */
@Entity('organisations')
export class Organisation {
  @PrimaryColumn('uuid') id: string;
  @Column('int') version: number;
  @Column('text') kind: OrganisationKind;
  @Column('text') name: string;
  /** A household business or an individual employer: its name is a person's and stays out of events. */
  @Column('boolean', { name: 'natural_person' }) naturalPerson: boolean;
  /** Province codes; `*` alone is the whole country. */
  @Column('text', { array: true }) areas: string[];
  @Column('text') status: OrganisationStatus;
  /** The folded name, for search. */
  @Column('text', { name: 'search_text' }) searchText: string;
  @Column('timestamptz', { name: 'created_at' }) createdAt: Date;
  @Column('timestamptz', { name: 'updated_at' }) updatedAt: Date;
}
