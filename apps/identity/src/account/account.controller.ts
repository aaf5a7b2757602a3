import {
  Body,
  Controller,
  Get,
  Headers,
  Param,
  ParseUUIDPipe,
  Patch,
  Post,
  Query,
  Res,
} from '@nestjs/common';
import { ApiBearerAuth, ApiCreatedResponse, ApiHeader, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import {
  AllowRoles,
  Caller,
  etagOf,
  Idempotent,
  type IdempotentRequest,
  type Principal,
  versionFromIfMatch,
} from '#platform';
import { PasswordCodeService } from '../password/password-code.service.js';
import {
  AccountPage,
  AccountQuery,
  AccountView,
  CreateAccountDto,
  EditAccountDto,
  PasswordCodeView,
} from './account.dto.js';
import type { Account } from './account.entity.js';
import { AccountService } from './account.service.js';
import { areasOf } from './role-rules.js';

@ApiTags('accounts')
@ApiBearerAuth()
@Controller('accounts')
@AllowRoles('administrator')
export class AccountController {
  constructor(
    private readonly accounts: AccountService,
    private readonly codes: PasswordCodeService,
  ) {}

  /** Makes an account. The person sets the password with a one-time code (password-codes). */
  @Post()
  @ApiHeader({ name: 'Idempotency-Key', required: false })
  @ApiCreatedResponse({ type: AccountView })
  async create(
    @Body() dto: CreateAccountDto,
    @Caller() caller: Principal,
    @Idempotent() request: IdempotentRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<AccountView> {
    return tagged(reply, await this.accounts.create(dto, caller, request));
  }

  /** Accounts, found by part of the name or e-mail address, role, status or organisation. */
  @Get()
  @ApiOkResponse({ type: AccountPage })
  async list(@Query() query: AccountQuery): Promise<AccountPage> {
    const page = await this.accounts.list(query);
    return { ...page, items: page.items.map(viewOf) };
  }

  /** One account, with the ETag that an edit needs. */
  @Get(':id')
  @ApiOkResponse({ type: AccountView })
  async get(
    @Param('id', ParseUUIDPipe) id: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<AccountView> {
    return tagged(reply, await this.accounts.get(id));
  }

  /** Changes an account; what is left out stays as it is. Locking it ends its sessions. */
  @Patch(':id')
  @ApiHeader({ name: 'If-Match', required: true, description: 'the ETag that the edit is based on' })
  @ApiOkResponse({ type: AccountView })
  async edit(
    @Param('id', ParseUUIDPipe) id: string,
    @Headers('if-match') ifMatch: string | undefined,
    @Body() dto: EditAccountDto,
    @Caller() caller: Principal,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<AccountView> {
    return tagged(reply, await this.accounts.edit(id, versionFromIfMatch(ifMatch), dto, caller));
  }

  /** A one-time code with which the person sets a password. An earlier code ends; nobody is signed out yet. */
  @Post(':id/password-codes')
  @ApiCreatedResponse({ type: PasswordCodeView })
  async issueCode(
    @Param('id', ParseUUIDPipe) id: string,
    @Caller() caller: Principal,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PasswordCodeView> {
    // No Idempotency-Key: it would keep the code readable in the database. A repeat makes a new code.
    const { code, expiresAt } = await this.codes.issue(id, caller);
    void reply.header('cache-control', 'no-store');
    return { code, expiresAt: expiresAt.toISOString() };
  }
}

function tagged(reply: FastifyReply, account: Account): AccountView {
  void reply.header('etag', etagOf(account.version));
  return viewOf(account);
}

function viewOf(account: Account): AccountView {
  return {
    id: account.id,
    version: account.version,
    email: account.email,
    fullName: account.fullName,
    role: account.role,
    organisationId: account.organisationId,
    organisationName: account.organisation?.name ?? null,
    areas: areasOf(account.role, account.organisation?.areas, account.narrowedAreas),
    narrowedAreas: account.narrowedAreas,
    status: account.status,
    origin: account.origin,
    createdAt: account.createdAt.toISOString(),
    updatedAt: account.updatedAt.toISOString(),
    lastSignInAt: account.lastSignInAt?.toISOString() ?? null,
  };
}
