import { Body, Controller, Get, HttpCode, Post, Req, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiNoContentResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { AllowRoles, Caller, type Principal, roles } from '#platform';
import { AccountService } from '../account/account.service.js';
import { areasOf } from '../account/role-rules.js';
import { ChangePasswordDto } from '../password/password.dto.js';
import { RefreshCookie } from '../session/refresh-cookie.js';
import { SameOriginGuard } from '../session/same-origin.guard.js';
import { MeView } from './me.dto.js';
import { OwnPasswordService } from './own-password.service.js';

/** What everybody may do with the own account. */
@ApiTags('me')
@ApiBearerAuth()
@Controller('me')
@AllowRoles(...roles)
export class MeController {
  constructor(
    private readonly accounts: AccountService,
    private readonly passwords: OwnPasswordService,
    private readonly cookie: RefreshCookie,
  ) {}

  @Get()
  @ApiOkResponse({ type: MeView })
  async me(@Caller() caller: Principal): Promise<MeView> {
    const account = await this.accounts.get(caller.subject);
    const { organisation } = account;
    return {
      id: account.id,
      email: account.email,
      name: account.fullName,
      role: account.role,
      organisation: organisation
        ? { id: organisation.id, name: organisation.name, kind: organisation.kind }
        : undefined,
      areas: areasOf(account.role, organisation?.areas, account.narrowedAreas),
    };
  }

  /** Changes the password; every other device is signed out. */
  @Post('password')
  @HttpCode(204)
  @UseGuards(SameOriginGuard)
  @ApiNoContentResponse()
  async changePassword(
    @Caller() caller: Principal,
    @Body() dto: ChangePasswordDto,
    @Req() request: FastifyRequest,
  ): Promise<void> {
    await this.passwords.change(caller, dto, this.cookie.read(request));
  }
}
