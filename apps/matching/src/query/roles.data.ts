/**
 * Words that say what a person is in a firm, apart from the trade. `weak` ones stand in half of all titles and
 * say little ("nhân viên kho" = "kho"), `filler` ones nothing; `strong` ones tell groups of occupations or levels apart and stay required.
 */
export interface Role {
  phrases: string[];
  strength: 'filler' | 'weak' | 'strong';
  /** positionLevel of Mẫu 01, where the word settles it. */
  level?: 'intern' | 'staff' | 'teamLead' | 'manager' | 'director' | 'worker';
}

export const ROLES: Role[] = [
  { phrases: ['nhân viên', 'staff', 'employee'], strength: 'weak', level: 'staff' },
  {
    phrases: ['chuyên viên', 'specialist', 'executive', 'officer', 'cán bộ', 'chuyên gia'],
    strength: 'weak',
    level: 'staff',
  },
  {
    phrases: [
      ...[
        'việc làm',
        'công việc',
        'việc',
        'tìm việc',
        'tìm việc làm',
        'tuyển',
        'cần tuyển',
        'tuyển gấp',
        'gấp',
        'job',
        'jobs',
      ],
      ...[
        'lương cao',
        'lương',
        'mới nhất',
        'hôm nay',
        'gần nhà',
        'gần đây',
        'uy tín',
        'đi làm ngay',
        'không cần kinh nghiệm',
      ],
      ...['không yêu cầu kinh nghiệm', 'chưa có kinh nghiệm', 'triệu', 'tr'],
    ],
    strength: 'filler',
  },
  { phrases: ['người', 'làm', 'ngành', 'nghề', 'biết', 'vị trí'], strength: 'weak' },
  { phrases: ['công nhân', 'lao động', 'worker'], strength: 'strong', level: 'worker' },
  { phrases: ['kỹ thuật viên', 'technician'], strength: 'strong' },
  { phrases: ['kỹ sư', 'engineer'], strength: 'strong' },
  {
    phrases: ['thực tập sinh', 'thực tập', 'intern', 'internship', 'trainee'],
    strength: 'strong',
    level: 'intern',
  },
  { phrases: ['trợ lý', 'assistant'], strength: 'strong' },
  {
    phrases: ['trưởng nhóm', 'team leader', 'teamlead', 'leader', 'nhóm trưởng', 'tổ trưởng', 'team lead'],
    strength: 'strong',
    level: 'teamLead',
  },
  { phrases: ['giám sát', 'supervisor'], strength: 'strong', level: 'teamLead' },
  {
    phrases: ['trưởng phòng', 'trưởng bộ phận', 'phó phòng', 'trưởng ban', 'trưởng ca', 'manager', 'quản lý'],
    strength: 'strong',
    level: 'manager',
  },
  {
    phrases: ['giám đốc', 'phó giám đốc', 'tổng giám đốc', 'director', 'ceo', 'cfo', 'cto', 'cmo', 'coo'],
    strength: 'strong',
    level: 'director',
  },
  { phrases: ['cộng tác viên', 'collaborator'], strength: 'strong' },
];

/** Words that turn what follows into a trade: "hàn" in "thợ hàn" is the trade itself. */
export const TRADE_WORDS = ['thợ'];

/** One-syllable words that make a trade of what follows them: "thợ hàn" is one thing, never "hàn" alone. */
export const BINDING_WORDS = ['thợ', 'phụ', 'tiếng', 'học', 'dạy', 'bán', 'lái', 'sửa', 'thủ'];
