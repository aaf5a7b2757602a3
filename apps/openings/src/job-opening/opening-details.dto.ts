import { ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { ArrayMaxSize, IsArray, IsEmail, IsOptional, MaxLength, ValidateNested } from 'class-validator';
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
import { IsPhone, NoPersonalData, OneOf, SomeOf, Text, TextList } from '../fields.js';

type Details = JobOpeningState['details'];

export class LanguageDto {
  @Text(20) code: string;
  @Text(100, { optional: true }) certificate?: string | null;
  @OneOf(proficiencies) proficiency?: Details['languages'][number]['proficiency'];
}

export class WorkConditionsDto {
  @OneOf(workPlaces) place?: NonNullable<Details['workConditions']>['place'];
  @OneOf(liftings) lifting?: NonNullable<Details['workConditions']>['lifting'];
  @Text(200, { optional: true }) standing?: string | null;
  @Text(200, { optional: true }) hearing?: string | null;
  @Text(200, { optional: true }) vision?: string | null;
  @Text(200, { optional: true }) handWork?: string | null;
  @Text(200, { optional: true }) hands?: string | null;
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
  @Text(100, { optional: true }) skillGrade?: string | null;

  @ApiPropertyOptional({ type: [LanguageDto] })
  @IsOptional()
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
  @Text(200, { optional: true }) meals?: string | null;
  @TextList(50, 300) benefits?: string[];

  @ApiPropertyOptional({ type: WorkConditionsDto })
  @IsOptional()
  @ValidateNested()
  @Type(() => WorkConditionsDto)
  workConditions?: WorkConditionsDto | null;

  @SomeOf(priorityGroups) priorityGroups?: Details['priorityGroups'];
  @TextList(20, 200) recruitMethods?: string[];

  @ApiPropertyOptional({ type: ContactDto })
  @IsOptional()
  @ValidateNested()
  @Type(() => ContactDto)
  contact?: ContactDto | null;
}
