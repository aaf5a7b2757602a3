import { ApiPropertyOptional } from '@nestjs/swagger';
import { Transform, Type } from 'class-transformer';
import {
  IsBoolean,
  IsIn,
  IsInt,
  IsNumber,
  IsOptional,
  IsString,
  Matches,
  Max,
  MaxLength,
  Min,
  MinLength,
} from 'class-validator';
import { PageQuery } from '#platform';
import { EXPERIENCE_BANDS, KINDS, LEVELS, PAY_BANDS } from '../search/bands.js';

/** A trillion đồng a month: more than anyone is paid, and a number that the database holds. */
const MOST_PAY = 1_000_000_000_000;

/** `a=1&a=2` and `a=1,2` are the same list. */
const List = (): PropertyDecorator =>
  Transform(({ value }: { value: unknown }) =>
    (Array.isArray(value) ? value : [value])
      .flatMap((part) => String(part).split(','))
      .filter((part) => part !== ''),
  );

export class SearchOpeningsQuery extends PageQuery {
  @ApiPropertyOptional({
    description: 'Words, with or without accents; places and levels in it are understood',
  })
  @IsOptional()
  @IsString()
  @MaxLength(200)
  q?: string;

  @ApiPropertyOptional({
    description: 'The words are meant as written: none is completed or corrected',
    type: Boolean,
  })
  @IsOptional()
  @Transform(({ value }: { value: unknown }) => (value === 'true' ? true : value === 'false' ? false : value))
  @IsBoolean()
  exact?: boolean;

  @ApiPropertyOptional({ type: [String], description: 'Province codes' })
  @IsOptional()
  @List()
  @Matches(/^\d{2}$/, { each: true })
  province?: string[];

  @ApiPropertyOptional({ description: 'Commune code' })
  @IsOptional()
  @Matches(/^\d{5}$/)
  commune?: string;

  @ApiPropertyOptional({ minimum: 1, maximum: 300, description: 'Around the commune' })
  @IsOptional()
  @Type(() => Number)
  @IsNumber()
  @Min(1)
  @Max(300)
  radiusKm?: number;

  @ApiPropertyOptional({ type: [String], description: 'ISCO-08 codes of one to four digits' })
  @IsOptional()
  @List()
  @Matches(/^\d{1,4}$/, { each: true })
  occupation?: string[];

  @ApiPropertyOptional({ minimum: 0, maximum: MOST_PAY, description: 'At least so many đồng a month' })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(0)
  @Max(MOST_PAY)
  payMin?: number;

  @ApiPropertyOptional({ isArray: true, enum: LEVELS })
  @IsOptional()
  @List()
  @IsIn(LEVELS, { each: true })
  level?: string[];

  @ApiPropertyOptional({ isArray: true, enum: EXPERIENCE_BANDS })
  @IsOptional()
  @List()
  @IsIn(EXPERIENCE_BANDS, { each: true })
  experience?: string[];

  @ApiPropertyOptional({ isArray: true, enum: KINDS })
  @IsOptional()
  @List()
  @IsIn(KINDS, { each: true })
  kind?: string[];

  @ApiPropertyOptional({ isArray: true, enum: PAY_BANDS })
  @IsOptional()
  @List()
  @IsIn(PAY_BANDS, { each: true })
  pay?: string[];

  @ApiPropertyOptional({ enum: ['relevance', 'newest', 'payHigh'] })
  @IsOptional()
  @IsIn(['relevance', 'newest', 'payHigh'])
  sort?: 'relevance' | 'newest' | 'payHigh';
}

export class TypeaheadQuery {
  @IsString()
  @MinLength(1)
  @MaxLength(100)
  q: string;
}
