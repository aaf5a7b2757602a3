import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type JsonWebKey,
  type KeyObject,
} from 'node:crypto';
import { readdir, readFile, rename, stat, unlink, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { fileOnce, linkUnlessThere, writeDraft } from './file-once.js';

/** An Ed25519 key pair that signs tokens. */
export interface SigningKey {
  /** The RFC 7638 thumbprint of the public key: the same on every instance, without an agreement. */
  kid: string;
  privateKey: KeyObject;
  publicKey: KeyObject;
}

/** A public key as the JWKS shows it (RFC 8037). */
export type PublicJwk = JsonWebKey & { kid: string; alg: 'EdDSA'; use: 'sig' };

const CURRENT = 'token-signing.pem';
const RETIRED = /^token-signing\.([\w-]{43})\.pem$/;
/** An instance signs with a key that another one has retired for at most this long (ms). */
const FRESH_MS = 60_000;
/** A retired key still verifies for this long (ms): longer than FRESH_MS and the longest token together. */
const RETIRED_MS = 3_600_000;
/** Strangers (tokens that name unknown keys, readers of the JWKS) make the folder be read at most this often (ms). */
const LOOK_MS = 1_000;

/**
 * The keys that sign tokens: files in `KEYS_DIR` that all instances share. `token-signing.pem` signs; the ones
 * before it are kept as `token-signing.<kid>.pem` until no token of theirs can be valid any more. A stolen key
 * is rotated away, and its retired file deleted by hand to end its tokens at once.
 */
export class SigningKeys {
  private current: SigningKey;
  private byId = new Map<string, SigningKey>();
  private loadedAt = 0;

  private constructor(
    private readonly folder: string,
    private readonly now: () => number,
  ) {}

  static async open(folder: string, now: () => number = Date.now): Promise<SigningKeys> {
    const keys = new SigningKeys(folder, now);
    await fileOnce(join(folder, CURRENT), newKeyPem);
    await keys.load();
    return keys;
  }

  /** The key to sign with. */
  async signing(): Promise<SigningKey> {
    if (this.now() - this.loadedAt > FRESH_MS) await this.load();
    return this.current;
  }

  /** The public key of a token's `kid`, or undefined when it is not, or no longer, one of ours. */
  async verifying(kid: string | undefined): Promise<KeyObject | undefined> {
    if (!kid) return undefined;
    const age = this.now() - this.loadedAt;
    if (age > FRESH_MS || (!this.byId.has(kid) && age > LOOK_MS)) await this.load();
    return this.byId.get(kid)?.publicKey;
  }

  /** Every key that a valid token may be signed with, the current one first (RFC 7517). */
  async jwks(): Promise<PublicJwk[]> {
    if (this.now() - this.loadedAt > LOOK_MS) await this.load();
    const others = [...this.byId.values()].filter((key) => key !== this.current);
    return [this.current, ...others].map(({ kid, publicKey }) => ({
      ...publicKey.export({ format: 'jwk' }),
      kid,
      alg: 'EdDSA',
      use: 'sig',
    }));
  }

  /**
   * Signs with a new key from now on; the old one verifies for another hour. Other instances follow within a
   * minute, or when they see the first token of the new key.
   * @returns the new key's id; rejects with the file system's error when the folder cannot be written
   */
  async rotate(): Promise<string> {
    await this.load();
    await this.removeRetired();
    const path = join(this.folder, CURRENT);
    const draft = await writeDraft(path, newKeyPem());
    const retired = join(this.folder, `token-signing.${this.current.kid}.pem`);
    await linkUnlessThere(path, retired);
    const now = new Date(this.now());
    await utimes(retired, now, now);
    await rename(draft, path);
    await this.load();
    return this.current.kid;
  }

  private async load(): Promise<void> {
    const current = toKey(await readFile(join(this.folder, CURRENT), 'utf8'));
    const byId = new Map([[current.kid, current]]);
    for (const { path, expired } of await this.retired()) {
      if (expired) continue;
      const pem = await readFile(path, 'utf8').catch(() => undefined);
      const key = pem === undefined ? undefined : toKey(pem);
      if (key && !byId.has(key.kid)) byId.set(key.kid, key);
    }
    this.current = current;
    this.byId = byId;
    this.loadedAt = this.now();
  }

  private async retired(): Promise<{ path: string; expired: boolean }[]> {
    const names = (await readdir(this.folder)).filter((name) => RETIRED.test(name));
    const files = await Promise.all(
      names.map(async (name) => {
        const path = join(this.folder, name);
        const retiredAt = await stat(path).then(
          ({ mtimeMs }) => mtimeMs,
          () => 0,
        );
        return { path, expired: this.now() - retiredAt > RETIRED_MS };
      }),
    );
    return files;
  }

  private async removeRetired(): Promise<void> {
    for (const { path, expired } of await this.retired()) {
      if (expired) await unlink(path).catch(() => undefined);
    }
  }
}

function newKeyPem(): string {
  return generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
}

function toKey(pem: string): SigningKey {
  const privateKey = createPrivateKey(pem);
  const publicKey = createPublicKey(privateKey);
  const { crv, kty, x } = publicKey.export({ format: 'jwk' });
  const kid = createHash('sha256').update(JSON.stringify({ crv, kty, x })).digest('base64url');
  return { kid, privateKey, publicKey };
}
