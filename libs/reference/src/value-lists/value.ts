/** An entry of a value list: a stable English code with labels for people. */
export interface Value<Code extends string = string> {
  code: Code;
  vi: string;
  en: string;
}

/** A list written as code → [Vietnamese, English], in the order in which forms show it. */
export function values<Code extends string>(
  labels: Record<Code, readonly [vi: string, en: string]>,
): Value<Code>[] {
  return (Object.entries(labels) as [Code, readonly [string, string]][]).map(([code, [vi, en]]) => ({
    code,
    vi,
    en,
  }));
}
