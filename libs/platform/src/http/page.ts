import { Type } from 'class-transformer';
import { IsInt, IsOptional, IsString, Max, MaxLength, Min } from 'class-validator';
import { ApiPropertyOptional } from '@nestjs/swagger';
import { invalidField } from '../problems/problem.js';

/** What every list takes. */
export class PageQuery {
  @ApiPropertyOptional({ type: 'integer', minimum: 1, maximum: 100, default: 20 })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(100)
  limit = 20;

  @ApiPropertyOptional({ description: 'nextCursor of the previous page' })
  @IsOptional()
  @IsString()
  @MaxLength(500)
  cursor?: string;
}

/** What every list answers. */
export interface Page<T> {
  items: T[];
  total: number;
  totalIsExact: boolean;
  nextCursor?: string;
}

/** An opaque cursor. */
export function encodeCursor(position: unknown): string {
  return Buffer.from(JSON.stringify(position)).toString('base64url');
}

/** What every service says of a cursor that it has not made. */
export const CURSOR_INVALID = {
  code: 'platform.cursor-invalid',
  vi: 'Vị trí trang không đúng; hãy bắt đầu lại từ trang đầu.',
  en: 'The cursor is not valid; start again from the first page.',
} as const;

/** @throws Problem 422 `platform.cursor-invalid` when the text is not a cursor of ours */
export function decodeCursor<T>(cursor: string, isPosition: (value: unknown) => value is T): T {
  try {
    const value: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
    if (isPosition(value)) return value;
  } catch {
    // told below
  }
  throw invalidField('cursor', CURSOR_INVALID.code, CURSOR_INVALID);
}

/** The commonest position: a sort key and an id. */
export const isTextPair = (value: unknown): value is [string, string] =>
  Array.isArray(value) && value.length === 2 && value.every((part) => typeof part === 'string');
