import { Controller, Get, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import { DataSource } from 'typeorm';
import { jobseekerTopic } from '#contracts';
import { Outbox } from '#events';
import { AllowService, type VersionPage, versionPage, VersionsQuery } from '#platform';

const CONSENTING = {
  topic: jobseekerTopic.name,
  rows: 'SELECT id, version FROM jobseekers WHERE matching_consent',
};

/** What others must hold of the jobseekers, for those who check whether they do. */
@ApiTags('operations')
@ApiBearerAuth()
@Controller('versions')
export class VersionsController {
  constructor(
    private readonly dataSource: DataSource,
    private readonly outbox: Outbox,
  ) {}

  /** Ids and versions of all people whose consent to matching is in force, in the order of the ids. */
  @Get()
  @AllowService('jobseekers.versions', 'administrator')
  versions(@Query() query: VersionsQuery): Promise<VersionPage> {
    return versionPage(this.dataSource, this.outbox, CONSENTING, query);
  }
}
