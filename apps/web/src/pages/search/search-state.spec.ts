import { describe, expect, it } from '@jest/globals';
import { changedSearch, readSearch, sortOf, toggled } from './search-state';

const read = (search: string) => readSearch(new URLSearchParams(search));

describe('the address of a search', () => {
  it('holds every condition, so that a shared link shows the same list', () => {
    const search = 'q=tho+han&exact=true&province=38&commune=14758&radiusKm=10&payMin=8000000&sort=newest';
    expect(changedSearch(read(search), {}).toString()).toBe(search);
  });
  it('drops commune and radius with the province they belong to', () =>
    expect(changedSearch(read('province=38&commune=14758&radiusKm=10'), { province: '01' }).toString()).toBe(
      'province=01',
    ));
  it('looks around a commune, not only inside it', () =>
    expect(changedSearch(read('province=38'), { commune: '14758' }).get('radiusKm')).toBe('20'));
  it('insists on the words as written until others are searched for', () => {
    expect(changedSearch(read('q=taon&exact=true'), { province: '01' }).get('exact')).toBe('true');
    expect(changedSearch(read('q=taon&exact=true'), { q: 'toan' }).toString()).toBe('q=toan');
  });
  it('takes several values of a filter', () => {
    expect(toggled(read('level=staff'), 'level', 'worker')).toEqual({ level: 'staff,worker' });
    expect(toggled(read('level=staff'), 'level', 'staff')).toEqual({ level: undefined });
  });
  it('ignores what it does not know', () => expect(read('q=&utm=x')).toEqual({}));
  it('sorts by date where there are no words to be relevant to', () => {
    expect(sortOf(read('province=38'))).toBe('newest');
    expect(sortOf(read('q=may'))).toBe('relevance');
  });
});
