/**
 * Before and after of what was changed, for the audit trail. Never a name, an address, a password: ids and codes
 * have their values, of the rest it says only that it changed.
 */
export type Change = Record<string, { from?: ChangeValue; to?: ChangeValue } | 'changed'>;
type ChangeValue = string | boolean | null | readonly string[];
