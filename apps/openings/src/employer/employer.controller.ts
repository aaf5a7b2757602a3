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
    return { ...page, items: page.items.map(viewOf) };
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
    return viewOf(employer);
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
    return viewOf(employer);
  }

  /** Approves an employer: its openings may be published. */
  @Post(':id/approve')
  @HttpCode(200)
  @AllowRoles('centreOfficer', 'administrator')
  async approve(@Param('id', ParseUUIDPipe) id: string, @Caller() caller: Principal): Promise<Employer> {
    return viewOf(await this.employers.verify(id, 'approve', null, caller));
  }

  /** Rejects an employer, with a reason. */
  @Post(':id/reject')
  @HttpCode(200)
  @AllowRoles('centreOfficer', 'administrator')
  async reject(
    @Param('id', ParseUUIDPipe) id: string,
    @Body() { reason }: VerifyEmployerDto,
    @Caller() caller: Principal,
  ): Promise<Employer> {
    return viewOf(await this.employers.verify(id, 'reject', reason ?? null, caller));
  }

  /** Suspends an employer, with a reason. */
  @Post(':id/suspend')
  @HttpCode(200)
  @AllowRoles('centreOfficer', 'administrator')
  async suspend(
    @Param('id', ParseUUIDPipe) id: string,
    @Body() { reason }: VerifyEmployerDto,
    @Caller() caller: Principal,
  ): Promise<Employer> {
    return viewOf(await this.employers.verify(id, 'suspend', reason ?? null, caller));
  }
}
