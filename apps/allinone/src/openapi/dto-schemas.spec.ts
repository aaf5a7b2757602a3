import { describe, expect, it } from '@jest/globals';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsInt, IsOptional, IsString, Max, MaxLength, Min } from 'class-validator';
import { DtoSchemas, type Class } from './dto-schemas.js';
import type { JsonSchema } from './json-schema.js';

/** What the completed schemas are, and what is found to contradict itself. */
function complete(dto: Class, schema: JsonSchema, from?: 'query' | 'json') {
  const components = new Map([[dto.name, schema]]);
  const dtos = new DtoSchemas(components);
  dtos.complete(dto, from);
  return { schema: components.get(dto.name), contradictions: dtos.contradictions };
}
const text = (required = true): JsonSchema => ({
  type: 'object',
  properties: { name: { type: 'string' } },
  ...(required ? { required: ['name'] } : {}),
});

describe('A DTO whose decorators contradict each other', () => {
  it('is told when the limits differ', () => {
    class NameDto {
      @ApiProperty({ maxLength: 200 }) @IsString() @MaxLength(100) name: string;
    }
    expect(complete(NameDto, text()).contradictions).toEqual([
      'NameDto.name: maxLength is 200 in @ApiProperty, 100 in its rules.',
    ]);
  });

  it('is told when a limit is only on paper', () => {
    class NameDto {
      @ApiProperty({ maxLength: 200 }) @IsString() name: string;
    }
    expect(complete(NameDto, text()).contradictions).toEqual([
      'NameDto.name: maxLength is 200 in @ApiProperty, undefined in its rules.',
    ]);
  });

  it('is told when the values differ', () => {
    class NameDto {
      @ApiProperty({ enum: ['a', 'b'] }) @IsIn(['a', 'c']) name: string;
    }
    expect(complete(NameDto, text()).contradictions).toEqual([
      'NameDto.name: enum of @ApiProperty and rules differ.',
    ]);
  });

  it('is told when it is required in one and not in the other', () => {
    class NameDto {
      @ApiProperty() @IsOptional() @IsString() name?: string;
    }
    class OtherDto {
      @ApiPropertyOptional() @IsString() name: string;
    }
    const differ = '@ApiProperty and its rules differ in whether it is required.';
    expect(complete(NameDto, text(false)).contradictions).toEqual([`NameDto.name: ${differ}`]);
    expect(complete(OtherDto, text()).contradictions).toEqual([`OtherDto.name: ${differ}`]);
  });

  it('is told when the type may be left out and the rules do not know it', () => {
    class NameDto {
      @IsString() name?: string;
    }
    expect(complete(NameDto, text(false)).contradictions).toEqual([
      'NameDto.name: its type is optional, its rules are not.',
    ]);
  });

  it('is told when null is promised and the type has none; a query has no null anyway', () => {
    class NameDto {
      @ApiPropertyOptional({ nullable: true }) @IsOptional() @IsString() name?: string;
    }
    expect(complete(NameDto, text(false)).contradictions).toEqual([
      'NameDto.name: null in @ApiProperty, not in its type.',
    ]);
    expect(complete(NameDto, text(false), 'query').contradictions).toEqual([]);
  });
});

describe('A DTO', () => {
  it('says what is taken when nothing is given', () => {
    class PageDto {
      @IsOptional() @IsInt() @Min(1) @Max(100) limit = 20;
    }
    const { schema, contradictions } = complete(PageDto, {
      type: 'object',
      properties: { limit: { type: 'number' } },
      required: ['limit'],
    });
    expect(contradictions).toEqual([]);
    expect(schema).toEqual({
      type: 'object',
      properties: { limit: { type: 'integer', minimum: 1, maximum: 100, default: 20 } },
      additionalProperties: false,
    });
  });

  it('has the texts of its annotations and the order of its value list', () => {
    class KindDto {
      @ApiProperty({ enum: ['small', 'big'], description: 'how big', example: 'big' })
      @IsIn(['small', 'big'])
      name: string;
    }
    expect(complete(KindDto, text()).schema?.properties?.['name']).toEqual({
      type: 'string',
      enum: ['small', 'big'],
      description: 'how big',
      examples: ['big'],
    });
  });
});
