import { describe, expect, it } from '@jest/globals';
import { passwordRefusal } from './password-rules.js';

const sen = { role: 'jobseeker', email: 'lythisen90@thu.example', fullName: 'Lý Thị Sen' } as const;
const officer = { ...sen, role: 'centreOfficer' } as const;

describe('A password', () => {
  it.each([
    'con mèo trèo cây cau',
    'Đồng Đăng có phố Kỳ Lừa',
    'xK9#mQ2$vL',
    'tháng ba hoa gạo',
    'bánh cuốn 2 trứng',
  ])('may be any long or unusual text: %s', (password) => {
    expect(passwordRefusal(password, sen)).toBeUndefined();
  });

  it('has at least ten characters for a jobseeker and twelve for who sees other people’s data', () => {
    expect(passwordRefusal('hoa gạo nở', sen)).toBeUndefined();
    expect(passwordRefusal('hoa gạo n', sen)).toBe('too-short');
    expect(passwordRefusal('hoa gạo nở', officer)).toBe('too-short');
    expect(passwordRefusal('hoa gạo nở rộ', officer)).toBeUndefined();
    expect(passwordRefusal('hoa gạo '.repeat(17), sen)).toBe('too-long');
  });

  it('is counted in letters as people see them, not in what a keyboard makes of them', () => {
    expect(passwordRefusal('ếếếêâăôơưđ'.normalize('NFD').slice(0, 12), sen)).toBe('too-short');
  });

  it.each([
    'password123',
    'P@ssw0rd2026',
    'Matkhau@123',
    'mật khẩu 2026',
    'Qwertyuiop1',
    'admin@123456',
    'Vietnam@2026',
    'iloveyou1234',
    'Anh yêu em 99',
    'noiviec2026!',
    'một hai ba b',
    '0912 345 678',
    '02/09/1945!',
  ])('is not one of those that are tried first: %s', (password) => {
    expect(passwordRefusal(password, sen)).toBe('too-common');
  });

  it.each(['1234567890', '0987654321', 'aaaaaaaaaaaa', 'abababababab', 'abcdefghijkl', '112233445566'])(
    'is no regular sequence: %s',
    (password) => {
      expect(passwordRefusal(password, sen)).toBe('too-regular');
    },
  );

  it.each(['lythisen90', 'Lý Thị Sen 1990', 'LyThiSen!!!!'])(
    'is not its owner’s name or e-mail: %s',
    (password) => {
      expect(passwordRefusal(password, sen)).toBe('about-you');
    },
  );
});
