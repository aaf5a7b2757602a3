/** How long an instance that did not answer is asked last (ms). */
const ASKED_LAST_MS = 2_000;
const SAFE = ['GET', 'HEAD', 'OPTIONS'];
/** The connection was never made, so the request was not seen by anyone. */
const NOT_SENT = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
]);

/** What undici and a signal of `AbortSignal.timeout` call an answer that did not come in time. */
const LATE = new Set(['UND_ERR_HEADERS_TIMEOUT', 'UND_ERR_BODY_TIMEOUT', 'TimeoutError']);

/** Why an instance did not answer; figures have it as a label. */
export const upstreamFailureReasons = ['unreachable', 'broken_off', 'late', 'stopping'] as const;
export type UpstreamFailure = (typeof upstreamFailureReasons)[number];

const NETWORK = /^(E[A-Z]+|UND_ERR_(SOCKET|CONNECT_TIMEOUT|CLOSED|DESTROYED))$/;

/** The instances of one service, taken in turn. */
export class Upstreams {
  private turn = 0;
  private readonly failedAt = new Map<string, number>();

  /**
   * @param origins `http://host:port` of each instance
   * @param onFailure told of each time that one did not answer
   */
  constructor(
    private readonly origins: readonly string[],
    private readonly now: () => number = Date.now,
    private readonly onFailure: (reason: UpstreamFailure) => void = () => undefined,
  ) {}

  /**
   * Whom to ask, in this order: the next in turn first, those that lately failed last. The first comes once more
   * at the end: a kept connection that the other side has just closed says nothing of the instance.
   */
  inTurn(): string[] {
    const first = this.turn++ % this.origins.length;
    const order = [...this.origins.slice(first), ...this.origins.slice(0, first)];
    const late = (origin: string): boolean =>
      this.now() - (this.failedAt.get(origin) ?? -ASKED_LAST_MS) < ASKED_LAST_MS;
    const asked = [...order.filter((origin) => !late(origin)), ...order.filter(late)];
    return [...asked, ...asked.slice(0, 1)];
  }

  failed(origin: string, reason: UpstreamFailure): void {
    this.failedAt.set(origin, this.now());
    this.onFailure(reason);
  }

  /**
   * One request to the service, by another instance when one does not answer and asking again cannot double
   * anything.
   * @param path from the origin's root
   * @throws what the last instance failed with
   */
  async fetch(
    path: string,
    init: RequestInit & { method: string; headers?: Record<string, string> },
  ): Promise<Response> {
    let failure: unknown;
    for (const origin of this.inTurn()) {
      try {
        const answer = await fetch(`${origin}${path}`, init);
        if (!isDraining(answer.status, answer.headers.get('content-type'))) return answer;
        await answer.body?.cancel();
        failure = new Error('the service is stopping');
        this.failed(origin, 'stopping');
      } catch (error) {
        failure = error;
        this.failed(origin, failureOf(error));
        const again = mayAskAgain(init.method, init.headers ?? {}, networkCode(error));
        if (!again || init.signal?.aborted) break;
      }
    }
    throw failure;
  }
}

/**
 * Whether a request that got no answer may go to another instance: it was never sent, or repeating it changes
 * nothing.
 * @param code what the connection failed with
 */
export function mayAskAgain(
  method: string,
  headers: Record<string, unknown>,
  code: string | undefined,
): boolean {
  if (code === undefined) return false;
  return NOT_SENT.has(code) || SAFE.includes(method) || headers['idempotency-key'] !== undefined;
}

/** What Fastify answers while it closes, before any handler: a refusal of ours is a problem document. */
export function isDraining(status: number, contentType: unknown): boolean {
  return status === 503 && !String(contentType).startsWith('application/problem+json');
}

/** The code of a failed connection, however deep; undefined when it was something else. */
export function networkCode(error: unknown): string | undefined {
  return namesOf(error).find((name) => NETWORK.test(name));
}

/** In a word, why a request that got no answer got none. */
export function failureOf(error: unknown): UpstreamFailure {
  if (NOT_SENT.has(networkCode(error) ?? '')) return 'unreachable';
  return namesOf(error).some((name) => LATE.has(name)) ? 'late' : 'broken_off';
}

/** Codes and names of an error and of what caused it, the outermost first. */
function namesOf(error: unknown): string[] {
  const names: string[] = [];
  let at = error as { code?: unknown; name?: unknown; cause?: unknown } | null | undefined;
  for (let depth = 0; at && depth < 4; depth++, at = at.cause as typeof at)
    for (const name of [at.code, at.name]) if (typeof name === 'string') names.push(name);
  return names;
}
