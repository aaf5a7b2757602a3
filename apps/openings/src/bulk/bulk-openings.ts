import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { Outbox } from '#events';
import { addDays, fold, localDate, startOfLocalDate } from '#reference';
import { Employer } from '../employer/employer.entity.js';
import { employerEvent, isNaturalPerson } from '../employer/employer.events.js';
import { recordInFeed } from '../feed/feed.js';
import { blankOpening } from '../job-opening/blank-opening.js';
import type { CreateJobOpeningDto } from '../job-opening/job-opening.dto.js';
import { JobOpening } from '../job-opening/job-opening.entity.js';
import { openingEvent } from '../job-opening/job-opening.events.js';
import { applyFields, setExpiry } from '../job-opening/opening-fields.js';

export interface BulkEmployer {
  legalName: string;
  employerType: Employer['employerType'];
  sectorCode: string | null;
  sizeBand: Employer['sizeBand'];
  provinceCode: string;
  communeCode: string | null;
  industrialZone: string | null;
  /** The organisation whose accounts act for it. */
  organisationId: string | null;
  /** One that waits to be verified has no openings yet. */
  verificationStatus: 'pending' | 'approved';
  openings: BulkOpening[];
}

export interface BulkOpening extends Omit<CreateJobOpeningDto, 'employerId'> {
  status: 'pending' | 'published';
  /** How many days ago it was published. */
  ageDays: number;
}

const CHUNK = 500;

/** Employers with their openings, many at once: rows, events and feed in one transaction, all or nothing. */
@Injectable()
export class BulkOpenings {
  constructor(
    private readonly dataSource: DataSource,
    private readonly outbox: Outbox,
  ) {}

  /** Whether there is any employer or opening yet. */
  async isEmpty(): Promise<boolean> {
    const [row] = await this.dataSource.query<{ empty: boolean }[]>(
      'SELECT NOT EXISTS (SELECT FROM employer) AND NOT EXISTS (SELECT FROM job_opening) AS empty',
    );
    return row?.empty === true;
  }

  async store(
    employers: readonly BulkEmployer[],
    createdBy: string,
  ): Promise<{ employers: number; openings: number }> {
    const entities = employers.map((given) => employerOf(given, createdBy));
    const openings = employers.flatMap((given, index) => {
      const employer = entities[index];
      return employer ? given.openings.map((opening) => openingOf(opening, employer, createdBy)) : [];
    });
    await this.outbox.transaction(async (tx) => {
      await tx.save(Employer, entities, { chunk: CHUNK });
      await tx.save(JobOpening, openings, { chunk: CHUNK });
      await this.outbox.append(
        tx,
        entities.map((employer) =>
          employerEvent(employer, employer.verificationStatus === 'pending' ? 'registered' : 'approved'),
        ),
      );
      await this.outbox.append(
        tx,
        openings.map((opening) =>
          openingEvent(opening, opening.status === 'published' ? 'published' : 'submitted'),
        ),
      );
      await recordInFeed(tx, openings);
    });
    return { employers: entities.length, openings: openings.length };
  }
}

function employerOf(given: BulkEmployer, createdBy: string): Employer {
  const now = new Date();
  return Object.assign(new Employer(), {
    id: uuidv7(),
    version: 1,
    organisationId: given.organisationId,
    registrationNo: null,
    legalName: given.legalName,
    nameFolded: fold(given.legalName),
    employerType: given.employerType,
    sectorCode: given.sectorCode,
    sizeBand: given.sizeBand,
    provinceCode: given.provinceCode,
    communeCode: given.communeCode,
    addressLine: null,
    industrialZone: given.industrialZone,
    areaType: null,
    phone: null,
    email: null,
    website: null,
    contactName: null,
    contactTitle: null,
    verificationStatus: given.verificationStatus,
    verificationReason: null,
    createdBy,
    createdAt: now,
    updatedAt: now,
  } satisfies Employer);
}

function openingOf(
  { status, ageDays, ...fields }: BulkOpening,
  employer: Employer,
  createdBy: string,
): JobOpening {
  const opening = blankOpening(uuidv7(), createdBy);
  opening.employerId = employer.id;
  opening.employerName = employer.legalName;
  opening.employerIsPerson = isNaturalPerson(employer);
  applyFields(opening, fields);
  opening.status = status;
  if (status === 'published') {
    const day = addDays(localDate(), -ageDays);
    opening.publishedAt = new Date(Math.min(Date.now(), startOfLocalDate(day).getTime() + 9 * 3_600_000));
  }
  setExpiry(opening);
  return opening;
}
