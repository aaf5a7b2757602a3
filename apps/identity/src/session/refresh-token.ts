import { createHash, createHmac, randomBytes } from 'node:crypto';

/** A refresh token: the session that it belongs to and a secret of 32 bytes. */
export interface RefreshToken {
  sessionId: string;
  secret: Buffer;
}

const TOKEN = /^([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\.([\w-]{43})$/;

export function writeToken({ sessionId, secret }: RefreshToken): string {
  return `${sessionId}.${secret.toString('base64url')}`;
}

/** undefined when the text is no refresh token. */
export function readToken(text: string | undefined): RefreshToken | undefined {
  const match = TOKEN.exec(text ?? '');
  if (!match?.[1] || !match[2]) return undefined;
  return { sessionId: match[1], secret: Buffer.from(match[2], 'base64url') };
}

export function firstToken(sessionId: string): RefreshToken {
  return { sessionId, secret: randomBytes(32) };
}

/**
 * The token that follows: always the same one after the same token, so that two tabs which refresh at the same
 * moment end with one cookie. Nobody computes it without both the token and the platform's key.
 */
export function successorOf(token: RefreshToken, key: Buffer): RefreshToken {
  const secret = createHmac('sha256', key).update(token.sessionId).update(token.secret).digest();
  return { sessionId: token.sessionId, secret };
}

/** What is stored of a token. Its secret has 256 random bits: a fast hash is enough. */
export function hashOf({ secret }: RefreshToken): Buffer {
  return createHash('sha256').update(secret).digest();
}
