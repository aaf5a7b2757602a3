import { Body, Controller, HttpCode, Param, ParseUUIDPipe, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiProperty, ApiTags } from '@nestjs/swagger';
import { IsString, MaxLength, MinLength } from 'class-validator';
import { AllowRoles, Caller, Idempotent, type IdempotentRequest, type Principal } from '#platform';
import type { Changed } from '../jobseeker/jobseeker.access.js';
import type { IssuedClaimCode } from './claim-codes.js';
import { ClaimService } from './claim.service.js';

export class ClaimDto {
  @ApiProperty({ example: '7K3QX-90ZAB' }) @IsString() @MinLength(1) @MaxLength(30) claimCode: string;
}

@ApiTags('claims')
@ApiBearerAuth()
@Controller()
export class ClaimController {
  constructor(private readonly claims: ClaimService) {}

  /** A new one-time code for a walk-in profile; a former one ends. */
  @Post('jobseekers/:id/claim-codes')
  @AllowRoles('centreOfficer')
  issue(@Param('id', ParseUUIDPipe) id: string, @Caller() caller: Principal): Promise<IssuedClaimCode> {
    return this.claims.issue(id, caller);
  }

  /** Ties the profile that the code is for to the caller's account. */
  @Post('claims')
  @HttpCode(200)
  @AllowRoles('jobseeker')
  claim(
    @Body() dto: ClaimDto,
    @Caller() caller: Principal,
    @Idempotent() request: IdempotentRequest,
  ): Promise<Changed> {
    return this.claims.claim(dto.claimCode, caller, request);
  }
}
