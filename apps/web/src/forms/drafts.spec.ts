import { beforeEach, describe, expect, it } from '@jest/globals';
import { dropDraft, dropPersonalDrafts, readDraft, writeDraft } from './drafts';

function memory() {
  const kept = new Map<string, string>();
  return {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
    key: (index: number) => [...kept.keys()][index] ?? null,
    get length() {
      return kept.size;
    },
  };
}

describe('a draft', () => {
  let store: ReturnType<typeof memory>;
  beforeEach(() => {
    store = memory();
  });

  it('comes back to its user and form only', () => {
    writeDraft(store, 'officer-1', 'opening.new', { title: 'Thợ hàn' }, 3);
    expect(readDraft(store, 'officer-1', 'opening.new')).toMatchObject({
      values: { title: 'Thợ hàn' },
      version: 3,
    });
    expect(readDraft(store, 'officer-2', 'opening.new')).toBeUndefined();
    expect(readDraft(store, 'officer-1', 'opening.7')).toBeUndefined();
  });

  it('never holds citizen-id or social-insurance numbers', () => {
    writeDraft(store, 'u', 'person.new', { fullName: 'Nguyễn Thị Hương', citizenId: '038099000001' });
    expect(store.getItem('nv.draft.u.person.new')).not.toContain('038099000001');
  });

  it('is gone once sent', () => {
    writeDraft(store, 'u', 'opening.new', { title: 'x' });
    dropDraft(store, 'u', 'opening.new');
    expect(readDraft(store, 'u', 'opening.new')).toBeUndefined();
  });

  it('is forgotten after 30 days', () => {
    writeDraft(store, 'u', 'opening.new', {});
    const later = new Date(Date.now() + 31 * 86_400_000);
    expect(readDraft(store, 'u', 'opening.new', later)).toBeUndefined();
  });

  it('of a person goes when its user signs out, that of a posting stays', () => {
    writeDraft(store, 'u', 'person.profile', {});
    writeDraft(store, 'u', 'person.new', {});
    writeDraft(store, 'u', 'opening.new', {});
    dropPersonalDrafts(store, 'u');
    expect(store.length).toBe(1);
    expect(readDraft(store, 'u', 'opening.new')).toBeDefined();
  });

  it('is not worth a crash when the device refuses', () => {
    const full = {
      ...store,
      setItem: () => {
        throw new Error('QuotaExceededError');
      },
    };
    expect(writeDraft(full, 'u', 'opening.new', {})).toBe(false);
  });
});
