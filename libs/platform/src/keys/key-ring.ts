import { randomBytes } from 'node:crypto';
import { chmod } from 'node:fs/promises';
import { join } from 'node:path';
import { ConfigurationError } from '../config/configuration-error.js';
import { makeFolder } from '../files/make-folder.js';
import { fileOnce } from './file-once.js';
import { SigningKeys } from './signing-keys.js';

/** @throws ConfigurationError when the folder is not there and cannot be made */
export async function makeKeysFolder(folder: string): Promise<void> {
  await makeFolder(folder, 0o700).catch(({ code, message }: NodeJS.ErrnoException) => {
    throw new ConfigurationError(
      `KEYS_DIR: the folder ${folder} cannot be made (${code ?? message}): set KEYS_DIR to one that can.`,
    );
  });
}

/** The platform's secrets, files of mode 0600 in `KEYS_DIR`, shared by all instances. */
export class KeyRing {
  private constructor(
    private readonly folder: string,
    /** The keys of access and service tokens. */
    readonly signing: SigningKeys,
  ) {}

  /**
   * Opens the folder; what is not there yet is made, once, even when several processes start together.
   * @throws ConfigurationError when the folder is not there and cannot be made
   */
  static async open(folder: string): Promise<KeyRing> {
    await makeKeysFolder(folder);
    // A folder that somebody else owns (a mounted secret) keeps the mode that its owner gave it.
    await chmod(folder, 0o700).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPERM' && error.code !== 'EROFS') throw error;
    });
    return new KeyRing(folder, await SigningKeys.open(folder));
  }

  /** A named random secret of 32 bytes (field encryption, blind index, audit chain). */
  async secret(name: string): Promise<Buffer> {
    if (!/^[a-z0-9-]+$/.test(name)) throw new Error(`not a name for a secret: ${name}`);
    const path = join(this.folder, `${name}.key`);
    const key = Buffer.from(await fileOnce(path, () => randomBytes(32).toString('base64')), 'base64');
    if (key.length !== 32) throw new Error(`${path} is not a key of 32 bytes.`);
    return key;
  }
}
