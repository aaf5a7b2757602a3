import { applyDecorators } from '@nestjs/common';
import { ApiPropertyOptional } from '@nestjs/swagger';
import { type ClassConstructor, Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  Matches,
  Max,
  MaxLength,
  Min,
  ValidateNested,
} from 'class-validator';
import { Printable } from '#platform';

/** Fields of the form: each may be left out, and each may be null, which is "unknown". */
const unlessNull = (options: object): PropertyDecorator =>
  applyDecorators(ApiPropertyOptional({ nullable: true, ...options }), IsOptional());

export const TextField = (maxLength: number): PropertyDecorator =>
  applyDecorators(unlessNull({ type: String, maxLength }), IsString(), MaxLength(maxLength), Printable());

export const CodeField = (values: readonly string[]): PropertyDecorator =>
  applyDecorators(unlessNull({ type: String, enum: values }), IsIn(values));

export const PatternField = (pattern: RegExp, example: string): PropertyDecorator =>
  applyDecorators(unlessNull({ type: String, example }), Matches(pattern));

export const FlagField = (): PropertyDecorator => applyDecorators(unlessNull({ type: Boolean }), IsBoolean());

export const WholeNumberField = (max: number): PropertyDecorator =>
  applyDecorators(unlessNull({ type: Number, minimum: 0, maximum: max }), IsInt(), Min(0), Max(max));

const listOf = (maxItems: number): PropertyDecorator =>
  applyDecorators(IsOptional(), IsArray(), ArrayMaxSize(maxItems));

export const TextList = (maxItems: number, maxLength: number): PropertyDecorator =>
  applyDecorators(
    ApiPropertyOptional({ type: [String] }),
    listOf(maxItems),
    IsString({ each: true }),
    MaxLength(maxLength, { each: true }),
    Printable({ each: true }),
  );

export const CodeList = (values: readonly string[], maxItems = values.length): PropertyDecorator =>
  applyDecorators(
    ApiPropertyOptional({ type: [String], enum: values }),
    listOf(maxItems),
    IsIn(values, { each: true }),
  );

export const PatternList = (pattern: RegExp, maxItems: number): PropertyDecorator =>
  applyDecorators(
    ApiPropertyOptional({ type: [String] }),
    listOf(maxItems),
    Matches(pattern, { each: true }),
  );

export const PartList = (part: ClassConstructor<unknown>, maxItems: number): PropertyDecorator =>
  applyDecorators(
    ApiPropertyOptional({ type: [part] }),
    listOf(maxItems),
    ValidateNested({ each: true }),
    Type(() => part),
  );
