import { applyDecorators } from '@nestjs/common';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsIn,
  IsOptional,
  IsString,
  Matches,
  MaxLength,
  MinLength,
  registerDecorator,
  ValidateIf,
} from 'class-validator';
import { Printable } from '#platform';
import { isFreeOfPersonalData } from '#reference';

/** A text of 1 to `max` characters, trimmed and NFC; an empty optional one is null. */
export function Text(
  max: number,
  options: { optional?: boolean; min?: number; multiline?: boolean } = {},
): PropertyDecorator {
  const { optional = false, min = 1 } = options;
  return applyDecorators(
    optional
      ? ApiPropertyOptional({ type: String, maxLength: max, nullable: true })
      : ApiProperty({ type: String, maxLength: max }),
    Transform(({ value }: { value: unknown }) => {
      if (typeof value !== 'string') return value;
      const text = value.normalize('NFC').trim();
      return text === '' && optional ? null : text;
    }),
    ...(optional ? [IsOptional()] : []),
    IsString(),
    MinLength(min),
    MaxLength(max),
    Printable(),
  );
}

/** May be left out, but not be null. */
export function Optional(): PropertyDecorator {
  return ValidateIf((_, value) => value !== undefined);
}

/** Up to `count` texts of up to `max` characters. */
export function TextList(count: number, max: number): PropertyDecorator {
  return applyDecorators(
    ApiPropertyOptional({ type: [String], maxItems: count }),
    Transform(({ value }: { value: unknown }) =>
      Array.isArray(value)
        ? value.map((text: unknown) => (typeof text === 'string' ? text.normalize('NFC').trim() : text))
        : value,
    ),
    Optional(),
    IsArray(),
    ArrayMaxSize(count),
    IsString({ each: true }),
    MinLength(1, { each: true }),
    MaxLength(max, { each: true }),
    Printable({ each: true }),
    NoPersonalData(),
  );
}

/** One code of a value list, or unsaid. */
export function OneOf(values: readonly string[]): PropertyDecorator {
  return applyDecorators(ApiPropertyOptional({ enum: values, nullable: true }), IsOptional(), IsIn(values));
}

/** Any codes of a value list. */
export function SomeOf(values: readonly string[]): PropertyDecorator {
  return applyDecorators(
    ApiPropertyOptional({ enum: values, isArray: true }),
    Optional(),
    IsArray(),
    ArrayMaxSize(values.length),
    IsIn(values, { each: true }),
  );
}

/** A phone number as people write it; 8 to 15 digits. */
export function IsPhone(): PropertyDecorator {
  return Matches(/^\+?[\d\s.()-]{8,20}$/);
}

/**
 * Free text that becomes public and goes into events must not hold citizen ids, phones or e-mail addresses
 * (Law 91/2025/QH15): they belong into the contact fields.
 */
export function NoPersonalData(): PropertyDecorator {
  return (target, property) => {
    registerDecorator({
      name: 'noPersonalData',
      target: target.constructor,
      propertyName: property as string,
      options: {
        context: {
          vi: 'không ghi số giấy tờ, số điện thoại hay thư điện tử vào đây; hãy dùng ô liên hệ',
          en: 'holds a citizen id, a phone number or an e-mail address; use the contact fields',
        },
      },
      validator: {
        validate: (value: unknown) =>
          [value].flat().every((text) => typeof text !== 'string' || isFreeOfPersonalData(text)),
      },
    });
  };
}
