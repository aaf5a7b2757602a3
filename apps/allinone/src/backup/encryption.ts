import { Decrypter, Encrypter } from 'age-encryption';
import { BackupError } from './backup-error.js';

type Bytes = AsyncIterable<Uint8Array>;

/** How files begin that age has encrypted. */
export const AGE_HEADER = 'age-encryption.org/v1';

/** Encrypts with a passphrase in age's format: the `age` tool opens it, too. */
export function encryption(passphrase: string): (plain: Bytes) => AsyncGenerator<Uint8Array> {
  return async function* (plain) {
    const encrypter = new Encrypter();
    encrypter.setPassphrase(passphrase);
    yield* await encrypter.encrypt(ReadableStream.from(plain));
  };
}

/** The opposite. @throws BackupError `passphrase-wrong`; `damaged` when a byte was changed or is missing */
export function decryption(passphrase: string): (secret: Bytes) => AsyncGenerator<Uint8Array> {
  return async function* (secret) {
    const decrypter = new Decrypter();
    decrypter.addPassphrase(passphrase);
    let plain: AsyncIterable<Uint8Array>;
    try {
      plain = await decrypter.decrypt(ReadableStream.from(secret));
    } catch (cause) {
      throw new BackupError('backup.passphrase-wrong', 'Mật khẩu không đúng với bản sao lưu này.', {
        cause,
      });
    }
    yield* plain;
  };
}
