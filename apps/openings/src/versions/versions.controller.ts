import { Controller, Get, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import { DataSource } from 'typeorm';
import { jobOpeningTopic } from '#contracts';
import { Outbox } from '#events';
import { AllowService, type VersionPage, versionPage, VersionsQuery } from '#platform';

const PUBLISHED = {
  topic: jobOpeningTopic.name,
  rows: "SELECT id, version FROM job_opening WHERE status = 'published'",
};

/** What others must hold of the openings, for those who check whether they do. */
@ApiTags('operations')
@ApiBearerAuth()
@Controller('versions')
export class VersionsController {
  constructor(
    private readonly dataSource: DataSource,
    private readonly outbox: Outbox,
  ) {}

  /** Ids and versions of all published openings, in the order of the ids. */
  @Get()
  @AllowService('openings.versions', 'administrator')
  versions(@Query() query: VersionsQuery): Promise<VersionPage> {
    return versionPage(this.dataSource, this.outbox, PUBLISHED, query);
  }
}
