import { describe, expect, it } from '@jest/globals';
import { argon2id, hash } from 'argon2';
import { PasswordHasher } from './password-hasher.js';

describe('Password hashes', () => {
  const hasher = new PasswordHasher();

  it('fit their password only, and differ for the same password', async () => {
    const [one, two] = await Promise.all([hasher.hash('hoa gạo tháng ba'), hasher.hash('hoa gạo tháng ba')]);
    expect(one).not.toBe(two);
    expect(await hasher.verify(one, 'hoa gạo tháng ba')).toBe(true);
    expect(await hasher.verify(one, 'hoa gao thang ba')).toBe(false);
  });

  it('are computed even when there is no account, and then fit nothing', async () => {
    expect(await hasher.verify(undefined, 'gì cũng được')).toBe(false);
    expect(await hasher.verify(null, '')).toBe(false);
  });

  it('of other parameters are outdated', async () => {
    expect(hasher.isOutdated(await hasher.hash('hoa gạo tháng ba'))).toBe(false);
    const weak = await hash('x', { type: argon2id, memoryCost: 19456, timeCost: 2, parallelism: 1 });
    expect(hasher.isOutdated(weak)).toBe(true);
  });

  it('are computed a few at a time; who would wait too long is told so', async () => {
    const outcomes = await Promise.allSettled(
      Array.from({ length: 70 }, () => hasher.verify('$broken', 'x')),
    );
    const reasons = outcomes.map(
      (outcome) => (outcome as PromiseRejectedResult).reason as { problem?: { code: string } },
    );
    expect(reasons.filter(({ problem }) => problem?.code === 'identity.busy')).toHaveLength(8);
    // The turns were given back.
    expect(await hasher.verify(undefined, 'x')).toBe(false);
  });
});
