import type { ProblemOptions } from './problem.js';

type Told = Pick<ProblemOptions, 'code' | 'detail'>;

/** By the framework's code, or else by what its message begins with: Nest's pipes give no codes. */
const TOLD: Record<string, Told> = {
  FST_ERR_CTP_INVALID_JSON_BODY: {
    code: 'platform.body-not-json',
    detail: { vi: 'Nội dung gửi lên không phải là JSON hợp lệ.', en: 'The body is not valid JSON.' },
  },
  FST_ERR_CTP_EMPTY_JSON_BODY: {
    code: 'platform.body-empty',
    detail: {
      vi: 'Nội dung gửi lên trống; hãy gửi JSON, hoặc bỏ tiêu đề Content-Type.',
      en: 'The body is empty: send JSON, or leave out the Content-Type header.',
    },
  },
  FST_ERR_CTP_INVALID_MEDIA_TYPE: {
    code: 'platform.media-type',
    detail: {
      vi: 'Hãy gửi nội dung dạng JSON với tiêu đề Content-Type: application/json.',
      en: 'Send the body as JSON, with the header Content-Type: application/json.',
    },
  },
  FST_ERR_BAD_URL: {
    code: 'platform.url-invalid',
    detail: { vi: 'Địa chỉ có ký tự mã hoá sai sau dấu %.', en: 'The address has a wrong %-encoding.' },
  },
  FST_ERR_MAX_PARAM_LENGTH: {
    code: 'platform.url-invalid',
    detail: { vi: 'Địa chỉ quá dài.', en: 'The address is too long.' },
  },
  'Validation failed (uuid': {
    code: 'platform.id-invalid',
    detail: {
      vi: 'Mã trong địa chỉ không đúng dạng UUID.',
      en: 'The id in the address is not a UUID.',
    },
  },
};

/** What is told of an error that the framework raised: its own messages are for developers, in one language. */
export function frameworkProblem(error: unknown): Told | undefined {
  if (!(error instanceof Error)) return undefined;
  const { code } = (error.cause ?? error) as { code?: unknown };
  if (typeof code === 'string' && TOLD[code]) return TOLD[code];
  return Object.entries(TOLD).find(([beginning]) => error.message.startsWith(beginning))?.[1];
}
