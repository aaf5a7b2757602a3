import { ValidationPipe, type ValidationError } from '@nestjs/common';
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

/** The pipe of every service: unknown fields are refused, each wrong field is named. 422 `<service>.validation`. */
export function validationPipe(service: string): ValidationPipe {
  return new ValidationPipe({
    whitelist: true,
    forbidNonWhitelisted: true,
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
