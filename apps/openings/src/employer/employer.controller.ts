import {
  Body,
  Controller,
  Get,
  Headers,
  HttpCode,
  Param,
  ParseUUIDPipe,
  Patch,
  Post,
  Query,
  Res,
} from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import {
  AllowRoles,
  Caller,
  etagOf,
  Idempotent,
  type IdempotentRequest,
  type Page,
  type Principal,
  versionFromIfMatch,
} from '#platform';
import {
  CreateEmployerDto,
  ListEmployersQuery,
  UpdateEmployerDto,
  VerifyEmployerDto,
} from './employer.dto.js';
import { EmployerService } from './employer.service.js';
import type { Verification } from './employer.verification.js';
import { type Employer, viewOf } from './employer.view.js';

@ApiTags('employers')
@ApiBearerAuth()
@Controller('employers')
@AllowRoles('employer', 'centreOfficer', 'administrator')
export class EmployerController {
  constructor(private readonly employers: EmployerService) {}

  /** Registers an employer (Mẫu 01, part I); an officer approves it. */
  @Post()
  async create(
    @Body() dto: CreateEmployerDto,
    @Caller() caller: Principal,
    @Idempotent() request: IdempotentRequest,
  ): Promise<{ id: string }> {
    return this.employers.create(dto, caller, request);
  }

  /** Employers of the caller: those of the own organisation, or of the officer’s areas. */
  @Get()
  async list(@Query() query: ListEmployersQuery, @Caller() caller: Principal): Promise<Page<Employer>> {
    const page = await this.employers.list(query, caller);
    return { ...page, items: page.items.map((employer) => viewOf(employer, caller)) };
  }

  /** One employer, with the ETag that an edit needs. */
  @Get(':id')
  async get(
    @Param('id', ParseUUIDPipe) id: string,
    @Caller() caller: Principal,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Employer> {
    const employer = await this.employers.get(id, caller);
    void reply.header('etag', etagOf(employer.version));
    return viewOf(employer, caller);
  }

  /** Changes an employer; what is left out stays as it is. */
  @Patch(':id')
  async update(
    @Param('id', ParseUUIDPipe) id: string,
    @Body() dto: UpdateEmployerDto,
    @Headers('if-match') ifMatch: string | undefined,
    @Caller() caller: Principal,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Employer> {
    const employer = await this.employers.update(id, dto, versionFromIfMatch(ifMatch), caller);
    void reply.header('etag', etagOf(employer.version));
    return viewOf(employer, caller);
  }

  /** Approves an employer: its openings may be published. */
  @Post(':id/approve')
  @HttpCode(200)
  @AllowRoles('centreOfficer', 'administrator')
  async approve(
    @Param('id', ParseUUIDPipe) id: string,
    @Headers('if-match') ifMatch: string | undefined,
    @Caller() caller: Principal,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Employer> {
    return this.verify(id, 'approve', { reason: null, ifMatch }, caller, reply);
  }

  /** Rejects an employer, with a reason. */
  @Post(':id/reject')
  @HttpCode(200)
  @AllowRoles('centreOfficer', 'administrator')
  async reject(
    @Param('id', ParseUUIDPipe) id: string,
    @Body() { reason = null }: VerifyEmployerDto,
    @Headers('if-match') ifMatch: string | undefined,
    @Caller() caller: Principal,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Employer> {
    return this.verify(id, 'reject', { reason, ifMatch }, caller, reply);
  }

  /** Suspends an employer, with a reason; its published openings are closed. */
  @Post(':id/suspend')
  @HttpCode(200)
  @AllowRoles('centreOfficer', 'administrator')
  async suspend(
    @Param('id', ParseUUIDPipe) id: string,
    @Body() { reason = null }: VerifyEmployerDto,
    @Headers('if-match') ifMatch: string | undefined,
    @Caller() caller: Principal,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Employer> {
    return this.verify(id, 'suspend', { reason, ifMatch }, caller, reply);
  }

  private async verify(
    id: string,
    verification: Verification,
    { reason, ifMatch }: { reason: string | null; ifMatch: string | undefined },
    caller: Principal,
    reply: FastifyReply,
  ): Promise<Employer> {
    const version = ifMatch === undefined ? undefined : versionFromIfMatch(ifMatch);
    const employer = await this.employers.verify(id, verification, { reason, version }, caller);
    void reply.header('etag', etagOf(employer.version));
    return viewOf(employer, caller);
  }
}
