import { Module } from '@nestjs/common';
import type { ServiceDefinition } from '#platform';
import { ClinicController } from './clinic.controller.js';

@Module({ controllers: [ClinicController] })
class ClinicModule {}

/** A service that is described and never run. */
export const clinicService: ServiceDefinition = {
  name: 'allinone',
  module: ClinicModule,
  alsoServes: ['reference'],
};
