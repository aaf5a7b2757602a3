import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiProperty, ApiTags } from '@nestjs/swagger';
import { ArrayMaxSize, IsArray, IsIn } from 'class-validator';
import { Outbox } from '#events';
import {
  actorOf,
  AllowService,
  Caller,
  Idempotent,
  type IdempotentRequest,
  once,
  type Principal,
} from '#platform';
import { IdentifierVault } from '../identifiers/identifier-vault.js';
import { RegisterJobseekerDto } from '../jobseeker/jobseeker.dto.js';
import { BulkRegistration, type BulkOptions, type BulkResult } from './bulk-registration.js';

export class BulkDto {
  @ApiProperty({ enum: ['import', 'demo'] }) @IsIn(['import', 'demo']) dataSource: BulkOptions['dataSource'];

  /** Checked row by row, so that a wrong one keeps none of the others out. */
  @ApiProperty({ type: [RegisterJobseekerDto], maxItems: 1000 })
  @IsArray()
  @ArrayMaxSize(1000)
  rows: RegisterJobseekerDto[];
}

@ApiTags('bulk')
@ApiBearerAuth()
@Controller('jobseekers/bulk')
export class BulkController {
  constructor(
    private readonly bulk: BulkRegistration,
    private readonly outbox: Outbox,
    private readonly vault: IdentifierVault,
  ) {}

  /** People of a register that the province already has. Wrong rows are listed and the others go in. */
  @Post()
  @HttpCode(200)
  @AllowService('jobseekers.bulk', 'administrator')
  async register(
    @Body() { rows, dataSource }: BulkDto,
    @Caller() caller: Principal,
    @Idempotent() request: IdempotentRequest,
  ): Promise<BulkResult> {
    const options = { dataSource, by: actorOf(caller) };
    return this.outbox.transaction((tx) =>
      once(tx, request, () => this.bulk.registerUnchecked(tx, rows, options)),
    );
  }
}
