import { describe, expect, it } from '@jest/globals';
import { assign } from './assigner.js';

const SIX = [0, 1, 2, 3, 4, 5];
const held = (assignment: ReturnType<typeof assign>, topic: string): number[] =>
  [...assignment.values()].flatMap((own) => own[topic] ?? []).sort();

describe('The partitions of a group', () => {
  it('are shared in equal parts, each by exactly one member', () => {
    const members = ['c', 'a', 'b', 'd'].map((id) => ({ id, topics: ['t', 'u'] }));
    const assignment = assign(
      members,
      new Map([
        ['t', SIX],
        ['u', SIX],
      ]),
    );
    expect(held(assignment, 't')).toEqual(SIX);
    expect(held(assignment, 'u')).toEqual(SIX);
    for (const own of assignment.values()) expect(Object.values(own).flat()).toHaveLength(3);
  });

  it('go to those who read the topic, while a version that reads more is rolled out', () => {
    const members = [
      { id: 'old', topics: ['t'] },
      { id: 'new', topics: ['t', 'u'] },
    ];
    const assignment = assign(
      members,
      new Map([
        ['t', SIX],
        ['u', SIX],
      ]),
    );
    expect(assignment.get('old')).not.toHaveProperty('u');
    expect(assignment.get('new')?.['u']).toEqual(SIX);
    expect(held(assignment, 't')).toEqual(SIX);
  });

  it('leave a member without any when there are too few, and nobody out who only waits', () => {
    const members = ['a', 'b', 'c'].map((id) => ({ id, topics: ['t'] }));
    const assignment = assign(members, new Map([['t', [0, 1]]]));
    expect([...assignment.keys()].sort()).toEqual(['a', 'b', 'c']);
    expect(held(assignment, 't')).toEqual([0, 1]);
  });
});
