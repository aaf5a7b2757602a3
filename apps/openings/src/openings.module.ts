import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { BulkOpenings } from './bulk/bulk-openings.js';
import { EmployerController } from './employer/employer.controller.js';
import { Employer } from './employer/employer.entity.js';
import { EmployerService } from './employer/employer.service.js';
import { PublicController } from './feed/public.controller.js';
import { SitemapController } from './feed/sitemap.controller.js';
import { ImportController } from './imports/import.controller.js';
import { ImportSourceController } from './imports/import-source.controller.js';
import { ImportService } from './imports/import.service.js';
import { ImportWorker } from './imports/import.worker.js';
import { ExpiryClock } from './job-opening/expiry-clock.js';
import { JobOpeningController } from './job-opening/job-opening.controller.js';
import { JobOpening } from './job-opening/job-opening.entity.js';
import { JobOpeningService } from './job-opening/job-opening.service.js';

@Module({
  imports: [TypeOrmModule.forFeature([Employer, JobOpening])],
  controllers: [
    EmployerController,
    ImportController,
    ImportSourceController,
    JobOpeningController,
    PublicController,
    SitemapController,
  ],
  providers: [BulkOpenings, EmployerService, ExpiryClock, ImportService, ImportWorker, JobOpeningService],
})
export class OpeningsModule {}
