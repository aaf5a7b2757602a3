import { Body, Controller, Get, HttpCode, Param, ParseUUIDPipe, Post, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import { AllowRoles, Caller, Idempotent, type IdempotentRequest, type Page, type Principal } from '#platform';
import type { Changed } from '../jobseeker/jobseeker.access.js';
import { DismissDto, DuplicateQuery, MergeDto } from './duplicate.dto.js';
import { DuplicateService, type DuplicateView } from './duplicate.service.js';
import { Merge } from './merge.js';

/** Profiles that may be of one person, for the officers who cover both. */
@ApiTags('duplicates')
@ApiBearerAuth()
@Controller('duplicates')
@AllowRoles('centreOfficer')
export class DuplicateController {
  constructor(
    private readonly duplicates: DuplicateService,
    private readonly merging: Merge,
  ) {}

  /** Pairs of profiles that may be of one person, with the reasons. */
  @Get()
  list(@Query() query: DuplicateQuery, @Caller() caller: Principal): Promise<Page<DuplicateView>> {
    return this.duplicates.list(query, caller);
  }

  /** Merges two profiles of one person into the elder one. */
  @Post(':id/merge')
  @HttpCode(200)
  merge(
    @Param('id', ParseUUIDPipe) id: string,
    @Body() dto: MergeDto,
    @Caller() caller: Principal,
    @Idempotent() request: IdempotentRequest,
  ): Promise<Changed> {
    return this.merging.merge(id, dto.identityChecked ?? false, caller, request);
  }

  /** Notes that two profiles are of different persons, with the reason. */
  @Post(':id/dismiss')
  @HttpCode(200)
  dismiss(
    @Param('id', ParseUUIDPipe) id: string,
    @Body() dto: DismissDto,
    @Caller() caller: Principal,
    @Idempotent() request: IdempotentRequest,
  ): Promise<{ id: string; status: 'dismissed' }> {
    return this.duplicates.dismiss(id, dto.reason, caller, request);
  }
}
