import { Body, Controller, Get, HttpCode, Param, ParseUUIDPipe, Put, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiProperty, ApiTags } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsInt, IsObject, IsOptional, Max, Min } from 'class-validator';
import { AllowRoles, Caller, type Principal } from '#platform';
import type { ScoringWeights } from '../scoring/weights.js';
import { MatchesService, type NamedJobseekerMatch } from './matches.service.js';
import type { OpeningMatch } from './openings-for-jobseeker.js';
import { WeightsStore } from './weights.store.js';

class MatchQuery {
  @IsOptional() @Type(() => Number) @IsInt() @Min(1) @Max(100) limit = 20;
}

class WeightsDto {
  @ApiProperty({ description: 'Points by criterion, adding up to 100' }) @IsObject() points: Record<
    string,
    number
  >;
}

interface List<T> {
  items: T[];
  total: number;
  totalIsExact: boolean;
}

const list = <T>(items: T[], limit: number): List<T> => ({
  items,
  total: items.length,
  totalIsExact: items.length < limit,
});

/** Matching both ways, explained. Matches say much of a person: they are for that person and for who places people. */
@ApiTags('matches')
@ApiBearerAuth()
@Controller()
export class MatchesController {
  constructor(
    private readonly matches: MatchesService,
    private readonly weights: WeightsStore,
  ) {}

  /** Openings that fit a jobseeker, best first, each with its score explained by criterion. */
  @Get('jobseekers/:id/openings')
  @AllowRoles('jobseeker', 'centreOfficer')
  async openings(
    @Param('id', ParseUUIDPipe) id: string,
    @Query() { limit }: MatchQuery,
    @Caller() caller: Principal,
  ): Promise<List<OpeningMatch>> {
    return list(await this.matches.openingsFor(id, caller, limit), limit);
  }

  /** Jobseekers who fit an opening, best first, each with the score explained by criterion. */
  @Get('openings/:id/jobseekers')
  @AllowRoles('centreOfficer')
  async jobseekers(
    @Param('id', ParseUUIDPipe) id: string,
    @Query() { limit }: MatchQuery,
    @Caller() caller: Principal,
  ): Promise<List<NamedJobseekerMatch>> {
    return list(await this.matches.jobseekersFor(id, caller, limit), limit);
  }

  /** The weights of the score in force. */
  @Get('scoring-weights')
  @AllowRoles('centreOfficer', 'departmentOfficer', 'administrator')
  currentWeights(): Promise<ScoringWeights> {
    return this.weights.current();
  }

  /** Puts new weights of the score in force. */
  @Put('scoring-weights')
  @HttpCode(200)
  @AllowRoles('administrator')
  putWeights(@Body() { points }: WeightsDto, @Caller() caller: Principal): Promise<ScoringWeights> {
    return this.weights.put(points, caller.subject);
  }
}
