import { useRef } from 'react';

/** Not crypto.randomUUID(): an office's own network may serve the page without TLS, where that is missing. */
const randomKey = () =>
  [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('');

/**
 * The `Idempotency-Key` of a form: pressing the button again with the same content repeats the same request,
 * changed content is a new one.
 */
export function useIdempotencyKey(): (body: unknown) => { 'Idempotency-Key': string } {
  const last = useRef<{ content: string; key: string }>(undefined);
  return (body) => {
    const content = JSON.stringify(body) ?? '';
    if (last.current?.content !== content) last.current = { content, key: randomKey() };
    return { 'Idempotency-Key': last.current.key };
  };
}
