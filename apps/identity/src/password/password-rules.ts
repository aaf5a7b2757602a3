import type { Role } from '#platform';
import { invalidField, type Problem } from '#platform';
import { stripAccents } from '#reference';
import { COMMON_CORES } from './common-passwords.data.js';

const MAX_PASSWORD = 128;

/** Fewest characters: people who see other people's data need a longer one. */
function minPasswordLength(role: Role): number {
  return role === 'jobseeker' ? 10 : 12;
}

/** Whom the password is for; a password made of these is no secret. */
export interface PasswordOwner {
  role: Role;
  email: string;
  fullName: string;
}

type Refusal = 'too-short' | 'too-long' | 'too-common' | 'too-regular' | 'about-you';

const LEET: Record<string, string> = {
  '@': 'a',
  '4': 'a',
  '3': 'e',
  '1': 'i',
  '!': 'i',
  '0': 'o',
  $: 's',
  '5': 's',
};

const letters = (text: string): string =>
  stripAccents(text)
    .toLowerCase()
    .replace(/[^a-z]/g, '');

/** The letters of a password, as written and with digits and signs read as the letters they stand for. */
function cores(password: string): string[] {
  const plain = stripAccents(password).toLowerCase();
  const readable = [...plain].map((c) => LEET[c] ?? c).join('');
  // "P@ssw0rd123": the digits at the end are digits, those within are letters.
  const trimmed = [...plain.replace(/[^a-z]+$/, '')].map((c) => LEET[c] ?? c).join('');
  return [plain, readable, trimmed].map((text) => text.replace(/[^a-z]/g, ''));
}

/** A common word, or one with a few letters before or after it. */
function isCommon(core: string): boolean {
  if (COMMON_CORES.has(core)) return true;
  for (let cut = 1; cut <= 3 && core.length - cut >= 6; cut++) {
    if (COMMON_CORES.has(core.slice(cut)) || COMMON_CORES.has(core.slice(0, -cut))) return true;
  }
  return false;
}

/** 1234567890, aaaaaaaaaa, abababab, 0987654321: few different characters, or each one next to the last. */
function isRegular(password: string): boolean {
  const codes = [...password.toLowerCase()].map((c) => c.codePointAt(0) ?? 0);
  if (new Set(codes).size < 5) return true;
  const steps = codes.slice(1).map((code, i) => code - (codes[i] ?? 0));
  const next = steps.filter((step) => Math.abs(step) <= 1 || Math.abs(step) === 9).length;
  return next >= steps.length * 0.8;
}

/** Why a password will not do, or undefined. */
export function passwordRefusal(password: string, owner: PasswordOwner): Refusal | undefined {
  const text = password.normalize('NFKC');
  const length = [...text].length;
  if (length > MAX_PASSWORD) return 'too-long';
  if (length < minPasswordLength(owner.role)) return 'too-short';
  if (isRegular(text)) return 'too-regular';
  const mine = [...owner.email.split('@'), owner.fullName].map(letters).filter((word) => word.length >= 4);
  for (const core of cores(text)) {
    if (isCommon(core)) return 'too-common';
    if (mine.includes(core)) return 'about-you';
  }
  // Digits and signs alone are a birthday or a phone number.
  return letters(text).length === 0 && length < 14 ? 'too-common' : undefined;
}

/**
 * @param field path of the field in the request
 * @throws Problem 422 `identity.password-<why>` naming the rule
 */
export function assertPassword(password: string, owner: PasswordOwner, field = 'password'): void {
  const refusal = passwordRefusal(password, owner);
  if (refusal) throw refused(refusal, owner, field);
}

function refused(refusal: Refusal, owner: PasswordOwner, field: string): Problem {
  const min = minPasswordLength(owner.role);
  const messages = {
    'too-short': {
      vi: `Mật khẩu cần ít nhất ${min} ký tự; một câu dài dễ nhớ là tốt nhất.`,
      en: `The password needs at least ${min} characters; a long sentence that you remember is best.`,
    },
    'too-long': {
      vi: `Mật khẩu dài tối đa ${MAX_PASSWORD} ký tự.`,
      en: `The password may have at most ${MAX_PASSWORD} characters.`,
    },
    'too-common': {
      vi: 'Mật khẩu này quá phổ biến, kẻ xấu thử đầu tiên.',
      en: 'This password is one of those that are tried first.',
    },
    'too-regular': {
      vi: 'Mật khẩu này chỉ là một dãy đều đặn.',
      en: 'This password is only a regular sequence.',
    },
    'about-you': {
      vi: 'Mật khẩu này chính là tên hoặc địa chỉ thư của bạn.',
      en: 'This password is your own name or e-mail address.',
    },
  } as const;
  return invalidField(field, `identity.password-${refusal}`, messages[refusal]);
}
