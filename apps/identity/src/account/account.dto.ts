import { ApiProperty, ApiPropertyOptional, PartialType } from '@nestjs/swagger';
import { IsEmail, IsIn, IsOptional, IsString, IsUUID, MaxLength } from 'class-validator';
import { PageQuery, Printable, type Role, roles } from '#platform';
import { IsAreas } from '../areas.js';
import { accountOrigins, type AccountOrigin, accountStatuses, type AccountStatus } from './account.entity.js';

const AREAS = 'part of the organisation’s areas that the officer is narrowed to; null = all of them';

export class CreateAccountDto {
  @ApiProperty({ format: 'email' }) @IsEmail() @MaxLength(254) email: string;

  @ApiProperty() @IsString() @MaxLength(200) @Printable({ notBlank: true }) fullName: string;

  @ApiProperty({ enum: roles }) @IsIn(roles) role: Role;

  @ApiPropertyOptional({
    type: String,
    format: 'uuid',
    nullable: true,
    description: 'required but for jobseekers and administrators; its kind must fit the role',
  })
  @IsOptional()
  @IsUUID()
  organisationId?: string | null;

  @ApiPropertyOptional({ type: [String], nullable: true, description: AREAS })
  @IsOptional()
  @IsAreas()
  narrowedAreas?: string[] | null;
}

export class EditAccountDto extends PartialType(CreateAccountDto) {
  @ApiPropertyOptional({ enum: accountStatuses })
  @IsOptional()
  @IsIn(accountStatuses)
  status?: AccountStatus;
}

export class AccountQuery extends PageQuery {
  @ApiPropertyOptional({ description: 'part of the name or e-mail, with or without accents' })
  @IsOptional()
  @IsString()
  @MaxLength(100)
  @Printable()
  q?: string;

  @ApiPropertyOptional({ enum: roles }) @IsOptional() @IsIn(roles) role?: Role;

  @ApiPropertyOptional({ enum: accountStatuses })
  @IsOptional()
  @IsIn(accountStatuses)
  status?: AccountStatus;

  @ApiPropertyOptional({ format: 'uuid' }) @IsOptional() @IsUUID() organisationId?: string;
}

export class AccountView {
  @ApiProperty({ format: 'uuid' }) id: string;
  @ApiProperty() version: number;
  @ApiProperty() email: string;
  @ApiProperty() fullName: string;
  @ApiProperty({ enum: roles }) role: Role;
  @ApiProperty({ type: String, format: 'uuid', nullable: true }) organisationId: string | null;
  @ApiProperty({ type: String, nullable: true }) organisationName: string | null;
  @ApiProperty({ type: [String], description: 'province codes; ["*"] is the whole country' }) areas: string[];
  @ApiProperty({ type: [String], nullable: true, description: AREAS }) narrowedAreas: string[] | null;
  @ApiProperty({ enum: accountStatuses }) status: AccountStatus;
  @ApiProperty({ enum: accountOrigins }) origin: AccountOrigin;
  @ApiProperty() createdAt: string;
  @ApiProperty() updatedAt: string;
  @ApiProperty({ type: String, nullable: true }) lastSignInAt: string | null;
}

export class AccountPage {
  @ApiProperty({ type: [AccountView] }) items: AccountView[];
  @ApiProperty() total: number;
  @ApiProperty() totalIsExact: boolean;
  @ApiPropertyOptional() nextCursor?: string;
}

export class PasswordCodeView {
  @ApiProperty({ description: 'to be given to the person; it is shown only now' }) code: string;
  @ApiProperty() expiresAt: string;
}
