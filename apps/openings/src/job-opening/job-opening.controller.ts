import { Body, Controller, Get, HttpCode, Param, ParseUUIDPipe, Post, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { JobOpeningState } from '#contracts';
import {
  AllowRoles,
  Caller,
  etagOf,
  Idempotent,
  type IdempotentRequest,
  notFound,
  type Principal,
} from '#platform';
import { ActionDto, CreateJobOpeningDto } from './job-opening.dto.js';
import type { JobOpening } from './job-opening.entity.js';
import { stateOf } from './job-opening.events.js';
import { actionsFor, type OpeningAction, openingActions } from './job-opening.lifecycle.js';
import { JobOpeningService } from './job-opening.service.js';

type View = JobOpeningState & { returnReason: string | null; actions: OpeningAction[] };

@ApiTags('job openings')
@ApiBearerAuth()
@Controller('job-openings')
@AllowRoles('employer', 'centreOfficer', 'administrator')
export class JobOpeningController {
  constructor(private readonly openings: JobOpeningService) {}

  @Post()
  async create(
    @Body() dto: CreateJobOpeningDto,
    @Caller() caller: Principal,
    @Idempotent() request: IdempotentRequest,
  ): Promise<{ id: string }> {
    return this.openings.create(dto, caller, request);
  }

  @Get(':id')
  async get(
    @Param('id', ParseUUIDPipe) id: string,
    @Caller() caller: Principal,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<View> {
    const opening = await this.openings.get(id, caller);
    void reply.header('etag', etagOf(opening.version));
    return view(opening, caller);
  }

  @Post(':id/:action')
  @HttpCode(200)
  async act(
    @Param('id', ParseUUIDPipe) id: string,
    @Param('action') action: string,
    @Body() dto: ActionDto,
    @Caller() caller: Principal,
  ): Promise<View> {
    if (!openingActions.includes(action as OpeningAction)) {
      throw notFound('openings.no-such-action', 'Không có thao tác này', 'There is no such action');
    }
    return view(await this.openings.act(id, action as OpeningAction, dto.reason, caller), caller);
  }
}

function view(opening: JobOpening, caller: Principal): View {
  return {
    ...stateOf(opening),
    returnReason: opening.returnReason,
    actions: actionsFor(opening.status, caller.role),
  };
}
