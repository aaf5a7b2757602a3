import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  IsArray,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  IsUUID,
  Matches,
  MaxLength,
  Min,
  MinLength,
  ValidateNested,
} from 'class-validator';
import { type JobOpeningState, payKinds, positionLevels } from '#contracts';

export class WorkplaceDto {
  @ApiPropertyOptional() @IsOptional() @Matches(/^\d{2}$/) provinceCode: string | null = null;
  @ApiPropertyOptional() @IsOptional() @Matches(/^\d{5}$/) communeCode: string | null = null;
  @ApiPropertyOptional() @IsOptional() @IsString() @MaxLength(300) text: string | null = null;
}

export class PayDto {
  @ApiProperty({ enum: payKinds }) @IsIn(payKinds) kind: JobOpeningState['pay']['kind'];
  @ApiPropertyOptional() @IsOptional() @IsInt() @Min(0) min: number | null = null;
  @ApiPropertyOptional() @IsOptional() @IsInt() @Min(0) max: number | null = null;
  @ApiPropertyOptional() @IsOptional() @Matches(/^[A-Z]{3}$/) currency: string | null = null;
  @ApiPropertyOptional() @IsOptional() @IsString() @MaxLength(200) text: string | null = null;
}

/** A job opening as it is entered (Mẫu 01). */
export class CreateJobOpeningDto {
  @ApiProperty() @IsString() @MinLength(3) @MaxLength(300) title: string;
  @ApiProperty() @IsInt() @Min(1) quantity: number;
  @ApiPropertyOptional() @IsOptional() @IsUUID() employerId: string | null = null;
  @ApiPropertyOptional() @IsOptional() @Matches(/^\d{1,4}$/) occupationCode: string | null = null;
  @ApiPropertyOptional({ enum: positionLevels })
  @IsOptional()
  @IsIn(positionLevels)
  positionLevel: JobOpeningState['positionLevel'] = null;
  @ApiProperty({ type: [WorkplaceDto] })
  @IsArray()
  @ValidateNested({ each: true })
  @Type(() => WorkplaceDto)
  workplaces: WorkplaceDto[];
  @ApiProperty() @ValidateNested() @Type(() => PayDto) pay: PayDto;
  @ApiPropertyOptional() @IsOptional() @IsString() @MaxLength(20000) description: string | null = null;
  @ApiPropertyOptional() @IsOptional() @Matches(/^\d{4}-\d{2}-\d{2}$/) deadline: string | null = null;
}

export class ActionDto {
  @ApiPropertyOptional() @IsOptional() @IsString() @MaxLength(1000) reason?: string;
}
