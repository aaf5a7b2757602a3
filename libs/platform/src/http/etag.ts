import { Problem } from '../problems/problem.js';

/** The entity tag of an aggregate's version. */
export function etagOf(version: number): string {
  return `"${version}"`;
}

/**
 * The version that an edit is based on, from `If-Match`.
 * @throws Problem 428 `platform.if-match-required` without the header, 412 when it is no tag of ours
 */
export function versionFromIfMatch(header: string | undefined): number {
  if (!header) {
    throw new Problem({
      status: 428,
      code: 'platform.if-match-required',
      title: { vi: 'Thiếu phiên bản của bản ghi', en: 'The version of the record is missing' },
      detail: {
        vi: 'Gửi ETag của bản ghi trong tiêu đề If-Match để không ghi đè lên sửa đổi của người khác.',
        en: 'Send the ETag of the record as If-Match, so that nobody’s changes are overwritten.',
      },
    });
  }
  const match = /^(?:W\/)?"(\d+)"$/.exec(header);
  if (!match) throw staleVersion();
  return Number(match[1]);
}

/** 412: somebody else has changed the record since it was read. */
export function staleVersion(current?: number): Problem {
  return new Problem({
    status: 412,
    code: 'platform.version-conflict',
    title: { vi: 'Bản ghi đã được người khác sửa', en: 'The record was changed by somebody else' },
    detail: { vi: 'Hãy tải lại rồi sửa tiếp.', en: 'Load it again, then edit.' },
    extensions: current === undefined ? undefined : { currentVersion: current },
  });
}
