import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto';

/** Layout of what is sealed: format (1 byte, now 1), nonce (12), tag (16), ciphertext. */
const FORMAT = 1;
const NONCE = 12;
const TAG = 16;

/**
 * AES-256-GCM with a random nonce.
 * @param context bound to the ciphertext: moved to another row or column it does not open
 */
export function seal(key: Buffer, plain: Buffer, context: string): Buffer {
  const nonce = randomBytes(NONCE);
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(context));
  const body = Buffer.concat([cipher.update(plain), cipher.final()]);
  return Buffer.concat([Buffer.of(FORMAT), nonce, cipher.getAuthTag(), body]);
}

/** @throws Error when the key, the context or a single bit is not the one it was sealed with */
export function unseal(key: Buffer, sealed: Buffer, context: string): Buffer {
  if (sealed[0] !== FORMAT || sealed.length < 1 + NONCE + TAG) throw new Error('not a sealed value');
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(1, 1 + NONCE), {
    authTagLength: TAG,
  })
    .setAAD(Buffer.from(context))
    .setAuthTag(sealed.subarray(1 + NONCE, 1 + NONCE + TAG));
  return Buffer.concat([decipher.update(sealed.subarray(1 + NONCE + TAG)), decipher.final()]);
}

/** A keyed index of a value: equal for equal values, useless for guessing without the key. */
export function blindIndex(key: Buffer, kind: string, value: string): Buffer {
  return createHmac('sha256', key).update(`${kind}\n${value}`).digest();
}
