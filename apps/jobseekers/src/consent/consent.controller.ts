import {
  Body,
  Controller,
  Delete,
  Get,
  HttpCode,
  Param,
  ParseEnumPipe,
  ParseUUIDPipe,
  Post,
  Res,
} from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { AllowRoles, Caller, Idempotent, type IdempotentRequest, type Principal, Public } from '#platform';
import { tagged } from '../jobseeker/jobseeker.controller.js';
import { JobseekerService } from '../jobseeker/jobseeker.service.js';
import type { JobseekerView } from '../jobseeker/jobseeker.view.js';
import { GiveConsentDto } from './consent.dto.js';
import { type ConsentPurpose, type ConsentText, consentTexts, purposeEnum } from './consent-texts.js';

@ApiTags('consents')
@Controller()
export class ConsentController {
  constructor(private readonly jobseekers: JobseekerService) {}

  /** What people agree to, word for word. */
  @Get('consent-texts')
  @Public()
  texts(): { items: readonly ConsentText[] } {
    return { items: consentTexts };
  }

  /** Records a consent, word for word as it was given. */
  @Post('jobseekers/:id/consents')
  @HttpCode(200)
  @ApiBearerAuth()
  @AllowRoles('jobseeker', 'centreOfficer')
  async give(
    @Param('id', ParseUUIDPipe) id: string,
    @Body() dto: GiveConsentDto,
    @Caller() caller: Principal,
    @Idempotent() request: IdempotentRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<JobseekerView> {
    return tagged(reply, await this.jobseekers.giveConsent(id, dto, caller, request));
  }

  /** Withdraws a consent; without the one to matching the person leaves the index. */
  @Delete('jobseekers/:id/consents/:purpose')
  @ApiBearerAuth()
  @AllowRoles('jobseeker', 'centreOfficer')
  async withdraw(
    @Param('id', ParseUUIDPipe) id: string,
    @Param('purpose', new ParseEnumPipe(purposeEnum)) purpose: ConsentPurpose,
    @Caller() caller: Principal,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<JobseekerView> {
    return tagged(reply, await this.jobseekers.withdrawConsent(id, purpose, caller));
  }
}
