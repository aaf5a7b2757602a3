import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional, IsString, MaxLength } from 'class-validator';
import { consentPurposes, type ConsentPurpose } from './consent-texts.js';

export const consentChannels = ['online', 'paper'] as const;

/** A consent as it is given. */
export class GiveConsentDto {
  @ApiProperty({ enum: consentPurposes }) @IsIn(consentPurposes) purpose: ConsentPurpose;

  @ApiProperty({ description: 'version of the text that the person read, from /consent-texts' })
  @IsString()
  @MaxLength(20)
  textVersion: string;

  @ApiPropertyOptional({ enum: consentChannels, description: 'default: online; an officer: paper' })
  @IsOptional()
  @IsIn(consentChannels)
  channel?: (typeof consentChannels)[number];
}
