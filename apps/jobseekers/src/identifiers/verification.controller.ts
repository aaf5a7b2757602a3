import { Body, Controller, HttpCode, Param, ParseUUIDPipe, Post, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiProperty, ApiTags } from '@nestjs/swagger';
import { IsString, MaxLength } from 'class-validator';
import type { FastifyReply } from 'fastify';
import { AllowRoles, Caller, Idempotent, type IdempotentRequest, type Principal } from '#platform';
import { tagged } from '../jobseeker/jobseeker.controller.js';
import type { JobseekerView } from '../jobseeker/jobseeker.view.js';
import { Verification } from './verification.js';

export class VerifyCitizenIdDto {
  @ApiProperty({ description: 'the number as the officer reads it from the document' })
  @IsString()
  @MaxLength(20)
  citizenId: string;
}

@ApiTags('jobseekers')
@ApiBearerAuth()
@Controller('jobseekers/:id/verify-citizen-id')
export class VerificationController {
  constructor(private readonly verification: Verification) {}

  /** Notes that an officer has seen the citizen id of the person. */
  @Post()
  @HttpCode(200)
  @AllowRoles('centreOfficer')
  async verify(
    @Param('id', ParseUUIDPipe) id: string,
    @Body() dto: VerifyCitizenIdDto,
    @Caller() caller: Principal,
    @Idempotent() request: IdempotentRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<JobseekerView> {
    return tagged(reply, await this.verification.verify(id, dto.citizenId, caller, request));
  }
}
