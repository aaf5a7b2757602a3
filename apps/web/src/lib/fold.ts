/** Text without diacritics and in lower case, đ as d: "Thái Nguyên" → "thai nguyen". For comparing only. */
export function fold(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').replace(/đ/g, 'd').replace(/Đ/g, 'D').toLowerCase();
}
