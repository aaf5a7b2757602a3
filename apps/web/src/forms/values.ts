type Empty = '' | null | undefined;
const isEmpty = (value: unknown): value is Empty => value === '' || value === null || value === undefined;

/** What a form holds for an answer: inputs want '' where the service says null. */
export function forInputs<T>(value: T): T {
  if (value === null || value === undefined) return '' as T;
  if (Array.isArray(value)) return value.map((item) => forInputs<unknown>(item)) as T;
  if (typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, forInputs<unknown>(item)])) as T;
}

/** What is sent for what a form holds: an empty input is null, never an invented value. */
export function fromInputs<T>(value: T): T {
  if (isEmpty(value) || value === null) return null as T;
  if (typeof value === 'string') return value.trim() as T;
  if (Array.isArray(value)) return value.map((item) => fromInputs<unknown>(item)) as T;
  if (typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value as object).map(([key, item]) => [key, fromInputs<unknown>(item)]),
  ) as T;
}

export const yesNo = (value: boolean | null | undefined): '' | 'yes' | 'no' =>
  value === true ? 'yes' : value === false ? 'no' : '';

export const fromYesNo = (value: string | null): boolean | null => (value ? value === 'yes' : null);

/** All parts unsaid: such a part of a form is not sent at all. */
export const isBlank = (part: object): boolean => Object.values(part).every(isEmpty);
