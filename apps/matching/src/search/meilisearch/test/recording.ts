import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { isDeepStrictEqual } from 'node:util';
import type { Settings } from 'meilisearch';
import { indexSettings } from '../index-settings.js';

/** One request of ours and the server's answer. Keys stand by name, never by value. */
export interface Exchange {
  request: { method: string; path: string; key: string; type?: string; encoding?: string; body?: unknown };
  response: { status: number; body: unknown };
}

export interface TestHttpServer {
  url: string;
  exchanges: Exchange[];
  close(): Promise<void>;
}

/** Names of keys, so that a recording holds none of them. */
class KeyNames {
  private searchKey = 'the-search-key-of-the-recording';

  constructor(private readonly writeKey: string | undefined) {}

  nameOf(authorization: string | undefined): string {
    const key = authorization?.replace('Bearer ', '');
    if (key === this.writeKey) return 'write';
    return key === this.searchKey ? 'search' : 'unknown';
  }

  /** The body without the value of the search key. */
  hide(body: string): string {
    const key = /"key":"([^"]+)"/.exec(body)?.[1];
    if (!key) return body;
    this.searchKey = key;
    return body.replace(key, 'the-search-key-of-the-recording');
  }
}

function requestOf(message: IncomingMessage, body: string, keys: KeyNames): Exchange['request'] {
  const { 'content-type': type, 'accept-encoding': encoding, authorization } = message.headers;
  const parsed: unknown =
    type === 'application/x-ndjson'
      ? body.split('\n').map((line) => JSON.parse(line) as unknown)
      : body && JSON.parse(body);
  return {
    method: message.method!,
    // A time is another one in each run.
    path: message.url!.replace(/(before\w+At)=[^&]+/, '$1=TIME'),
    key: keys.nameOf(authorization),
    ...(body && { type, body: withoutReferenceData(parsed) }),
    ...(encoding && { encoding }),
  };
}

/** The reference data in the settings: a recording says that they are sent, not what they are today. */
const REFERENCE = ['synonyms', 'dictionary'] as const;

function withoutReferenceData(body: unknown): unknown {
  if (typeof body !== 'object' || body === null || !('synonyms' in body)) return body;
  return { ...body, ...Object.fromEntries(REFERENCE.map((name) => [name, `THE ${name}`])) };
}

function withReferenceData(body: unknown): unknown {
  if (typeof body !== 'object' || body === null || !('synonyms' in body)) return body;
  const { synonyms } = body;
  // A new index has none.
  return synonyms === 'THE synonyms' ? { ...body, ...pick(indexSettings()) } : body;
}

/** A task without what it was given, which stands in the request. */
function withoutDetails(body: unknown): unknown {
  if (typeof body !== 'object' || body === null || !('details' in body)) return body;
  const { details: _, ...task } = body;
  return task;
}

function sameAsOurs(body: unknown): boolean {
  return isDeepStrictEqual((body as Settings | null)?.synonyms, indexSettings().synonyms);
}

const pick = ({ synonyms, dictionary }: Settings): Settings => ({ synonyms, dictionary });

const keyOf = ({ request }: Pick<Exchange, 'request'>): string => JSON.stringify(request);

/** Answers as the recording says; asks of which it knows nothing are answered 501 and kept in `exchanges`. */
export async function replay(recorded: readonly Exchange[], writeKey: string): Promise<TestHttpServer> {
  const keys = new KeyNames(writeKey);
  const left = new Map<string, Exchange[]>();
  for (const exchange of recorded)
    left.set(keyOf(exchange), [...(left.get(keyOf(exchange)) ?? []), exchange]);
  return serve(async (message) => {
    const request = requestOf(message, await text(message), keys);
    const known = left.get(keyOf({ request })) ?? [];
    const exchange = known.length > 1 ? known.shift()! : known[0];
    if (exchange) {
      const { status, body } = exchange.response;
      return { request, response: { status, body: withReferenceData(body) } };
    }
    return { request, response: { status: 501, body: { message: 'not in the recording' } } };
  });
}

/** Passes everything on to a real server and keeps it. */
export async function record(server: { url: string; key?: string }): Promise<TestHttpServer> {
  const keys = new KeyNames(server.key);
  return serve(async (message) => {
    const { authorization } = message.headers;
    const sent = await text(message);
    const request = requestOf(message, sent, keys);
    const answer = await fetch(new URL(message.url!, server.url), {
      method: request.method,
      headers: {
        ...(authorization && { authorization }),
        ...(request.type && { 'content-type': request.type }),
      },
      ...(sent && { body: sent }),
    });
    const raw = await answer.text();
    const answered = JSON.parse(keys.hide(raw) || 'null') as unknown;
    const shown = withoutDetails(sameAsOurs(answered) ? withoutReferenceData(answered) : answered);
    return { request, response: { status: answer.status, body: shown }, raw };
  });
}

async function serve(
  answer: (message: IncomingMessage) => Promise<Exchange & { raw?: string }>,
): Promise<TestHttpServer> {
  const exchanges: Exchange[] = [];
  const server = createServer((message, response) => {
    void answer(message).then(({ raw, ...exchange }) => {
      exchanges.push(exchange);
      const { status, body } = exchange.response;
      response
        .writeHead(status, { 'content-type': 'application/json' })
        .end(raw ?? (body === null ? '' : JSON.stringify(body)));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    exchanges,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
