import { conflict, type FieldProblem, notFound, Problem } from '#platform';

/** One field that is wrong. */
export type FieldFault = FieldProblem;

interface FaultKind {
  code: string;
  vi: string;
  en: string;
}

/** What can be wrong with a profile beyond its shape. */
export const codesOf = {
  fullName: {
    code: 'jobseekers.full-name-invalid',
    vi: 'Họ tên chỉ gồm chữ cái, ít nhất hai chữ.',
    en: 'A name has letters only, two at least.',
  },
  birthDate: {
    code: 'jobseekers.birth-date-invalid',
    vi: 'Ngày sinh chưa đúng.',
    en: 'The birth date cannot be right.',
  },
  citizenId: {
    code: 'jobseekers.citizen-id-invalid',
    vi: 'Số căn cước gồm 12 chữ số.',
    en: 'A citizen id has 12 digits.',
  },
  socialInsuranceNo: {
    code: 'jobseekers.social-insurance-no-invalid',
    vi: 'Mã số bảo hiểm xã hội gồm 10 chữ số.',
    en: 'A social-insurance number has 10 digits.',
  },
  phone: {
    code: 'jobseekers.phone-invalid',
    vi: 'Số điện thoại chưa đúng.',
    en: 'This is not a phone number.',
  },
  unknownUnit: {
    code: 'jobseekers.unit-unknown',
    vi: 'Không có đơn vị hành chính mang mã này.',
    en: 'There is no administrative unit with this code.',
  },
  communeElsewhere: {
    code: 'jobseekers.commune-not-in-province',
    vi: 'Xã, phường này không thuộc tỉnh đã chọn.',
    en: 'This commune is not in the given province.',
  },
  outsideArea: {
    code: 'jobseekers.outside-area',
    vi: 'Người này không thuộc địa bàn của bạn.',
    en: 'This person does not live in your area.',
  },
  provinceMissing: {
    code: 'jobseekers.province-required',
    vi: 'Bạn phụ trách nhiều tỉnh: cần chọn tỉnh của người này.',
    en: 'You are responsible for several provinces: choose the person’s one.',
  },
  otherSituation: {
    code: 'jobseekers.not-in-this-situation',
    vi: 'Trường này không dùng với tình trạng việc làm đã chọn.',
    en: 'This field does not go with the activity status.',
  },
  currencyMissing: {
    code: 'jobseekers.currency-required',
    vi: 'Cần chọn loại tiền của mức lương.',
    en: 'An amount needs its currency.',
  },
  personalDataInText: {
    code: 'jobseekers.personal-data-in-text',
    vi: 'Không ghi họ tên, số điện thoại, thư điện tử hay số giấy tờ vào ô này: nhiều người sẽ đọc được.',
    en: 'No name, phone, e-mail or document number here: many will read this text.',
  },
  identifierInUrl: {
    code: 'jobseekers.identifier-in-url',
    vi: 'Tìm theo số điện thoại hay số căn cước bằng ô tìm chính xác.',
    en: 'Search for phone and id numbers with the exact search, never in an address.',
  },
  consentText: {
    code: 'jobseekers.consent-text-unknown',
    vi: 'Nội dung đồng ý đã thay đổi; hãy đọc lại rồi đồng ý.',
    en: 'The text of the consent has changed: read it again.',
  },
  claimCode: {
    code: 'jobseekers.claim-code-invalid',
    vi: 'Mã nhận hồ sơ không đúng hoặc đã hết hạn.',
    en: 'The claim code is wrong or has expired.',
  },
  identityCheck: {
    code: 'jobseekers.identity-check-required',
    vi: 'Hồ sơ gắn với một tài khoản chưa xác thực: hãy đối chiếu giấy tờ của người đó rồi xác nhận.',
    en: 'An unverified account is involved: check the person’s document and confirm it.',
  },
  reason: { code: 'jobseekers.reason-required', vi: 'Cần nêu lý do.', en: 'A reason is required.' },
  onBehalfOf: {
    code: 'jobseekers.on-behalf-of-required',
    vi: 'Thiếu người yêu cầu.',
    en: 'A service must say for whom it asks.',
  },
} as const satisfies Record<string, FaultKind>;

export function fault(field: string, { code, vi, en }: FaultKind): FieldFault {
  return { field, code, message: { vi, en } };
}

/** 422 of the given fields. The document's code is the faults' own when they share one. */
export function invalid(faults: readonly FieldFault[]): Problem {
  const codes = new Set(faults.map(({ code }) => code));
  const sentences = (language: 'vi' | 'en'): string =>
    [...new Set(faults.map(({ message }) => message[language]))].join(' ');
  return new Problem({
    status: 422,
    code: codes.size === 1 ? ([...codes][0] ?? '') : 'jobseekers.validation',
    title: { vi: 'Dữ liệu chưa hợp lệ', en: 'The data is not valid' },
    detail: { vi: sentences('vi'), en: sentences('en') },
    errors: [...faults],
  });
}

export function jobseekerNotFound(): Problem {
  return notFound(
    'jobseekers.jobseeker-not-found',
    'Không tìm thấy hồ sơ người tìm việc',
    'There is no such jobseeker',
  );
}

export function alreadyRegistered(): Problem {
  return conflict('jobseekers.already-registered', {
    vi: 'Tài khoản này đã có hồ sơ người tìm việc',
    en: 'This account already has a jobseeker profile',
  });
}

/** Name of the database's constraint that a statement broke, if that is why it failed. */
export function brokenConstraint(error: unknown): string | undefined {
  return (error as { driverError?: { constraint?: string } } | undefined)?.driverError?.constraint;
}
