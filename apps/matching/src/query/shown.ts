const LONE_I = /^([klm])([iíìỉĩị])$/u;
const AS_Y: Record<string, string> = { i: 'y', í: 'ý', ì: 'ỳ', ỉ: 'ỷ', ĩ: 'ỹ', ị: 'ỵ' };

/** A normalised word as people write it: comparing makes "kỹ" and "kĩ" one, readers expect "kỹ". */
export function shown(normal: string): string {
  return normal
    .split(' ')
    .map((word) => word.replace(LONE_I, (_, onset: string, vowel: string) => onset + AS_Y[vowel]!))
    .join(' ');
}
