import { Injectable } from '@nestjs/common';
import { type EntityManager, DataSource } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { ACCESS_TOKEN_SECONDS, AuditLog, KeyRing, Problem, type Role, Tokens } from '#platform';
import { Account } from '../account/account.entity.js';
import { areasOf } from '../account/role-rules.js';
import { firstToken, hashOf, readToken, successorOf, writeToken } from './refresh-token.js';
import { type Revocation, Session } from './session.entity.js';

/** What a sign-in or a refresh gives: the access token for the page, the refresh token for the cookie. */
export interface SignedIn {
  accessToken: string;
  /** Seconds. */
  expiresIn: number;
  refreshToken: string;
  /** Seconds that the cookie lives without use. */
  idleSeconds: number;
}

/**
 * How long a replaced refresh token is still answered, with the same successor: two tabs, or an answer that a
 * mobile network lost. Later it is a copy in other hands.
 */
const REUSE_GRACE_SECONDS = 30;

const HOUR = 3600;
const DAY = 24 * HOUR;

/** People who see other people's data sign in each working day; a jobseeker's phone stays signed in. */
function sessionLifetime(role: Role): { idleSeconds: number; totalSeconds: number } {
  return role === 'jobseeker'
    ? { idleSeconds: 14 * DAY, totalSeconds: 90 * DAY }
    : { idleSeconds: 12 * HOUR, totalSeconds: 7 * DAY };
}

/** Sessions: opened by a sign-in, continued by rotating refresh tokens, ended by sign-out, reuse or an administrator. */
@Injectable()
export class SessionService {
  private secret?: Promise<Buffer>;

  constructor(
    private readonly dataSource: DataSource,
    private readonly tokens: Tokens,
    private readonly keys: KeyRing,
    private readonly audit: AuditLog,
  ) {}

  /** Opens a session for an account with its organisation loaded. The caller has made sure who it is. */
  async open(tx: EntityManager, account: Account): Promise<SignedIn> {
    const { idleSeconds, totalSeconds } = sessionLifetime(account.role);
    const now = new Date();
    const token = firstToken(uuidv7());
    await tx.insert(Session, {
      id: token.sessionId,
      accountId: account.id,
      tokenHash: hashOf(token),
      previousHash: null,
      rotatedAt: now,
      idleSeconds,
      expiresAt: new Date(now.getTime() + totalSeconds * 1000),
      createdAt: now,
      revokedAt: null,
      revokedBecause: null,
    });
    return this.signedIn(account, writeToken(token), idleSeconds);
  }

  /**
   * Exchanges a refresh token for the next one. A token that was replaced longer ago than the grace ends the
   * whole session: either its owner or a thief holds a copy, and they cannot be told apart.
   * @throws Problem 401 `identity.session-ended`
   */
  async refresh(text: string | undefined): Promise<SignedIn> {
    const token = readToken(text);
    if (!token) throw sessionEnded();
    const key = await (this.secret ??= this.keys.secret('refresh-tokens'));
    const outcome = await this.dataSource.transaction(async (tx) => {
      const session = await tx.findOne(Session, {
        where: { id: token.sessionId },
        lock: { mode: 'pessimistic_write' },
      });
      if (!session || session.revokedAt || isOver(session)) return undefined;
      const given = hashOf(token);
      const next = successorOf(token, key);
      if (given.equals(session.tokenHash)) {
        const rotatedAt = new Date();
        await tx.update(Session, session.id, { tokenHash: hashOf(next), previousHash: given, rotatedAt });
      } else if (!session.previousHash?.equals(given) || !withinGrace(session)) {
        await this.revoke(tx, session, 'reused');
        return undefined;
      }
      const account = await tx.findOne(Account, {
        where: { id: session.accountId },
        relations: { organisation: true },
      });
      if (!account || !maySignIn(account)) return undefined;
      return { account, refreshToken: writeToken(next), idleSeconds: session.idleSeconds };
    });
    if (!outcome) throw sessionEnded();
    return this.signedIn(outcome.account, outcome.refreshToken, outcome.idleSeconds);
  }

  /** Ends the session of a refresh token, whether it is still valid or not. */
  async end(text: string | undefined, because: 'signed-out' | 'replaced'): Promise<void> {
    const token = readToken(text);
    if (!token) return;
    await this.dataSource.transaction(async (tx) => {
      const session = await tx.findOne(Session, {
        where: { id: token.sessionId },
        lock: { mode: 'pessimistic_write' },
      });
      if (!session || session.revokedAt) return;
      const given = hashOf(token);
      if (!given.equals(session.tokenHash) && !session.previousHash?.equals(given)) return;
      await this.revoke(tx, session, because);
    });
  }

  /** Ends all sessions of an account but the one of `keep`, a refresh token of its own. */
  async endAll(tx: EntityManager, accountId: string, because: Revocation, keep?: string): Promise<void> {
    await tx.query(
      `UPDATE sessions SET revoked_at = now(), revoked_because = $2
       WHERE account_id = $1 AND revoked_at IS NULL AND id IS DISTINCT FROM $3`,
      [accountId, because, readToken(keep)?.sessionId ?? null],
    );
  }

  /** Ends all sessions of an organisation's people. */
  async endAllOf(tx: EntityManager, organisationId: string): Promise<void> {
    await tx.query(
      `UPDATE sessions SET revoked_at = now(), revoked_because = 'account-changed'
       WHERE revoked_at IS NULL AND account_id IN (SELECT id FROM accounts WHERE organisation_id = $1)`,
      [organisationId],
    );
  }

  /** Removes sessions that ended more than a week ago. */
  async clean(): Promise<void> {
    await this.dataSource.query(
      `DELETE FROM sessions WHERE least(expires_at, revoked_at, rotated_at + idle_seconds * interval '1 second')
                                  < now() - interval '7 days'`,
    );
  }

  private async revoke(tx: EntityManager, session: Session, because: Revocation): Promise<void> {
    await tx.update(Session, session.id, { revokedAt: new Date(), revokedBecause: because });
    await this.audit.append(tx, [
      {
        actor: because === 'reused' ? 'anonymous' : session.accountId,
        action: because === 'reused' ? 'session.reuse-detected' : 'session.ended',
        subject: session.accountId,
      },
    ]);
  }

  private async signedIn(account: Account, refreshToken: string, idleSeconds: number): Promise<SignedIn> {
    const accessToken = await this.tokens.signUser({
      subject: account.id,
      role: account.role,
      organisationId: account.organisationId ?? undefined,
      areas: areasOf(account.role, account.organisation?.areas, account.narrowedAreas),
      name: account.fullName,
    });
    return { accessToken, expiresIn: ACCESS_TOKEN_SECONDS, refreshToken, idleSeconds };
  }
}

/** Neither the person nor the organisation is shut out. */
export function maySignIn(account: Account): boolean {
  return account.status === 'active' && account.organisation?.status !== 'suspended';
}

function isOver(session: Session): boolean {
  const now = Date.now();
  return (
    session.expiresAt.getTime() <= now || session.rotatedAt.getTime() + session.idleSeconds * 1000 <= now
  );
}

function withinGrace(session: Session): boolean {
  return Date.now() - session.rotatedAt.getTime() <= REUSE_GRACE_SECONDS * 1000;
}

function sessionEnded(): Problem {
  return new Problem({
    status: 401,
    code: 'identity.session-ended',
    title: { vi: 'Phiên đăng nhập đã kết thúc', en: 'The session has ended' },
    detail: { vi: 'Hãy đăng nhập lại.', en: 'Please sign in again.' },
  });
}
