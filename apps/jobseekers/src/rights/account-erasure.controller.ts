import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiProperty, ApiTags } from '@nestjs/swagger';
import { IsString, MaxLength, MinLength } from 'class-validator';
import { AllowService, Caller, Printable, type Principal } from '#platform';
import { Erasure } from './erasure.js';

export class AccountErasureDto {
  @ApiProperty() @IsString() @MinLength(1) @MaxLength(100) @Printable() accountId: string;
}

/** The part of this service in the erasure of an account, which the service of accounts begins. */
@ApiTags('rights of the person')
@ApiBearerAuth()
@Controller('account-erasures')
export class AccountErasureController {
  constructor(private readonly erasure: Erasure) {}

  /** Erases the profile of an account, if it has one. A repeat changes nothing. */
  @Post()
  @HttpCode(204)
  @AllowService('jobseekers.erase-by-account')
  async erase(@Body() { accountId }: AccountErasureDto, @Caller() caller: Principal): Promise<void> {
    await this.erasure.eraseOfAccount(accountId, caller);
  }
}
