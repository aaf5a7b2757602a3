import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsEmail,
  IsIn,
  IsObject,
  IsOptional,
  MaxLength,
  ValidateNested,
} from 'class-validator';
import {
  contractKinds,
  educationLevels,
  employmentForms,
  extraDemands,
  type JobOpeningState,
  liftings,
  priorityGroups,
  proficiencies,
  technicalLevels,
  workPlaces,
  workPurposes,
  workSchedules,
} from '#contracts';
import { valueLists } from '#reference';
import { IsPhone, NoPersonalData, OneOf, Optional, SomeOf, Text, TextList } from '../fields.js';

type Details = JobOpeningState['details'];
const LANGUAGES = valueLists.language.map(({ code }) => code);

export class LanguageDto {
  @ApiProperty({ enum: LANGUAGES }) @IsIn(LANGUAGES) code: string;
  @NoPersonalData() @Text(100, { optional: true }) certificate?: string | null;
  @OneOf(proficiencies) proficiency?: Details['languages'][number]['proficiency'];
}

export class WorkConditionsDto {
  @OneOf(workPlaces) place?: NonNullable<Details['workConditions']>['place'];
  @OneOf(liftings) lifting?: NonNullable<Details['workConditions']>['lifting'];
  @NoPersonalData() @Text(200, { optional: true }) standing?: string | null;
  @NoPersonalData() @Text(200, { optional: true }) hearing?: string | null;
  @NoPersonalData() @Text(200, { optional: true }) vision?: string | null;
  @NoPersonalData() @Text(200, { optional: true }) handWork?: string | null;
  @NoPersonalData() @Text(200, { optional: true }) hands?: string | null;
}

/** Whom to reach about the posting: the company's own, public with it. */
export class ContactDto {
  @Text(150, { optional: true }) name?: string | null;
  @ApiPropertyOptional() @IsOptional() @IsPhone() phone?: string | null;
  @ApiPropertyOptional() @IsOptional() @IsEmail() @MaxLength(200) email?: string | null;
  @Text(300, { optional: true }) address?: string | null;
}

/** Requirements, conditions and benefits of Mẫu 01; everything may be left unsaid. */
export class OpeningDetailsDto {
  @NoPersonalData() @Text(20_000, { optional: true, multiline: true }) description?: string | null;
  @OneOf(educationLevels) minEducation?: Details['minEducation'];
  @OneOf(technicalLevels) minTechnicalLevel?: Details['minTechnicalLevel'];
  @NoPersonalData() @Text(300, { optional: true }) specialty?: string | null;
  @NoPersonalData() @Text(100, { optional: true }) skillGrade?: string | null;

  @ApiPropertyOptional({ type: [LanguageDto] })
  @Optional()
  @IsArray()
  @ArrayMaxSize(10)
  @ValidateNested({ each: true })
  @Type(() => LanguageDto)
  languages?: LanguageDto[];

  @TextList(50, 200) itSkills?: string[];
  @TextList(50, 200) softSkills?: string[];
  @OneOf(contractKinds) contractKind?: Details['contractKind'];
  @OneOf(employmentForms) employmentForm?: Details['employmentForm'];
  @OneOf(workSchedules) workSchedule?: Details['workSchedule'];
  @OneOf(workPurposes) workPurpose?: Details['workPurpose'];
  @SomeOf(extraDemands) extraDemands?: Details['extraDemands'];
  @NoPersonalData() @Text(200, { optional: true }) meals?: string | null;
  @TextList(50, 300) benefits?: string[];

  @ApiPropertyOptional({ type: WorkConditionsDto })
  @IsOptional()
  @IsObject()
  @ValidateNested()
  @Type(() => WorkConditionsDto)
  workConditions?: WorkConditionsDto | null;

  @SomeOf(priorityGroups) priorityGroups?: Details['priorityGroups'];
  @TextList(20, 200) recruitMethods?: string[];

  @ApiPropertyOptional({ type: ContactDto })
  @IsOptional()
  @IsObject()
  @ValidateNested()
  @Type(() => ContactDto)
  contact?: ContactDto | null;
}
