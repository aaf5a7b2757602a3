import { Controller, Get, Param, ParseUUIDPipe } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import { DataSource } from 'typeorm';
import { AllowService } from '#platform';
import { Jobseeker } from '../jobseeker/jobseeker.entity.js';
import { jobseekerNotFound } from '../jobseeker/jobseeker.errors.js';

/** Whose a profile is, for services that check ownership of what they keep about it. */
@ApiTags('names')
@ApiBearerAuth()
@Controller('jobseekers/:id/owner')
export class OwnerController {
  constructor(private readonly dataSource: DataSource) {}

  /** The account that a profile belongs to. */
  @Get()
  @AllowService('jobseekers.owner')
  async owner(@Param('id', ParseUUIDPipe) id: string): Promise<{ accountId: string | null }> {
    const jobseeker = await this.dataSource.manager.findOneBy(Jobseeker, { id });
    if (!jobseeker) throw jobseekerNotFound();
    return { accountId: jobseeker.accountId };
  }
}
