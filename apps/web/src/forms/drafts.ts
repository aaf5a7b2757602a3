/**
 * Half-typed forms, kept on the device under their user: a session that ends, a closed tab or a power cut loses
 * nothing, and the next user of the machine sees nothing of it.
 */
export type Draft<T> = { values: T; savedAt: string; version?: number };

type Store = Pick<Storage, 'getItem' | 'setItem' | 'removeItem' | 'key' | 'length'>;

const prefix = 'nv.draft';
const longestDays = 30;
const keyOf = (userId: string, form: string) => `${prefix}.${userId}.${form}`;

/** Never kept on a device, however short: identifiers of people and passwords. */
const secrets = new Set(['citizenId', 'socialInsuranceNo', 'password']);

export function readDraft<T>(
  store: Store,
  userId: string,
  form: string,
  now = new Date(),
): Draft<T> | undefined {
  try {
    const draft = JSON.parse(store.getItem(keyOf(userId, form)) ?? 'null') as Draft<T> | null;
    if (!draft) return undefined;
    if (now.getTime() - Date.parse(draft.savedAt) < longestDays * 86_400_000) return draft;
    store.removeItem(keyOf(userId, form));
  } catch {
    // unreadable or blocked storage is the same as no draft
  }
  return undefined;
}

/** False when the device refused (private mode, full): the form then says that nothing is kept. */
export function writeDraft<T>(
  store: Store,
  userId: string,
  form: string,
  values: T,
  version?: number,
): boolean {
  const draft: Draft<T> = { values, savedAt: new Date().toISOString(), version };
  const withoutSecrets = (key: string, value: unknown) => (secrets.has(key) ? '' : value);
  try {
    store.setItem(keyOf(userId, form), JSON.stringify(draft, withoutSecrets));
    return true;
  } catch {
    return false;
  }
}

export const dropDraft = (store: Store, userId: string, form: string): void =>
  store.removeItem(keyOf(userId, form));

/** Signing out on purpose leaves no personal data of jobseekers on the device; postings stay. */
export function dropPersonalDrafts(store: Store, userId: string): void {
  const keys = Array.from({ length: store.length }, (_, index) => store.key(index));
  for (const key of keys) if (key?.startsWith(`${prefix}.${userId}.person.`)) store.removeItem(key);
}
