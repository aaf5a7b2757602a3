import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiPropertyOptional, ApiTags } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsIn, IsInt, IsOptional, IsString, Matches, Max, MaxLength, Min } from 'class-validator';
import { notFound, Public } from '#platform';
import {
  type AdministrativeUnit,
  type FoundOccupation,
  type Occupation,
  occupation,
  type PlaceResolution,
  resolvePlace,
  searchAdministrativeUnits,
  searchOccupations,
  type Value,
  valueList,
  valueLists,
} from '#reference';

class UnitsQuery {
  @ApiPropertyOptional({ enum: ['province', 'commune'] })
  @IsOptional()
  @IsIn(['province', 'commune'])
  level?: 'province' | 'commune';
  @ApiPropertyOptional() @IsOptional() @Matches(/^\d{2}$/) parent?: string;
  @ApiPropertyOptional() @IsOptional() @IsString() @MaxLength(100) q?: string;
  @ApiPropertyOptional() @IsOptional() @Type(() => Number) @IsInt() @Min(1) @Max(1000) limit?: number;
}

class ResolveQuery {
  @IsString() @MaxLength(300) text: string;
}

class OccupationsQuery {
  @ApiPropertyOptional() @IsOptional() @IsString() @MaxLength(100) q?: string;
  @ApiPropertyOptional() @IsOptional() @Type(() => Number) @IsIn([1, 2, 3, 4]) level?: 1 | 2 | 3 | 4;
  @ApiPropertyOptional() @IsOptional() @Type(() => Number) @IsInt() @Min(1) @Max(700) limit?: number;
}

interface List<T> {
  items: T[];
  total: number;
  totalIsExact: boolean;
}

const list = <T>(items: readonly T[]): List<T> => ({
  items: [...items],
  total: items.length,
  totalIsExact: true,
});

/** An occupation without its job titles, and what of it the words met. */
type FoundGroup = Pick<Occupation, 'code' | 'level' | 'parent' | 'nameVi' | 'nameEn'> &
  Pick<FoundOccupation, 'matched'>;

/** Reference data for forms and other systems: places, occupations, value lists. */
@ApiTags('reference')
@Controller('reference')
@Public()
export class ReferenceController {
  /** Provinces and communes in force. */
  @Get('administrative-units')
  units(@Query() { level, parent, q, limit }: UnitsQuery): List<AdministrativeUnit> {
    return list(searchAdministrativeUnits({ level, parent, q, limit: limit ?? 1000 }));
  }

  /** The place that a text means, old provinces and districts included. */
  @Get('administrative-units/resolve')
  resolve(@Query() { text }: ResolveQuery): PlaceResolution {
    return resolvePlace(text);
  }

  /** Occupations (ISCO-08), found by code, name or job title. */
  @Get('occupations')
  occupations(@Query() query: OccupationsQuery): List<FoundGroup> {
    return list(
      searchOccupations(query).map(({ occupation: { code, level, parent, nameVi, nameEn }, matched }) => ({
        code,
        level,
        parent,
        nameVi,
        nameEn,
        matched,
      })),
    );
  }

  /** One occupation with its job titles. */
  @Get('occupations/:code')
  occupation(@Param('code') code: string): Occupation {
    const found = occupation(code);
    if (!found)
      throw notFound(
        'matching.occupation-not-found',
        'Không có nhóm nghề này',
        'There is no such occupation',
      );
    return found;
  }

  /** Names of the value lists. */
  @Get('value-lists')
  valueLists(): List<string> {
    return list(Object.keys(valueLists));
  }

  /** A value list: codes with Vietnamese and English labels. */
  @Get('value-lists/:name')
  valueList(@Param('name') name: string): List<Value> {
    const found = valueList(name);
    if (!found)
      throw notFound('matching.value-list-not-found', 'Không có danh mục này', 'There is no such value list');
    return list(found);
  }
}
