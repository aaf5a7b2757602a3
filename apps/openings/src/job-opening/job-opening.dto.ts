import { ApiProperty, ApiPropertyOptional, PartialType } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsIn,
  IsInt,
  IsObject,
  IsOptional,
  IsUUID,
  Matches,
  Max,
  Min,
  ValidateNested,
} from 'class-validator';
import { type JobOpeningState, openingStatuses, payKinds, positionLevels } from '#contracts';
import { PageQuery } from '#platform';
import { currencies } from '#reference';
import { NoPersonalData, OneOf, Optional, Text } from '../fields.js';
import { OpeningDetailsDto } from './opening-details.dto.js';

export class WorkplaceDto {
  @ApiPropertyOptional({ pattern: '^\\d{2}$' }) @IsOptional() @Matches(/^\d{2}$/) provinceCode?:
    string | null;
  @ApiPropertyOptional({ pattern: '^\\d{5}$' }) @IsOptional() @Matches(/^\d{5}$/) communeCode?: string | null;
  @NoPersonalData() @Text(300, { optional: true }) text?: string | null;
}

/** Pay in integer minor units of its currency (VND has no decimals, USD has two); unknown is left out. */
export class PayDto {
  @ApiProperty({ enum: payKinds }) @IsIn(payKinds) kind: (typeof payKinds)[number];
  @ApiPropertyOptional() @IsOptional() @IsInt() @Min(0) @Max(1e13) min?: number | null;
  @ApiPropertyOptional() @IsOptional() @IsInt() @Min(0) @Max(1e13) max?: number | null;
  @OneOf(currencies.map(({ code }) => code)) currency?: string | null;
  @NoPersonalData() @Text(200, { optional: true }) text?: string | null;
}

/** A range in months; `maxMonths` is exclusive and null for "or more". */
export class ExperienceDto {
  @ApiPropertyOptional() @IsOptional() @IsInt() @Min(0) @Max(720) minMonths?: number | null;
  @ApiPropertyOptional() @IsOptional() @IsInt() @Min(1) @Max(720) maxMonths?: number | null;
}

/** A job opening as it is entered (Mẫu 01). */
export class CreateJobOpeningDto {
  @NoPersonalData() @Text(300, { min: 3 }) title: string;
  @ApiProperty({ minimum: 1 }) @IsInt() @Min(1) @Max(100_000) quantity: number;
  @ApiPropertyOptional({ format: 'uuid' }) @IsOptional() @IsUUID() employerId?: string | null;
  @ApiPropertyOptional({ description: 'ISCO-08' }) @IsOptional() @Matches(/^\d{1,4}$/) occupationCode?:
    string | null;
  @OneOf(positionLevels) positionLevel?: JobOpeningState['positionLevel'];

  @ApiProperty({ type: [WorkplaceDto] })
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(50)
  @ValidateNested({ each: true })
  @Type(() => WorkplaceDto)
  workplaces: WorkplaceDto[];

  @ApiPropertyOptional() @Optional() @IsInt() @Min(0) @Max(1000) otherPlacesCount?: number;
  @ApiProperty({ type: PayDto }) @IsObject() @ValidateNested() @Type(() => PayDto) pay: PayDto;

  @ApiPropertyOptional({ type: ExperienceDto })
  @Optional()
  @IsObject()
  @ValidateNested()
  @Type(() => ExperienceDto)
  experience?: ExperienceDto;

  @ApiPropertyOptional({
    format: 'date',
    description: 'last day to apply, Asia/Ho_Chi_Minh; of what is no draft at most two years ahead',
  })
  @IsOptional()
  @Matches(/^\d{4}-\d{2}-\d{2}$/)
  deadline?: string | null;

  @ApiPropertyOptional({ type: OpeningDetailsDto })
  @Optional()
  @IsObject()
  @ValidateNested()
  @Type(() => OpeningDetailsDto)
  details?: OpeningDetailsDto;
}

/** What is given replaces what was there; what is left out stays. */
export class UpdateJobOpeningDto extends PartialType(CreateJobOpeningDto, { skipNullProperties: false }) {}

export class ActionDto {
  @NoPersonalData() @Text(1000, { optional: true, multiline: true }) reason?: string | null;
}

export class ListJobOpeningsQuery extends PageQuery {
  @OneOf(openingStatuses) status?: JobOpeningState['status'];
  @ApiPropertyOptional() @IsOptional() @IsUUID() employerId?: string;
  @Text(200, { optional: true }) q?: string | null;
}
