import { tokens } from '../text/index.js';

/** One way to read a short form in a job title, and when. */
export interface AbbreviationReading {
  /** In full, accented. */
  full: string;
  /** Only as the first word of a part of the title. */
  atStart?: boolean;
  /** Only directly before one of these (folded) words. */
  before?: readonly string[];
  /** Only directly after one of these (folded) words. */
  after?: readonly string[];
}

/** Departments that "TP" and "PP" head; before anything else "TP" is a city. */
const DEPARTMENTS = [
  'kinh',
  'kd',
  'marketing',
  'mkt',
  'nhan',
  'hanh',
  'hcns',
  'ke',
  'kt',
  'tai',
  'ki',
  'san',
  'sx',
]
  .concat([
    'mua',
    'cung',
    'kho',
    'it',
    'phap',
    'truyen',
    'chat',
    'qa',
    'qc',
    'thiet',
    'du',
    'dao',
    'cham',
    'cskh',
    'xnk',
  ])
  .concat([
    'tuyen',
    'xuat',
    'logistics',
    'vat',
    'van',
    'sale',
    'sales',
    'hr',
    'thu',
    'bao',
    'ban',
    'tong',
    'thi',
    'ky',
  ])
  .concat(['r&d', 'content', 'media', 'ns', 'phat', 'nghien', 'quan', 'thuong']);

/** What workers do: before anything else "CN" is a branch (chi nhánh) or Sunday (chủ nhật). */
const WORK = (
  'may han co dien lap van san kho dong dung ki moi xay ep in nhua che det son tien phay moc go mai duc bao ' +
  'kiem cat thoi nha xuong thuc'
).split(' ');

/**
 * Short forms of job titles by folded word; the first reading whose condition holds is taken, none leaves the word.
 * Vietnamese addresses use some of them too (TP, CN), hence the conditions.
 */
export const abbreviations: Readonly<Record<string, readonly AbbreviationReading[]>> = {
  nv: [{ full: 'nhân viên' }],
  cv: [{ full: 'chuyên viên', atStart: true }],
  cvcc: [{ full: 'chuyên viên cao cấp' }],
  cvc: [{ full: 'chuyên viên chính', atStart: true }],
  gdcc: [{ full: 'giám đốc cao cấp', atStart: true }],
  ctv: [{ full: 'cộng tác viên' }],
  tts: [{ full: 'thực tập sinh' }],
  ktv: [{ full: 'kỹ thuật viên' }],
  ks: [{ full: 'kỹ sư', atStart: true }],
  kts: [{ full: 'kiến trúc sư' }],
  bs: [{ full: 'bác sĩ', atStart: true }],
  ds: [{ full: 'dược sĩ', atStart: true }],
  gv: [{ full: 'giáo viên' }],
  hlv: [{ full: 'huấn luyện viên' }],
  hdv: [{ full: 'hướng dẫn viên' }],
  tdv: [{ full: 'trình dược viên' }],
  btv: [{ full: 'biên tập viên' }],
  cn: [{ full: 'công nhân', atStart: true, before: WORK }],
  ldpt: [{ full: 'lao động phổ thông' }],
  kd: [{ full: 'kinh doanh' }],
  nvkd: [{ full: 'nhân viên kinh doanh' }],
  cvkd: [{ full: 'chuyên viên kinh doanh' }],
  nvbh: [{ full: 'nhân viên bán hàng' }],
  nvvp: [{ full: 'nhân viên văn phòng' }],
  ptkd: [{ full: 'phát triển kinh doanh' }],
  pttt: [{ full: 'phát triển thị trường' }],
  cskh: [{ full: 'chăm sóc khách hàng' }],
  dvkh: [{ full: 'dịch vụ khách hàng' }],
  qhkh: [{ full: 'quan hệ khách hàng' }],
  khcn: [{ full: 'khách hàng cá nhân' }],
  khdn: [{ full: 'khách hàng doanh nghiệp' }],
  hcns: [{ full: 'hành chính nhân sự' }],
  tchc: [{ full: 'tổ chức hành chính' }],
  xnk: [{ full: 'xuất nhập khẩu' }],
  xkld: [{ full: 'xuất khẩu lao động' }],
  bds: [{ full: 'bất động sản' }],
  tmdt: [{ full: 'thương mại điện tử' }],
  tckt: [{ full: 'tài chính kế toán' }],
  ktt: [{ full: 'kế toán trưởng' }],
  ktth: [{ full: 'kế toán tổng hợp' }],
  cntt: [{ full: 'công nghệ thông tin' }],
  tkdh: [{ full: 'thiết kế đồ họa' }],
  vlxd: [{ full: 'vật liệu xây dựng' }],
  pccc: [{ full: 'phòng cháy chữa cháy' }],
  atld: [{ full: 'an toàn lao động' }],
  atvsld: [{ full: 'an toàn vệ sinh lao động' }],
  sx: [{ full: 'sản xuất' }],
  qlsx: [{ full: 'quản lý sản xuất' }],
  qlcl: [{ full: 'quản lý chất lượng' }],
  ktcl: [{ full: 'kiểm tra chất lượng' }],
  qlda: [{ full: 'quản lý dự án' }],
  ql: [{ full: 'quản lý', atStart: true }],
  ksnb: [{ full: 'kiểm soát nội bộ' }],
  mkt: [{ full: 'marketing' }],
  gd: [
    { full: 'giám đốc', atStart: true },
    { full: 'giám đốc', after: ['pho', 'tro', 'thu'] },
  ],
  pgd: [{ full: 'phó giám đốc', atStart: true }, { full: 'phòng giao dịch' }],
  tgd: [{ full: 'tổng giám đốc' }],
  hdqt: [{ full: 'hội đồng quản trị' }],
  tp: [{ full: 'trưởng phòng', before: DEPARTMENTS }, { full: 'thành phố' }],
  kcn: [{ full: 'khu công nghiệp' }],
  kcx: [{ full: 'khu chế xuất' }],
  ccn: [{ full: 'cụm công nghiệp' }],
  qc: [{ full: 'quảng cáo', after: ['chay', 'viet', 'lam', 'thi'] }],
  pp: [{ full: 'phó phòng', atStart: true, before: DEPARTMENTS }],
  tn: [{ full: 'trưởng nhóm', atStart: true, before: DEPARTMENTS }],
  tbp: [{ full: 'trưởng bộ phận' }],
  chtr: [{ full: 'cửa hàng trưởng' }],
  cht: [
    { full: 'chỉ huy trưởng', atStart: true, before: ['cong', 'du', 'xay'] },
    { full: 'cửa hàng trưởng', atStart: true },
  ],
  yhct: [{ full: 'y học cổ truyền' }],
  rhm: [{ full: 'răng hàm mặt' }],
  thcs: [{ full: 'trung học cơ sở' }],
  thpt: [{ full: 'trung học phổ thông' }],
};

/**
 * The reading of one word of a text among its neighbours, or undefined when it is no short form there. `words` are
 * folded.
 */
export function abbreviationReading(words: readonly string[], at: number): AbbreviationReading | undefined {
  return abbreviations[words[at]!]?.find(
    ({ atStart, before, after }) =>
      (!atStart || at === 0) &&
      (!before || before.includes(words[at + 1] ?? '')) &&
      (!after || after.includes(words[at - 1] ?? '')),
  );
}

/** A text with its short forms spelt out, the rest as written ("NV KD tại KCN" → "nhân viên kinh doanh tại khu công nghiệp"). */
export function expandAbbreviations(text: string): string {
  const read = tokens(text);
  const folded = read.map((token) => token.folded);
  let result = text;
  for (let at = read.length - 1; at >= 0; at--) {
    const reading = abbreviationReading(folded, at);
    if (reading) result = result.slice(0, read[at]!.start) + reading.full + result.slice(read[at]!.end);
  }
  return result;
}
