import { Controller, HttpCode, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import { AllowRoles } from '#platform';
import { DriftCheck, type DriftReport } from './drift-check.js';

/** Whether the read model is what its owners say it must be. */
@ApiTags('operations')
@ApiBearerAuth()
@Controller('drift')
@AllowRoles('administrator')
export class DriftController {
  constructor(private readonly check: DriftCheck) {}

  /** Compares every published opening and every consenting jobseeker with its owner, and changes nothing. */
  @Post()
  @HttpCode(200)
  compare(): Promise<DriftReport> {
    return this.check.run();
  }
}
