import { request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';

/**
 * A request whose answer may take hours (a rebuild): `fetch` gives up after five minutes without one, and has no
 * setting for it. Rejects as `fetch` does, with the cause.
 */
export function slowRequest(
  url: string,
  { method, headers, body }: { method: string; headers: Record<string, string>; body?: string },
): Promise<Response> {
  const send = url.startsWith('https:') ? requestHttps : requestHttp;
  return new Promise((resolve, reject) => {
    const fail = (cause: Error): void => reject(new TypeError('no answer', { cause }));
    const outgoing = send(url, { method, headers }, (incoming) => {
      const chunks: Buffer[] = [];
      incoming.on('error', fail).on('data', (chunk: Buffer) => chunks.push(chunk));
      incoming.on('end', () =>
        resolve(new Response(Buffer.concat(chunks), { status: incoming.statusCode ?? 500 })),
      );
    });
    outgoing.on('error', fail).end(body);
  });
}
