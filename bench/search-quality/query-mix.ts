import type { JobOpeningState } from '#contracts';

const QUERIES_PER_KIND = 100;
const FREQUENT = [
  ...[
    'kế toán',
    'nhân viên',
    'kinh doanh',
    'marketing',
    'nhan vien',
    'ke toan',
    'kỹ sư',
    'chuyên viên',
    'sales',
    'tư vấn',
  ],
  ...[
    'trưởng phòng',
    'thiết kế',
    'kỹ thuật',
    'bán hàng',
    'nhân sự',
    'hành chính',
    'quản lý',
    'điện',
    'kho',
    'giáo viên',
  ],
];

/** The committed mix: what is asked, by kind; the same for the same seed. */
export function mix(openings: readonly JobOpeningState[], random: () => number): Record<string, string[]> {
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!;
  const words = (title: string): string[] =>
    title.split(/[\s/(),.-]+/).filter((word) => /^\p{L}{2,}$/u.test(word));
  const few = (): string => {
    for (;;) {
      const all = words(pick(openings).title);
      const length = random() < 0.5 ? 2 : 3;
      const at = Math.floor(random() * Math.max(1, Math.min(all.length - length, 4)));
      if (all.length >= at + length)
        return all
          .slice(at, at + length)
          .join(' ')
          .toLowerCase();
    }
  };
  const misspelt = (text: string): string => {
    const at = 1 + Math.floor(random() * (text.length - 2));
    return random() < 0.5
      ? text.slice(0, at) + text.slice(at + 1)
      : text.slice(0, at) + text[at + 1]! + text[at]! + text.slice(at + 2);
  };
  const times = (part: number, make: () => string): string[] =>
    Array.from({ length: Math.round(QUERIES_PER_KIND * 10 * part) }, make);
  return {
    browse: times(0.3, () =>
      random() < 0.5 ? '' : `province=${pick(['01', '79', '75', '24', '31', '48'])}`,
    ),
    'one frequent word': times(0.3, () => `q=${encodeURIComponent(pick(FREQUENT))}`),
    'two or three words': times(0.3, () => `q=${encodeURIComponent(few())}`),
    misspelt: times(0.1, () => `q=${encodeURIComponent(misspelt(few()))}`),
  };
}
