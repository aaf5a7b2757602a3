import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import { DataSource } from 'typeorm';
import { AllowService, AuditLog, Caller, type Principal } from '#platform';
import { act, everywhere } from '../jobseeker/jobseeker.access.js';
import { codesOf, fault, invalid } from '../jobseeker/jobseeker.errors.js';
import { NamesDto } from './names.dto.js';

export interface NamedJobseeker {
  id: string;
  fullName: string;
}

/**
 * Names of people whom a service knows by id only, in one call. Who asks and why is written down for each person;
 * people outside the officer's area, and for matching those without consent, are left out like unknown ids.
 */
@ApiTags('names')
@ApiBearerAuth()
@Controller('names')
export class NamesController {
  constructor(
    private readonly dataSource: DataSource,
    private readonly audit: AuditLog,
  ) {}

  /** Names of people by id; those whom the caller may not see are left out. */
  @Post()
  @HttpCode(200)
  @AllowService('jobseekers.names', 'centreOfficer')
  async names(
    @Body() { ids, purpose, onBehalfOf }: NamesDto,
    @Caller() caller: Principal,
  ): Promise<{ items: NamedJobseeker[] }> {
    const officer = caller.type === 'service' ? officerOf(onBehalfOf) : caller;
    return this.dataSource.transaction(async (tx) => {
      const rows = await tx.query<{ id: string; full_name: string }[]>(
        `SELECT id, full_name FROM jobseekers
         WHERE id = ANY($1::uuid[]) AND ($2::text[] IS NULL OR area_province_code = ANY($2))
           AND ($3 <> 'matching' OR matching_consent)`,
        [ids, everywhere(officer.areas) ? null : officer.areas, purpose],
      );
      const details = caller.type === 'service' ? { via: caller.subject } : {};
      await this.audit.append(
        tx,
        rows.map(({ id }) => act(officer, 'named', id, { reason: purpose, details })),
      );
      return { items: rows.map(({ id, full_name }) => ({ id, fullName: full_name })) };
    });
  }
}

function officerOf(onBehalfOf: NamesDto['onBehalfOf']): Principal {
  if (!onBehalfOf) throw invalid([fault('onBehalfOf', codesOf.onBehalfOf)]);
  const { subject, role, organisationId, areas } = onBehalfOf;
  return { type: 'user', subject, role, organisationId, areas, scopes: [] };
}
