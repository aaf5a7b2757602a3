import { Body, Controller, Post, Req, UseGuards } from '@nestjs/common';
import { ApiCreatedResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { clientAddress, Public } from '#platform';
import { SameOriginGuard } from '../session/same-origin.guard.js';
import { RegisterDto, RegisteredView } from './registration.dto.js';
import { RegistrationService } from './registration.service.js';

@ApiTags('registrations')
@Controller('registrations')
@Public()
@UseGuards(SameOriginGuard)
export class RegistrationController {
  constructor(private readonly registrations: RegistrationService) {}

  /**
   * Registers a jobseeker. The answer is the same whether the address is known or not; signing in tells. Needs
   * no Idempotency-Key (the address is one) and keeps none: it would be a fast hash of the password.
   */
  @Post()
  @ApiCreatedResponse({ type: RegisteredView })
  async register(@Body() dto: RegisterDto, @Req() request: FastifyRequest): Promise<RegisteredView> {
    const { email } = await this.registrations.register(dto, clientAddress(request));
    return { email, role: 'jobseeker' };
  }
}
