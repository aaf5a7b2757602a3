import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  randomBytes,
} from 'node:crypto';
import { chmod, link, mkdir, readFile, unlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** The platform's secrets, files of mode 0600 in `KEYS_DIR`, shared by all instances. */
export class KeyRing {
  private constructor(
    private readonly folder: string,
    /** Ed25519 key that signs access tokens. */
    readonly signingKey: KeyObject,
    readonly verifyKey: KeyObject,
    /** Key id of the JWKS: the RFC 7638 style thumbprint of the public key. */
    readonly keyId: string,
  ) {}

  /** Opens the folder; what is not there yet is made, once, even when several processes start together. */
  static async open(folder: string): Promise<KeyRing> {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await chmod(folder, 0o700);
    const pem = await fileOnce(join(folder, 'token-signing.pem'), () =>
      generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    );
    const signingKey = createPrivateKey(pem);
    const verifyKey = createPublicKey(signingKey);
    const spki = verifyKey.export({ type: 'spki', format: 'der' });
    return new KeyRing(
      folder,
      signingKey,
      verifyKey,
      createHash('sha256').update(spki).digest('base64url').slice(0, 16),
    );
  }

  /** A named random secret of 32 bytes (field encryption, blind index, service clients). */
  async secret(name: string): Promise<Buffer> {
    if (!/^[a-z0-9-]+$/.test(name)) throw new Error(`not a name for a secret: ${name}`);
    const text = await fileOnce(join(this.folder, `${name}.key`), () => randomBytes(32).toString('base64'));
    const key = Buffer.from(text, 'base64');
    if (key.length !== 32) throw new Error(`${join(this.folder, `${name}.key`)} is not a key of 32 bytes.`);
    return key;
  }
}

/** Reads a file, or writes it first: complete or not at all, and the first writer wins. */
async function fileOnce(path: string, make: () => string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  const draft = `${path}.${process.pid}.${randomBytes(4).toString('hex')}`;
  await writeFile(draft, make(), { mode: 0o600, flag: 'wx', flush: true });
  try {
    await link(draft, path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    await unlink(draft);
  }
  return readFile(path, 'utf8');
}
