import { createHmac } from 'node:crypto';
import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { AuthenticatedRequest } from '../auth/decorators.js';
import { clientAddress } from '../auth/edge-header.js';
import { Problem } from '../problems/problem.js';

/** Name of the Fastify decorator that holds the key of request hashes. */
export const REQUEST_KEY = 'requestHashKey';

/** A creating request as its `Idempotency-Key` makes it recognisable. Without the header `key` is undefined. */
export interface IdempotentRequest {
  caller: string;
  key?: string;
  /**
   * Keyed hash of method, address and body: the same key with another request is a mistake of the caller. Keyed,
   * because a body may hold a citizen id, which could be found from a plain hash by trying.
   */
  hash: string;
}

/** The `Idempotency-Key` of a creating POST: 1 to 100 visible characters. */
export const Idempotent = createParamDecorator((_: unknown, context: ExecutionContext): IdempotentRequest => {
  const request = context.switchToHttp().getRequest<AuthenticatedRequest>();
  const header = request.headers['idempotency-key'];
  if (header !== undefined && (typeof header !== 'string' || !/^[\x21-\x7e]{1,100}$/.test(header))) {
    throw new Problem({
      status: 400,
      code: 'platform.idempotency-key-invalid',
      title: { vi: 'Idempotency-Key không hợp lệ', en: 'The Idempotency-Key is not valid' },
    });
  }
  const hash = createHmac('sha256', request.server.getDecorator<Buffer>(REQUEST_KEY))
    .update(`${request.method} ${request.url}\n`)
    .update(Buffer.isBuffer(request.body) ? request.body : JSON.stringify(request.body ?? null))
    .digest('base64url');
  return { caller: request.principal?.subject ?? `anonymous:${clientAddress(request)}`, key: header, hash };
});

/**
 * Runs `work` once per caller and key, in the transaction that creates the thing: a retry gets the first
 * answer, a concurrent one waits for it, and a crash leaves neither thing nor key.
 * @throws Problem 422 `platform.idempotency-key-reused` when the key came with another request
 */
export async function once<T>(
  tx: EntityManager,
  request: IdempotentRequest,
  work: () => Promise<T>,
): Promise<T> {
  if (!request.key) return work();
  const inserted = await tx.query<unknown[]>(
    `INSERT INTO idempotency_key (caller, key, request_hash) VALUES ($1, $2, $3)
     ON CONFLICT DO NOTHING RETURNING key`,
    [request.caller, request.key, request.hash],
  );
  if (inserted.length === 0) {
    const [stored] = await tx.query<{ request_hash: string; body: string | null }[]>(
      'SELECT request_hash, body FROM idempotency_key WHERE caller = $1 AND key = $2',
      [request.caller, request.key],
    );
    if (stored?.request_hash !== request.hash) {
      throw new Problem({
        status: 422,
        code: 'platform.idempotency-key-reused',
        title: {
          vi: 'Idempotency-Key này đã dùng cho một yêu cầu khác',
          en: 'This Idempotency-Key was used for another request',
        },
      });
    }
    return JSON.parse(stored.body ?? 'null') as T;
  }
  const result = await work();
  await tx.query('UPDATE idempotency_key SET body = $3 WHERE caller = $1 AND key = $2', [
    request.caller,
    request.key,
    JSON.stringify(result ?? null),
  ]);
  return result;
}
