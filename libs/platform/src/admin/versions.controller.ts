import { Controller, Get, Inject, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import { DataSource } from 'typeorm';
import { Outbox } from '#events';
import { AllowService } from '../auth/decorators.js';
import { type VersionPage, versionPage, VersionsQuery } from '../http/version-list.js';
import type { ServiceDefinition } from '../service/definition.js';
import { SERVICE_DEFINITION } from '../service/tokens.js';

/** What others must hold of a service, for those who check whether they do. */
@ApiTags('operations')
@ApiBearerAuth()
@Controller('versions')
export class VersionsController {
  constructor(
    @Inject(SERVICE_DEFINITION) private readonly definition: ServiceDefinition,
    private readonly dataSource: DataSource,
    private readonly outbox: Outbox,
  ) {}

  /**
   * Ids and versions of all that others must hold of this service, in the order of the ids. Of openings those that are
   * published, of jobseekers those whose consent to matching is in force.
   */
  @Get()
  @AllowService('{service}.versions', 'administrator')
  versions(@Query() query: VersionsQuery): Promise<VersionPage> {
    const { name, othersHold } = this.definition;
    if (!othersHold) throw new Error(`nobody holds anything of ${name}`);
    return versionPage(this.dataSource, this.outbox, othersHold, query);
  }
}
