import { Body, Controller, Get, HttpCode, Post, Req, Res, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiNoContentResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AllowRoles, Caller, type Principal, roles } from '#platform';
import { AccountService } from '../account/account.service.js';
import { areasOf } from '../account/role-rules.js';
import { ChangePasswordDto, EraseAccountDto } from '../password/password.dto.js';
import { RefreshCookie } from '../session/refresh-cookie.js';
import { SameOriginGuard } from '../session/same-origin.guard.js';
import { MeView } from './me.dto.js';
import { OwnAccountService } from './own-account.service.js';

/** What everybody may do with the own account. */
@ApiTags('me')
@ApiBearerAuth()
@Controller('me')
@AllowRoles(...roles)
export class MeController {
  constructor(
    private readonly accounts: AccountService,
    private readonly own: OwnAccountService,
    private readonly cookie: RefreshCookie,
  ) {}

  /** Who is signed in: account, role, organisation and areas. */
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
    await this.own.changePassword(caller, dto, this.cookie.read(request));
  }

  /** Erases the account of a jobseeker and its profile for good. */
  @Post('erasure')
  @HttpCode(204)
  @AllowRoles('jobseeker')
  @UseGuards(SameOriginGuard)
  @ApiNoContentResponse()
  async erase(
    @Caller() caller: Principal,
    @Body() { currentPassword }: EraseAccountDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    await this.own.erase(caller, currentPassword);
    this.cookie.clear(reply);
  }
}
