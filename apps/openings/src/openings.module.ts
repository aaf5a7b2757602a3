import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { JobOpeningController } from './job-opening/job-opening.controller.js';
import { JobOpening } from './job-opening/job-opening.entity.js';
import { JobOpeningService } from './job-opening/job-opening.service.js';

@Module({
  imports: [TypeOrmModule.forFeature([JobOpening])],
  controllers: [JobOpeningController],
  providers: [JobOpeningService],
})
export class OpeningsModule {}
