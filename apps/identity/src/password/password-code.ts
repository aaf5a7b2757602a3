import { createHash, randomInt } from 'node:crypto';

/** No 0/O, 1/I/L, 2/Z, 5/S, 8/B, U/V: it is read out at a counter and typed on a phone. */
const ALPHABET = '34679ACDEFGHJKMNPQRTWXY';
const GROUPS = 3;
const GROUP_LENGTH = 4;

/** A one-time code such as `K7QM-3XPA-9RTC`: 54 random bits, and the throttle bounds the guesses. */
export function newCode(): string {
  return Array.from({ length: GROUPS }, () => pick(GROUP_LENGTH)).join('-');
}

function pick(length: number): string {
  return Array.from({ length }, () => ALPHABET[randomInt(ALPHABET.length)]).join('');
}

/** What is stored of a code, however it was typed. */
export function hashOfCode(code: string): Buffer {
  const typed = code.toUpperCase().replace(/[^A-Z0-9]/g, '');
  return createHash('sha256').update(typed).digest();
}
