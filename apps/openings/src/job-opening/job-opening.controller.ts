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
import { ApiBearerAuth, ApiParam, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import {
  AllowRoles,
  Caller,
  etagOf,
  Idempotent,
  type IdempotentRequest,
  notFound,
  type Page,
  type Principal,
  versionFromIfMatch,
} from '#platform';
import {
  ActionDto,
  CreateJobOpeningDto,
  ListJobOpeningsQuery,
  UpdateJobOpeningDto,
} from './job-opening.dto.js';
import { type OpeningAction, openingActions } from './job-opening.lifecycle.js';
import { JobOpeningService } from './job-opening.service.js';
import { type OpeningView, viewOf } from './job-opening.view.js';

@ApiTags('job openings')
@ApiBearerAuth()
@Controller('job-openings')
@AllowRoles('employer', 'centreOfficer', 'administrator')
export class JobOpeningController {
  constructor(private readonly openings: JobOpeningService) {}

  /** Enters a job opening (Mẫu 01) as a draft. */
  @Post()
  async create(
    @Body() dto: CreateJobOpeningDto,
    @Caller() caller: Principal,
    @Idempotent() request: IdempotentRequest,
  ): Promise<{ id: string }> {
    return this.openings.create(dto, caller, request);
  }

  /** Job openings of the caller: those of the own organisation, or of the officer’s areas. */
  @Get()
  async list(@Query() query: ListJobOpeningsQuery, @Caller() caller: Principal): Promise<Page<OpeningView>> {
    const page = await this.openings.list(query, caller);
    return { ...page, items: page.items.map((opening) => viewOf(opening, caller)) };
  }

  /** One job opening with the actions that the caller may take, and the ETag that an edit needs. */
  @Get(':id')
  async get(
    @Param('id', ParseUUIDPipe) id: string,
    @Caller() caller: Principal,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<OpeningView> {
    const opening = await this.openings.get(id, caller);
    void reply.header('etag', etagOf(opening.version));
    return viewOf(opening, caller);
  }

  /** Changes a job opening; what is left out stays as it is. */
  @Patch(':id')
  async update(
    @Param('id', ParseUUIDPipe) id: string,
    @Body() dto: UpdateJobOpeningDto,
    @Headers('if-match') ifMatch: string | undefined,
    @Caller() caller: Principal,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<OpeningView> {
    const opening = await this.openings.update(id, dto, versionFromIfMatch(ifMatch), caller);
    void reply.header('etag', etagOf(opening.version));
    return viewOf(opening, caller);
  }

  /** Submits, approves, returns, closes, reopens an opening or marks it filled; 409 when its state refuses. */
  @Post(':id/:action')
  @HttpCode(200)
  @ApiParam({ name: 'action', enum: openingActions })
  async act(
    @Param('id', ParseUUIDPipe) id: string,
    @Param('action') action: string,
    @Body() dto: ActionDto,
    @Headers('if-match') ifMatch: string | undefined,
    @Caller() caller: Principal,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<OpeningView> {
    if (!openingActions.includes(action as OpeningAction)) {
      throw notFound('openings.no-such-action', 'Không có thao tác này', 'There is no such action');
    }
    const version = ifMatch === undefined ? undefined : versionFromIfMatch(ifMatch);
    const opening = await this.openings.act(
      id,
      action as OpeningAction,
      { reason: dto.reason ?? null, version },
      caller,
    );
    void reply.header('etag', etagOf(opening.version));
    return viewOf(opening, caller);
  }
}
