import { ApiProperty, ApiPropertyOptional, PartialType, OmitType } from '@nestjs/swagger';
import { IsBoolean, IsIn, IsOptional, IsString, Matches, MaxLength, MinLength } from 'class-validator';
import {
  type OrganisationKind,
  organisationKinds,
  type OrganisationStatus,
  organisationStatuses,
} from '#contracts';
import { PageQuery, Printable } from '#platform';
import { IsAreas } from '../areas.js';

const AREAS = 'codes of provinces in force; ["*"] is the whole country';

export class CreateOrganisationDto {
  @ApiProperty({ enum: organisationKinds }) @IsIn(organisationKinds) kind: OrganisationKind;

  @ApiProperty({ minLength: 2, maxLength: 300 })
  @IsString()
  @MinLength(2)
  @MaxLength(300)
  @Printable({ notBlank: true })
  name: string;

  @ApiProperty({ type: [String], description: AREAS }) @IsAreas() areas: string[];

  @ApiPropertyOptional({
    default: false,
    description: 'a household business or an individual employer: the name stays out of events',
  })
  @IsOptional()
  @IsBoolean()
  naturalPerson?: boolean;
}

export class EditOrganisationDto extends PartialType(OmitType(CreateOrganisationDto, ['kind'])) {
  @ApiPropertyOptional({ enum: organisationStatuses, description: 'suspended: its people cannot sign in' })
  @IsOptional()
  @IsIn(organisationStatuses)
  status?: OrganisationStatus;
}

export class OrganisationQuery extends PageQuery {
  @ApiPropertyOptional({ description: 'part of the name, with or without accents' })
  @IsOptional()
  @IsString()
  @MaxLength(100)
  @Printable()
  q?: string;

  @ApiPropertyOptional({ enum: organisationKinds })
  @IsOptional()
  @IsIn(organisationKinds)
  kind?: OrganisationKind;

  @ApiPropertyOptional({ enum: organisationStatuses })
  @IsOptional()
  @IsIn(organisationStatuses)
  status?: OrganisationStatus;

  @ApiPropertyOptional({ description: 'province code' })
  @IsOptional()
  @Matches(/^\d{2}$/)
  province?: string;
}

export class OrganisationView {
  @ApiProperty({ format: 'uuid' }) id: string;
  @ApiProperty() version: number;
  @ApiProperty({ enum: organisationKinds }) kind: OrganisationKind;
  @ApiProperty() name: string;
  @ApiProperty() naturalPerson: boolean;
  @ApiProperty({ type: [String], description: AREAS }) areas: string[];
  @ApiProperty({ enum: organisationStatuses }) status: OrganisationStatus;
  @ApiProperty() createdAt: string;
  @ApiProperty() updatedAt: string;
}

export class OrganisationPage {
  @ApiProperty({ type: [OrganisationView] }) items: OrganisationView[];
  @ApiProperty() total: number;
  @ApiProperty() totalIsExact: boolean;
  @ApiPropertyOptional() nextCursor?: string;
}
