import type { Bilingual } from './problem.js';

const INVALID: Bilingual = { vi: 'Yêu cầu không hợp lệ', en: 'The request is not valid' };

const TITLES: Record<number, Bilingual> = {
  401: { vi: 'Cần đăng nhập', en: 'Sign-in is required' },
  403: { vi: 'Bạn không có quyền làm việc này', en: 'You may not do this' },
  404: { vi: 'Không tìm thấy', en: 'Not found' },
  405: { vi: 'Phương thức không được hỗ trợ', en: 'The method is not supported' },
  413: { vi: 'Dữ liệu gửi lên quá lớn', en: 'The request is too large' },
  415: { vi: 'Định dạng gửi lên không được hỗ trợ', en: 'The content type is not supported' },
  429: { vi: 'Quá nhiều yêu cầu, xin thử lại sau', en: 'Too many requests, try again later' },
  500: { vi: 'Hệ thống gặp lỗi', en: 'Something failed on our side' },
  503: {
    vi: 'Hệ thống tạm thời chưa sẵn sàng, xin thử lại',
    en: 'Not available for the moment, please try again',
  },
};

/** What a status says by itself; of those without a title of their own, that the request is not valid. */
export const titleOf = (status: number): Bilingual => TITLES[status] ?? INVALID;
