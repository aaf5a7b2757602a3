import { ApiProperty } from '@nestjs/swagger';
import { IsEmail, IsISO8601, IsOptional, IsString, Matches, MaxLength, MinLength } from 'class-validator';
import {
  activityStatuses,
  areaTypes,
  contractKinds,
  educationLevels,
  employmentForms,
  genders,
  priorityGroups,
  proficiencies,
  sectorCodes,
  technicalLevels,
} from '#contracts';
import { Printable } from '#platform';
import { valueLists, type ValueListName } from '#reference';
import {
  CodeField,
  CodeList,
  FlagField,
  PartList,
  PatternField,
  PatternList,
  TextField,
  TextList,
  WholeNumberField,
} from './fields.js';
const codes = (list: ValueListName): string[] => valueLists[list].map(({ code }) => code);
const COUNTRY = /^[A-Z]{2}$/;
const OCCUPATION = /^\d{1,4}$/;
const PROVINCE = /^\d{2}$/;
const COMMUNE = /^\d{5}$/;

/** A job that the person had. Only occupation, title and months leave this service. */
export class PastJobDto {
  @TextField(200) title?: string | null;
  @PatternField(OCCUPATION, '7212') occupationCode?: string | null;
  @TextField(200) employerName?: string | null;
  @WholeNumberField(720) months?: number | null;
  @TextField(1000) tasks?: string | null;
}

export class LanguageSkillDto {
  @ApiProperty({ example: 'en', description: 'ISO 639' }) @Matches(/^[a-z]{2,3}$/) code: string;
  @TextField(100) certificate?: string | null;
  @CodeField(proficiencies) proficiency?: (typeof proficiencies)[number] | null;
}

/** A place to work in: a province, a commune and how far around it, or a country. */
export class DesiredPlaceDto {
  @PatternField(PROVINCE, '38') provinceCode?: string | null;
  @PatternField(COMMUNE, '14797') communeCode?: string | null;
  @WholeNumberField(500) radiusKm?: number | null;
  @PatternField(COUNTRY, 'JP') countryCode?: string | null;
}

/**
 * Mẫu 01a as it is entered. What is left out of a registration is unknown; what is left out of a revision stays,
 * and null makes it unknown.
 */
export abstract class ProfileFieldsDto {
  @PatternField(/^\d{4}-\d{2}-\d{2}$/, '1998-05-17') @IsISO8601({ strict: true }) birthDate?: string | null;
  @CodeField(genders) gender?: string | null;
  @TextField(20) citizenId?: string | null;
  @TextField(20) socialInsuranceNo?: string | null;
  @TextField(25) phone?: string | null;
  @TextField(200) @IsEmail() email?: string | null;
  @CodeField(codes('ethnicity')) ethnicityCode?: string | null;
  @PatternField(PROVINCE, '38') provinceCode?: string | null;
  @PatternField(COMMUNE, '14797') communeCode?: string | null;
  @CodeList(priorityGroups) priorityGroups?: string[] | null;
  @CodeField(technicalLevels) technicalLevel?: string | null;
  @CodeField(activityStatuses) activityStatus?: string | null;

  @TextField(300) permanentAddress?: string | null;
  @TextField(300) currentAddress?: string | null;
  @CodeField(areaTypes) areaType?: string | null;
  @CodeField(educationLevels) educationLevel?: string | null;
  @TextField(200) specialty?: string | null;
  @CodeField(codes('inactiveReason')) inactiveReason?: string | null;
  @CodeField(codes('employmentStatus')) employmentStatus?: string | null;
  @CodeField(codes('unemploymentDuration')) unemploymentDuration?: string | null;
  @FlagField() everWorked?: boolean | null;
  @CodeField(codes('socialInsuranceKind')) socialInsuranceKind?: string | null;
  @PartList(PastJobDto, 20) experience?: PastJobDto[] | null;
  @WholeNumberField(720) experienceMonths?: number | null;
  @PartList(LanguageSkillDto, 10) languages?: LanguageSkillDto[] | null;
  @TextList(30, 100) itSkills?: string[] | null;
  @TextList(30, 100) softSkills?: string[] | null;
  @TextField(200) desiredTitle?: string | null;
  @PatternList(OCCUPATION, 10) desiredOccupationCodes?: string[] | null;
  @CodeList(sectorCodes) desiredSectorCodes?: string[] | null;
  @PartList(DesiredPlaceDto, 10) desiredPlaces?: DesiredPlaceDto[] | null;
  @PatternList(COUNTRY, 10) desiredMarkets?: string[] | null;
  @WholeNumberField(1_000_000_000_000) desiredPayMin?: number | null;
  @PatternField(/^[A-Z]{3}$/, 'VND') desiredPayCurrency?: string | null;
  @CodeField(contractKinds) contractKind?: string | null;
  @CodeField(employmentForms) employmentForm?: string | null;
  @TextField(1000) workConditionLimits?: string | null;
  @FlagField() wantsTraining?: boolean | null;
  @TextField(200) trainingTrade?: string | null;
  @CodeField(codes('trainingLevel')) trainingLevel?: string | null;
}

export class ReviseJobseekerDto extends ProfileFieldsDto {
  @ApiProperty({ required: false, minLength: 2, maxLength: 100 })
  @IsOptional()
  @IsString()
  @MinLength(2)
  @MaxLength(100)
  @Printable()
  fullName?: string;
}
