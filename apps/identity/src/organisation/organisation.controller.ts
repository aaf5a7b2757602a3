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
import {
  CreateOrganisationDto,
  EditOrganisationDto,
  OrganisationPage,
  OrganisationQuery,
  OrganisationView,
} from './organisation.dto.js';
import type { Organisation } from './organisation.entity.js';
import { OrganisationService } from './organisation.service.js';

@ApiTags('organisations')
@ApiBearerAuth()
@Controller('organisations')
@AllowRoles('administrator')
export class OrganisationController {
  constructor(private readonly organisations: OrganisationService) {}

  /** Makes an organisation: a centre, an employer, a school, an agency, a department. */
  @Post()
  @ApiHeader({ name: 'Idempotency-Key', required: false })
  @ApiCreatedResponse({ type: OrganisationView })
  async create(
    @Body() dto: CreateOrganisationDto,
    @Caller() caller: Principal,
    @Idempotent() request: IdempotentRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<OrganisationView> {
    return tagged(reply, await this.organisations.create(dto, caller, request));
  }

  /** Organisations, found by part of the name, kind, status or province. */
  @Get()
  @ApiOkResponse({ type: OrganisationPage })
  async list(@Query() query: OrganisationQuery): Promise<OrganisationPage> {
    const page = await this.organisations.list(query);
    return { ...page, items: page.items.map(viewOf) };
  }

  /** One organisation, with the ETag that an edit needs. */
  @Get(':id')
  @ApiOkResponse({ type: OrganisationView })
  async get(
    @Param('id', ParseUUIDPipe) id: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<OrganisationView> {
    return tagged(reply, await this.organisations.get(id));
  }

  /** Changes an organisation; what is left out stays as it is. The people of a suspended one cannot sign in. */
  @Patch(':id')
  @ApiHeader({ name: 'If-Match', required: true, description: 'the ETag that the edit is based on' })
  @ApiOkResponse({ type: OrganisationView })
  async edit(
    @Param('id', ParseUUIDPipe) id: string,
    @Headers('if-match') ifMatch: string | undefined,
    @Body() dto: EditOrganisationDto,
    @Caller() caller: Principal,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<OrganisationView> {
    return tagged(reply, await this.organisations.edit(id, versionFromIfMatch(ifMatch), dto, caller));
  }
}

function tagged(reply: FastifyReply, organisation: Organisation): OrganisationView {
  void reply.header('etag', etagOf(organisation.version));
  return viewOf(organisation);
}

function viewOf(organisation: Organisation): OrganisationView {
  const { id, version, kind, name, naturalPerson, areas, status, createdAt, updatedAt } = organisation;
  return {
    id,
    version,
    kind,
    name,
    naturalPerson,
    areas,
    status,
    createdAt: createdAt.toISOString(),
    updatedAt: updatedAt.toISOString(),
  };
}
