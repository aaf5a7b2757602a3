import { Matches } from 'class-validator';

const PRINTABLE = /^[\P{C}\p{Cf}\p{Co}\p{Cn}\t\r\n]*$/u;
const PRINTABLE_NOT_BLANK = /^(?=\s*\S)[\P{C}\p{Cf}\p{Co}\p{Cn}\t\r\n]*$/u;

/**
 * class-validator: a text of characters, or each of a list. Neither control characters but tabs and line breaks,
 * nor halves of surrogate pairs: PostgreSQL stores no NUL in any text and no such half in jsonb.
 */
export function Printable(options: { each?: boolean; notBlank?: boolean } = {}): PropertyDecorator {
  const { each, notBlank } = options;
  return notBlank
    ? Matches(PRINTABLE_NOT_BLANK, {
        each,
        context: {
          vi: 'để trống hoặc có ký tự điều khiển',
          en: 'is blank or has control characters',
        },
      })
    : Matches(PRINTABLE, { each, context: { vi: 'có ký tự điều khiển', en: 'has control characters' } });
}

export const isPrintable = (text: string): boolean => PRINTABLE.test(text);
