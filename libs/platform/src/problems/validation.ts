import { type Type, ValidationPipe, type ValidationError } from '@nestjs/common';
import { plainToInstance } from 'class-transformer';
import { validate } from 'class-validator';
import { type FieldProblem, Problem } from './problem.js';

/** class-validator's constraint names in Vietnamese; the names themselves are the stable codes. */
const MESSAGES: Record<string, string> = {
  whitelistValidation: 'trường này không được nhận',
  isDefined: 'bắt buộc phải có',
  isNotEmpty: 'không được để trống',
  isString: 'phải là chữ',
  isInt: 'phải là số nguyên',
  isNumber: 'phải là số',
  isBoolean: 'phải là đúng hoặc sai',
  isEmail: 'địa chỉ thư điện tử chưa đúng',
  isUuid: 'mã không đúng dạng',
  isIn: 'giá trị không có trong danh mục',
  isEnum: 'giá trị không có trong danh mục',
  isArray: 'phải là danh sách',
  isDateString: 'ngày phải có dạng NĂM-THÁNG-NGÀY',
  matches: 'không đúng dạng quy định',
  min: 'nhỏ hơn mức cho phép',
  max: 'lớn hơn mức cho phép',
  minLength: 'quá ngắn',
  maxLength: 'quá dài',
  arrayMaxSize: 'quá nhiều mục',
  nestedValidation: 'dữ liệu bên trong chưa đúng',
};

function flatten(errors: ValidationError[], parent = ''): FieldProblem[] {
  return errors.flatMap((error) => {
    const field = parent ? `${parent}.${error.property}` : error.property;
    const own = Object.entries(error.constraints ?? {}).map(([name, english]) => ({
      field,
      code: name,
      message: MESSAGES[name] ?? english,
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
    return { faults: [{ field: '', code: 'isObject', message: 'phải gồm các trường' }] };
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
          vi: fields.map((f) => `${f.field}: ${f.message}`).join('; '),
          en: fields.map((f) => `${f.field}: ${f.code}`).join('; '),
        },
        errors: fields,
      });
    },
  });
}
