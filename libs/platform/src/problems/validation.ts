import { type Type, ValidationPipe, type ValidationError } from '@nestjs/common';
import { plainToInstance } from 'class-transformer';
import { validate } from 'class-validator';
import { type Bilingual, type FieldProblem, Problem } from './problem.js';

/** What the names of constraints say to people; the names themselves are the stable codes. */
const MESSAGES: Record<string, Bilingual> = {
  whitelistValidation: { vi: 'trường này không được nhận', en: 'is not accepted' },
  isDefined: { vi: 'bắt buộc phải có', en: 'is required' },
  isNotEmpty: { vi: 'không được để trống', en: 'must not be empty' },
  isString: { vi: 'phải là chữ', en: 'must be text' },
  isInt: { vi: 'phải là số nguyên', en: 'must be a whole number' },
  isNumber: { vi: 'phải là số', en: 'must be a number' },
  isBoolean: { vi: 'phải là đúng hoặc sai', en: 'must be true or false' },
  isEmail: { vi: 'địa chỉ thư điện tử chưa đúng', en: 'is not an e-mail address' },
  isUuid: { vi: 'mã không đúng dạng', en: 'is not an identifier' },
  isIn: { vi: 'giá trị không có trong danh mục', en: 'is not in the list' },
  isEnum: { vi: 'giá trị không có trong danh mục', en: 'is not in the list' },
  isArray: { vi: 'phải là danh sách', en: 'must be a list' },
  isDateString: { vi: 'ngày phải có dạng NĂM-THÁNG-NGÀY', en: 'must be a date as YEAR-MONTH-DAY' },
  matches: { vi: 'không đúng dạng quy định', en: 'has another form than prescribed' },
  min: { vi: 'nhỏ hơn mức cho phép', en: 'is less than allowed' },
  max: { vi: 'lớn hơn mức cho phép', en: 'is more than allowed' },
  minLength: { vi: 'quá ngắn', en: 'is too short' },
  maxLength: { vi: 'quá dài', en: 'is too long' },
  arrayMaxSize: { vi: 'quá nhiều mục', en: 'has too many entries' },
  isObject: { vi: 'phải gồm các trường', en: 'must have fields' },
  isUrl: { vi: 'địa chỉ trang web chưa đúng', en: 'is not a web address' },
  noPersonalData: {
    vi: 'có số căn cước, số điện thoại hoặc thư điện tử: hãy ghi vào phần liên hệ',
    en: 'holds a citizen id, a phone number or an e-mail address: put it into the contact fields',
  },
  nestedValidation: { vi: 'dữ liệu bên trong chưa đúng', en: 'holds wrong data' },
};

function flatten(errors: ValidationError[], parent = ''): FieldProblem[] {
  return errors.flatMap((error) => {
    const field = parent ? `${parent}.${error.property}` : error.property;
    const own = Object.entries(error.constraints ?? {}).map(([name, english]) => ({
      field,
      code: name,
      message: MESSAGES[name] ?? { vi: english, en: english },
    }));
    return [...own, ...flatten(error.children ?? [], field)];
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
    return { faults: [{ field: '', code: 'isObject', message: MESSAGES['isObject']! }] };
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
        detail: {
          vi: fields.map((f) => `${f.field}: ${f.message.vi}`).join('; '),
          en: fields.map((f) => `${f.field}: ${f.message.en}`).join('; '),
        },
        errors: fields,
      });
    },
  });
}
