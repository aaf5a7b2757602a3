import { ApiPropertyOptional, PartialType } from '@nestjs/swagger';
import { IsEmail, IsOptional, IsUrl, Matches, MaxLength } from 'class-validator';
import {
  areaTypes,
  type EmployerState,
  employerTypes,
  sectorCodes,
  sizeBands,
  verificationStatuses,
} from '#contracts';
import { PageQuery } from '#platform';
import { IsPhone, NoPersonalData, OneOf, Text } from '../fields.js';

/** An employer as it registers (Mẫu 01, part I). */
export class CreateEmployerDto {
  @NoPersonalData() @Text(300, { min: 2 }) legalName: string;
  @ApiPropertyOptional({ description: 'tax or business registration number, unique' })
  @IsOptional()
  @Matches(/^[0-9A-Z-]{3,20}$/)
  registrationNo?: string | null;
  @OneOf(employerTypes) employerType?: EmployerState['employerType'];
  @OneOf(sectorCodes) sectorCode?: EmployerState['sectorCode'];
  @OneOf(sizeBands) sizeBand?: EmployerState['sizeBand'];
  @ApiPropertyOptional() @IsOptional() @Matches(/^\d{2}$/) provinceCode?: string | null;
  @ApiPropertyOptional() @IsOptional() @Matches(/^\d{5}$/) communeCode?: string | null;
  @Text(300, { optional: true }) addressLine?: string | null;
  @NoPersonalData() @Text(200, { optional: true }) industrialZone?: string | null;
  @OneOf(areaTypes) areaType?: EmployerState['areaType'];
  @ApiPropertyOptional() @IsOptional() @IsPhone() phone?: string | null;
  @ApiPropertyOptional() @IsOptional() @IsEmail() @MaxLength(200) email?: string | null;
  @ApiPropertyOptional() @IsOptional() @IsUrl() @MaxLength(300) website?: string | null;
  @Text(150, { optional: true }) contactName?: string | null;
  @Text(150, { optional: true }) contactTitle?: string | null;
}

export class UpdateEmployerDto extends PartialType(CreateEmployerDto, { skipNullProperties: false }) {}

export class ListEmployersQuery extends PageQuery {
  @OneOf(verificationStatuses) status?: EmployerState['verificationStatus'];
  @Text(200, { optional: true }) q?: string | null;
}

export class VerifyEmployerDto {
  @NoPersonalData() @Text(1000, { optional: true, multiline: true }) reason?: string | null;
}
