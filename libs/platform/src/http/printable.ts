import { Matches } from 'class-validator';

/**
 * class-validator: a text of characters, or each of a list. Neither control characters but tabs and line breaks,
 * nor halves of surrogate pairs: PostgreSQL stores no NUL in any text and no such half in jsonb.
 */
export function Printable(options: { each?: boolean } = {}): PropertyDecorator {
  return Matches(/^[\P{C}\p{Cf}\p{Co}\p{Cn}\t\r\n]*$/u, { ...options, message: 'has control characters' });
}
