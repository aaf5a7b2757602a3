import { createHash } from 'node:crypto';
import type { Header } from 'tar-stream';

/** A step of a pipeline. */
type Step = (chunks: AsyncIterable<Buffer>) => AsyncGenerator<Buffer>;

/** An entry of a tar file that is read: a stream of Buffers, which its own types call unknown. */
export type TarEntry = AsyncIterable<Buffer> & { header: Header; resume(): void };

/** The entries of a tar file in their order; each must be read to its end, or resumed. */
export type TarEntries = AsyncIterable<TarEntry>;

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
