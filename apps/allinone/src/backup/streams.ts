import { createHash } from 'node:crypto';
import type { Extract } from 'tar-stream';

/** A step of a pipeline. */
type Step = (chunks: AsyncIterable<Buffer>) => AsyncGenerator<Buffer>;

/** An entry of a tar file that is read: its header, and its content as Buffers. */
export type TarEntry = Extract extends AsyncIterable<infer E> ? E : never;

/** Passes chunks on and tells how many bytes have passed. */
export function counting(tell: (bytes: number) => void): Step {
  let bytes = 0;
  return async function* (chunks) {
    for await (const chunk of chunks) {
      tell((bytes += chunk.length));
      yield chunk;
    }
  };
}

/** Passes chunks on; afterwards `digest` is the SHA-256 of them all, in hexadecimal. */
export function hashing(): { step: Step; digest: () => string } {
  const hash = createHash('sha256');
  return {
    step: async function* (chunks) {
      for await (const chunk of chunks) {
        hash.update(chunk);
        yield chunk;
      }
    },
    digest: () => hash.digest('hex'),
  };
}

export const sha256 = (content: string | Buffer): string =>
  createHash('sha256').update(content).digest('hex');
