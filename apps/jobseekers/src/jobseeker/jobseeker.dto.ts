import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsIn,
  IsOptional,
  IsString,
  Matches,
  MaxLength,
  MinLength,
  ValidateNested,
} from 'class-validator';
import { activityStatuses, priorityGroups, technicalLevels } from '#contracts';
import { PageQuery, Printable } from '#platform';
import { GiveConsentDto } from '../consent/consent.dto.js';
import { ProfileFieldsDto } from './profile.dto.js';

export class RegisterJobseekerDto extends ProfileFieldsDto {
  @ApiProperty() @IsString() @MinLength(2) @MaxLength(100) @Printable() fullName: string;

  @ApiPropertyOptional({ type: [GiveConsentDto] })
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(1)
  @ValidateNested({ each: true })
  @Type(() => GiveConsentDto)
  consents?: GiveConsentDto[];
}

/** What an officer's list is narrowed by. */
export class ListJobseekersQuery extends PageQuery {
  @ApiPropertyOptional({ description: 'name or part of it, accents optional' })
  @IsOptional()
  @IsString()
  @MaxLength(100)
  @Printable()
  q?: string;

  @ApiPropertyOptional() @IsOptional() @Matches(/^\d{5}$/) communeCode?: string;
  @ApiPropertyOptional({ enum: activityStatuses })
  @IsOptional()
  @IsIn(activityStatuses)
  activityStatus?: string;
  @ApiPropertyOptional({ enum: technicalLevels })
  @IsOptional()
  @IsIn(technicalLevels)
  technicalLevel?: string;
  @ApiPropertyOptional({ enum: priorityGroups }) @IsOptional() @IsIn(priorityGroups) priorityGroup?: string;
}

/** The exact search: numbers of people travel in bodies, which nobody logs or bookmarks. */
export class SearchJobseekersDto extends ListJobseekersQuery {
  @ApiPropertyOptional() @IsOptional() @IsString() @MaxLength(25) phone?: string;
  @ApiPropertyOptional() @IsOptional() @IsString() @MaxLength(20) citizenId?: string;
}
