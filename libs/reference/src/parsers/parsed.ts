/** What a parser answers: the value, or a stable code and a sentence why there is none. Parsers never throw. */
export type Parsed<T> = { ok: true; value: T } | { ok: false; code: string; reason: string };

export const parsed = <T>(value: T): Parsed<T> => ({ ok: true, value });
export const refused = (code: string, reason: string): { ok: false; code: string; reason: string } => ({
  ok: false,
  code,
  reason,
});

/** Longer texts in a field of a few words are not what they claim to be. */
export const MAX_FIELD_LENGTH = 500;
