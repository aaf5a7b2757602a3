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
import { ListJobseekersQuery, RegisterJobseekerDto, SearchJobseekersDto } from './jobseeker.dto.js';
import { JobseekerSearch } from './jobseeker.search.js';
import { JobseekerService } from './jobseeker.service.js';
import type { JobseekerListItem, JobseekerView } from './jobseeker.view.js';
import { ReviseJobseekerDto } from './profile.dto.js';
import { type Registered, Registration } from './registration.js';

@ApiTags('jobseekers')
@ApiBearerAuth()
@Controller('jobseekers')
export class JobseekerController {
  constructor(
    private readonly registration: Registration,
    private readonly jobseekers: JobseekerService,
    private readonly searches: JobseekerSearch,
  ) {}

  /** Mẫu 01a: the person's own registration, or a walk-in by an officer, who gets the claim code. */
  @Post()
  @AllowRoles('jobseeker', 'centreOfficer')
  async register(
    @Body() dto: RegisterJobseekerDto,
    @Caller() caller: Principal,
    @Idempotent() request: IdempotentRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Registered> {
    const registered = await this.registration.register(dto, caller, request);
    void reply.header('etag', etagOf(registered.version));
    return registered;
  }

  /** Jobseekers of the officer’s areas. */
  @Get()
  @AllowRoles('centreOfficer')
  list(@Query() query: ListJobseekersQuery, @Caller() caller: Principal): Promise<Page<JobseekerListItem>> {
    return this.searches.list(query, caller);
  }

  /** Finds jobseekers of the officer’s areas, also by phone or citizen id, which travel in bodies only. */
  @Post('search')
  @HttpCode(200)
  @AllowRoles('centreOfficer')
  search(@Body() dto: SearchJobseekersDto, @Caller() caller: Principal): Promise<Page<JobseekerListItem>> {
    return this.searches.search(dto, caller);
  }

  /** The own profile, with the ETag that an edit needs. */
  @Get('me')
  @AllowRoles('jobseeker')
  async own(
    @Caller() caller: Principal,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<JobseekerView> {
    return tagged(reply, await this.jobseekers.own(caller));
  }

  /** One profile, with the ETag that an edit needs; numbers of documents are masked. */
  @Get(':id')
  @AllowRoles('jobseeker', 'centreOfficer')
  async get(
    @Param('id', ParseUUIDPipe) id: string,
    @Caller() caller: Principal,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<JobseekerView> {
    return tagged(reply, await this.jobseekers.get(id, caller));
  }

  /** Changes a profile; what is left out stays as it is, null makes it unknown. */
  @Patch(':id')
  @AllowRoles('jobseeker', 'centreOfficer')
  async revise(
    @Param('id', ParseUUIDPipe) id: string,
    @Body() dto: ReviseJobseekerDto,
    @Headers('if-match') ifMatch: string | undefined,
    @Caller() caller: Principal,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<JobseekerView> {
    return tagged(reply, await this.jobseekers.revise(id, dto, versionFromIfMatch(ifMatch), caller));
  }
}

/** The answer with its version as ETag. */
export function tagged<T extends { version: number }>(reply: FastifyReply, answer: T): T {
  void reply.header('etag', etagOf(answer.version));
  return answer;
}
