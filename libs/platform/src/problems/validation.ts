import { type Type, ValidationPipe, type ValidationError } from '@nestjs/common';
import { plainToInstance } from 'class-transformer';
import { validate } from 'class-validator';
import { type Bilingual, type FieldProblem, Problem } from './problem.js';

/**
 * Texts of class-validator's constraints, whose names are the stable codes. The order is the order in which a field
 * is told what is wrong with it: first whether it is there, then its type, then its value.
 */
const TEXTS: Record<string, Bilingual> = {
  whitelistValidation: { vi: 'trường này không được nhận', en: 'is not a field that is taken' },
  isDefined: { vi: 'bắt buộc phải có', en: 'is required' },
  isArray: { vi: 'phải là danh sách', en: 'must be a list' },
  isObject: { vi: 'phải gồm các trường', en: 'must be an object' },
  nestedValidation: { vi: 'phải gồm các trường', en: 'must be an object' },
  isString: { vi: 'phải là chữ', en: 'must be a text' },
  isInt: { vi: 'phải là số nguyên', en: 'must be a whole number' },
  isNumber: { vi: 'phải là số', en: 'must be a number' },
  isBoolean: { vi: 'phải là đúng hoặc sai', en: 'must be true or false' },
  isNotEmpty: { vi: 'không được để trống', en: 'must not be empty' },
  isIn: { vi: 'giá trị không có trong danh mục', en: 'is not one of the values that are taken' },
  isEnum: { vi: 'giá trị không có trong danh mục', en: 'is not one of the values that are taken' },
  minLength: { vi: 'quá ngắn', en: 'is too short' },
  maxLength: { vi: 'quá dài', en: 'is too long' },
  isEmail: { vi: 'địa chỉ thư điện tử chưa đúng', en: 'is not an e-mail address' },
  isUuid: { vi: 'mã không đúng dạng', en: 'is not a UUID' },
  isDateString: { vi: 'ngày phải có dạng NĂM-THÁNG-NGÀY', en: 'must be a date, YYYY-MM-DD' },
  isIso8601: { vi: 'ngày phải có dạng NĂM-THÁNG-NGÀY', en: 'must be a date, YYYY-MM-DD' },
  isUrl: { vi: 'địa chỉ trang web chưa đúng', en: 'is not a web address' },
  matches: { vi: 'không đúng dạng quy định', en: 'does not have the form that is asked for' },
  min: { vi: 'nhỏ hơn mức cho phép', en: 'is less than allowed' },
  max: { vi: 'lớn hơn mức cho phép', en: 'is more than allowed' },
  arrayMinSize: { vi: 'quá ít mục', en: 'has too few items' },
  arrayMaxSize: { vi: 'quá nhiều mục', en: 'has too many items' },
  arrayUnique: { vi: 'có mục lặp lại', en: 'has the same item twice' },
};
const ORDER = Object.keys(TEXTS);
const rank = (constraint: string): number =>
  ORDER.includes(constraint) ? ORDER.indexOf(constraint) : Infinity;
const UNTOLD: Bilingual = { vi: 'chưa đúng', en: 'is not valid' };

/** Whether people can be told of it. A constraint of one's own is told by `context: { vi, en }` in its options. */
export const isTold = (constraint: string, context?: unknown): boolean =>
  Boolean(TEXTS[constraint] ?? (context as Bilingual | undefined)?.vi);

/** One fault a field, the most basic. */
function flatten(errors: ValidationError[], parent = ''): FieldProblem[] {
  return errors.flatMap((error) => {
    const field = parent ? `${parent}.${error.property}` : error.property;
    const [code] = Object.keys(error.constraints ?? {}).sort((a, b) => rank(a) - rank(b));
    if (code === undefined) return flatten(error.children ?? [], field);
    const own = error.contexts?.[code] as Bilingual | undefined;
    return [{ field, code, message: own ?? TEXTS[code] ?? UNTOLD }];
  });
}

const STRICT = { whitelist: true, forbidNonWhitelisted: true };

/**
 * One of many values that are right or wrong each for itself (rows of a list), checked as the pipe checks a body.
 * @returns the value as an instance, or what is wrong with it
 */
export async function checked<T extends object>(
  type: Type<T>,
  value: unknown,
): Promise<{ value: T; faults?: undefined } | { value?: undefined; faults: FieldProblem[] }> {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return { faults: [{ field: '', code: 'isObject', message: TEXTS['isObject'] ?? UNTOLD }] };
  const instance = plainToInstance(type, value);
  const faults = flatten(await validate(instance, { ...STRICT, forbidUnknownValues: false }));
  return faults.length > 0 ? { faults } : { value: instance };
}

/** The pipe of every service: unknown fields are refused, each wrong field is named. 422 `<service>.validation`. */
export function validationPipe(service: string): ValidationPipe {
  return new ValidationPipe({
    ...STRICT,
    transform: true,
    exceptionFactory: (errors) => {
      const fields = flatten(errors);
      return new Problem({
        status: 422,
        code: `${service}.validation`,
        title: { vi: 'Dữ liệu chưa hợp lệ', en: 'The data is not valid' },
        detail: { vi: sentence(fields, 'vi'), en: sentence(fields, 'en') },
        errors: fields,
      });
    },
  });
}

const sentence = (fields: readonly FieldProblem[], language: keyof Bilingual): string =>
  fields.map(({ field, message }) => `${field}: ${message[language]}`).join('; ');
