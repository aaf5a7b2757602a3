import { HttpException } from '@nestjs/common';

/** A text in both languages of the product. */
export interface Bilingual {
  vi: string;
  en: string;
}

export interface FieldProblem {
  /** Path of the offending field, dots between levels: `pay.min`. */
  field: string;
  code: string;
  /** What is wrong, without the name of the field: the caller is told it in one language. */
  message: Bilingual;
}

export interface ProblemOptions {
  status: number;
  /** Stable, `service.kebab-code`: clients may rely on it. */
  code: string;
  title: Bilingual;
  detail?: Bilingual;
  errors?: FieldProblem[];
  /** Further members of the problem document. */
  extensions?: Record<string, unknown>;
  headers?: Record<string, string>;
}

/** An error that is told to the caller as problem+json (RFC 9457). */
export class Problem extends HttpException {
  constructor(readonly problem: ProblemOptions) {
    super(problem.code, problem.status);
  }
}

/** 404 `<service>.<what>-not-found`. Also the answer for what the caller may not know to exist. */
export function notFound(code: string, vi: string, en: string): Problem {
  return new Problem({ status: 404, code, title: { vi, en } });
}

/** 409: the request is well-formed but the aggregate's state refuses it; `detail` names the rule. */
export function conflict(code: string, title: Bilingual, detail?: Bilingual): Problem {
  return new Problem({ status: 409, code, title, detail });
}

/** 422 of one field. */
export function invalidField(field: string, code: string, message: Bilingual): Problem {
  return new Problem({
    status: 422,
    code,
    title: { vi: 'Dữ liệu chưa hợp lệ', en: 'The data is not valid' },
    detail: message,
    errors: [{ field, code, message }],
  });
}
