import { Body, Controller, HttpCode, Post, Req, UseGuards } from '@nestjs/common';
import { ApiNoContentResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { clientAddress, Public } from '#platform';
import { SameOriginGuard } from '../session/same-origin.guard.js';
import { SetPasswordDto } from './password.dto.js';
import { PasswordCodeService } from './password-code.service.js';

@ApiTags('passwords')
@Controller('passwords')
@Public()
@UseGuards(SameOriginGuard)
export class PasswordController {
  constructor(private readonly codes: PasswordCodeService) {}

  /** Sets a password with a one-time code from the administrator. Sign in with it afterwards. */
  @Post()
  @HttpCode(204)
  @ApiNoContentResponse()
  async set(@Body() dto: SetPasswordDto, @Req() request: FastifyRequest): Promise<void> {
    await this.codes.redeem({ ...dto, address: clientAddress(request) });
  }
}
