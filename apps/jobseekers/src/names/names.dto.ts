import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsIn,
  IsOptional,
  IsString,
  IsUUID,
  Matches,
  MaxLength,
  MinLength,
  ValidateNested,
} from 'class-validator';
import { Printable } from '#platform';

export const namePurposes = ['matching', 'referral', 'counselling'] as const;
export type NamePurpose = (typeof namePurposes)[number];

/** The officer for whom a service asks, as the officer's own token says. */
export class OnBehalfOfDto {
  @ApiProperty({ description: 'account id' })
  @IsString()
  @MinLength(1)
  @MaxLength(100)
  @Printable()
  subject: string;
  @ApiProperty({ enum: ['centreOfficer'] }) @IsIn(['centreOfficer']) role: 'centreOfficer';
  @ApiPropertyOptional() @IsOptional() @IsString() @MaxLength(100) @Printable() organisationId?: string;
  @ApiProperty({ type: [String], example: ['38'] })
  @IsArray()
  @ArrayMaxSize(40)
  @Matches(/^(\d{2}|\*)$/, { each: true })
  areas: string[];
}

export class NamesDto {
  @ApiProperty({ type: [String] })
  @IsArray()
  @ArrayMaxSize(200)
  @IsUUID(undefined, { each: true })
  ids: string[];

  @ApiPropertyOptional({ enum: namePurposes, default: 'matching' })
  @IsOptional()
  @IsIn(namePurposes)
  purpose: NamePurpose = 'matching';

  @ApiPropertyOptional({ type: OnBehalfOfDto, description: 'required of services, not read of officers' })
  @IsOptional()
  @ValidateNested()
  @Type(() => OnBehalfOfDto)
  onBehalfOf?: OnBehalfOfDto;
}
