import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { KeyRing } from './key-ring.js';
import { SigningKeys } from './signing-keys.js';

describe('The keys that sign tokens', () => {
  let folder: string;
  let clock: number;
  const open = (): Promise<SigningKeys> => SigningKeys.open(folder, () => clock);

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'noi-viec-keys-'));
    clock = Date.now();
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('are made once, also when several instances start together, and only their user can read them', async () => {
    const rings = await Promise.all(Array.from({ length: 8 }, () => KeyRing.open(folder)));
    const ids = await Promise.all(rings.map(async (ring) => (await ring.signing.signing()).kid));
    expect(new Set(ids).size).toBe(1);
    expect(await readdir(folder)).toEqual(['token-signing.pem']);
    expect((await stat(join(folder, 'token-signing.pem'))).mode & 0o777).toBe(0o600);
    expect((await stat(folder)).mode & 0o777).toBe(0o700);
  });

  it('are published without their private part', async () => {
    const [jwk] = await (await open()).jwks();
    expect(Object.keys(jwk ?? {}).sort()).toEqual(['alg', 'crv', 'kid', 'kty', 'use', 'x']);
  });

  it('are replaced without ending the tokens of the key before', async () => {
    const keys = await open();
    const before = await keys.signing();
    const after = await keys.rotate();
    expect((await keys.signing()).kid).toBe(after);
    expect(await keys.verifying(before.kid)).toBeDefined();
    expect((await keys.jwks()).map(({ kid }) => kid)).toEqual([after, before.kid]);
    const retired = join(folder, `token-signing.${before.kid}.pem`);
    expect((await stat(retired)).mode & 0o777).toBe(0o600);
    expect(await readFile(retired, 'utf8')).not.toBe(
      await readFile(join(folder, 'token-signing.pem'), 'utf8'),
    );
  });

  it('are followed by other instances: at the first token of a new key, and when they sign a minute later', async () => {
    const [one, other] = [await open(), await open()];
    const before = await other.signing();
    clock += 2_000;
    const after = await one.rotate();
    expect((await other.signing()).kid).toBe(before.kid);
    expect(await other.verifying(after)).toBeDefined();
    const third = await one.rotate();
    clock += 61_000;
    expect((await other.signing()).kid).toBe(third);
    expect(await other.verifying(before.kid)).toBeDefined();
  });

  it('verify nothing an hour after they were retired, and disappear with the next rotation', async () => {
    const keys = await open();
    const before = await keys.signing();
    await keys.rotate();
    clock += 3_601_000;
    expect(await keys.verifying(before.kid)).toBeUndefined();
    await keys.rotate();
    expect(await readdir(folder)).not.toContain(`token-signing.${before.kid}.pem`);
  });

  it('end at once when the retired file of a stolen one is deleted', async () => {
    const keys = await open();
    const before = await keys.signing();
    await keys.rotate();
    await rm(join(folder, `token-signing.${before.kid}.pem`));
    clock += 61_000;
    expect(await keys.verifying(before.kid)).toBeUndefined();
  });

  it('are not looked for in the folder for every unknown name', async () => {
    const keys = await open();
    expect(await keys.verifying('unknown')).toBeUndefined();
    await writeFile(join(folder, 'token-signing.pem'), 'broken');
    // Within the second nothing is read: the broken file is not noticed yet.
    expect(await keys.verifying('another')).toBeUndefined();
    expect(await keys.verifying(undefined)).toBeUndefined();
  });

  it('leave other secrets as they are, each 32 bytes of its own', async () => {
    const ring = await KeyRing.open(folder);
    const [a, again, b] = await Promise.all([ring.secret('a'), ring.secret('a'), ring.secret('b')]);
    expect(a).toEqual(again);
    expect(a).toHaveLength(32);
    expect(a).not.toEqual(b);
    await expect(ring.secret('../etc')).rejects.toThrow('not a name');
  });
});
