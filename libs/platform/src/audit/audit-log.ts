import { createHmac } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import { DataSource, type EntityManager } from 'typeorm';
import type { Principal } from '../auth/principal.js';
import { KeyRing } from '../keys/key-ring.js';
import { LOGGER } from '../service/tokens.js';

/**
 * Something that was seen or done. It says who did what to whom and why, and **holds no personal data**: names
 * of changed fields, not their values, because it cannot be erased.
 */
export interface AuditDraft {
  /** Past tense, `aggregate.what-happened`, e.g. `jobseeker.viewed`. */
  action: string;
  /** Id of the aggregate it was done to; null when there is none. */
  subject: string | null;
  /** Account id, name of a service, `clock`, or `self` where the account id would name an erasable person. */
  actor: string;
  actorRole?: string | null;
  organisationId?: string | null;
  /** Why, when the actor gave a reason. */
  reason?: string | null;
  details?: Record<string, unknown>;
}

export interface AuditEntry extends Required<AuditDraft> {
  seq: number;
  /** ISO 8601 UTC, milliseconds. */
  at: string;
}

export interface AuditVerdict {
  /** Entries read. */
  entries: number;
  intact: boolean;
  /** First entry that was changed, or that follows a removed one. */
  brokenAt?: number;
}

/** Which entries of a trail; instants are ISO 8601, `to` is exclusive. */
export interface AuditFilter {
  actor?: string;
  subject?: string;
  action?: string;
  from?: string;
  to?: string;
}

interface Row {
  seq: string;
  at: Date;
  action: string;
  subject: string | null;
  actor: string;
  actor_role: string | null;
  organisation_id: string | null;
  reason: string | null;
  details: Record<string, unknown>;
  mac: Buffer;
}

const COLUMNS = 'seq, at, action, subject, actor, actor_role, organisation_id, reason, details, mac';
const MATCHES = `($1::text IS NULL OR actor = $1) AND ($2::text IS NULL OR subject = $2)
  AND ($3::text IS NULL OR action = $3) AND ($4::timestamptz IS NULL OR at >= $4)
  AND ($5::timestamptz IS NULL OR at < $5)`;
const VERIFY_BATCH = 5000;
const ANCHOR_MS = 60_000;

/** The actor's part of an entry, for a person or a service that made a request. */
export function actorOf(principal: Principal): Pick<AuditDraft, 'actor' | 'actorRole' | 'organisationId'> {
  return {
    actor: principal.subject,
    actorRole: principal.type === 'service' ? 'service' : (principal.role ?? null),
    organisationId: principal.organisationId ?? null,
  };
}

/**
 * A service's append-only audit trail. Each entry carries an HMAC over itself and the one before, under a key
 * of `KEYS_DIR`: who can write to the database alone can neither change nor remove an entry unnoticed. Cutting
 * off the newest ones together with the head shows against the heads that the log has once a minute.
 * A service that uses it adds `AuditTables1700000000002` to its migrations.
 */
@Injectable()
export class AuditLog {
  private key?: Promise<Buffer>;
  private anchoredAt = 0;

  constructor(
    private readonly dataSource: DataSource,
    private readonly keys: KeyRing,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /**
   * Adds entries in the transaction of what they tell. Call it last: the head of the chain is locked from here
   * to the commit.
   */
  async append(tx: EntityManager, drafts: readonly AuditDraft[]): Promise<void> {
    if (drafts.length === 0) return;
    const key = await this.secret();
    const [head] = await tx.query<{ seq: string; mac: Buffer }[]>(
      'SELECT seq, mac FROM audit_head FOR UPDATE',
    );
    if (!head) throw new Error('audit_head has no row');
    let seq = Number(head.seq);
    let mac = head.mac;
    const at = new Date().toISOString();
    const rows = drafts.map((draft) => {
      const entry = complete(draft, ++seq, at);
      mac = macOf(key, mac, entry);
      return {
        seq,
        at,
        action: entry.action,
        subject: entry.subject,
        actor: entry.actor,
        actor_role: entry.actorRole,
        organisation_id: entry.organisationId,
        reason: entry.reason,
        details: entry.details,
        mac: `\\x${mac.toString('hex')}`,
      };
    });
    await tx.query(
      `INSERT INTO audit_entries (${COLUMNS})
       SELECT ${COLUMNS} FROM json_to_recordset($1::json) AS r(seq bigint, at timestamptz, action text,
         subject text, actor text, actor_role text, organisation_id text, reason text, details json, mac bytea)`,
      [JSON.stringify(rows)],
    );
    await tx.query('UPDATE audit_head SET seq = $1, mac = $2', [seq, mac]);
    if (Date.now() - this.anchoredAt >= ANCHOR_MS) {
      this.anchoredAt = Date.now();
      this.logger.info({ audit: { seq, mac: mac.toString('hex') } }, 'audit anchor');
    }
  }

  /** Everything that was done to one aggregate, oldest first. */
  async ofSubject(subject: string, tx: EntityManager = this.dataSource.manager): Promise<AuditEntry[]> {
    const rows = await tx.query<Row[]>(
      `SELECT ${COLUMNS} FROM audit_entries WHERE subject = $1 ORDER BY seq`,
      [subject],
    );
    return rows.map(entryOf);
  }

  /** Entries, newest first, older than the entry `before`. */
  async list(filter: AuditFilter, limit: number, before?: number): Promise<AuditEntry[]> {
    const rows = await this.dataSource.query<Row[]>(
      `SELECT ${COLUMNS} FROM audit_entries WHERE ${MATCHES} AND ($6::bigint IS NULL OR seq < $6)
       ORDER BY seq DESC LIMIT $7`,
      [...valuesOf(filter), before ?? null, limit],
    );
    return rows.map(entryOf);
  }

  async count(filter: AuditFilter): Promise<number> {
    const [row] = await this.dataSource.query<{ count: number }[]>(
      `SELECT count(*)::int AS count FROM audit_entries WHERE ${MATCHES}`,
      valuesOf(filter),
    );
    return row?.count ?? 0;
  }

  /**
   * Recomputes the whole chain, oldest first, in batches.
   * @param anchor a head that was noted earlier; a trail that does not contain it was cut off or rewritten
   */
  async verify(anchor?: { seq: number; mac: string }): Promise<AuditVerdict> {
    const key = await this.secret();
    let mac: Buffer = Buffer.alloc(0);
    let entries = 0;
    for (;;) {
      const rows = await this.dataSource.query<Row[]>(
        `SELECT ${COLUMNS} FROM audit_entries WHERE seq > $1 ORDER BY seq LIMIT ${VERIFY_BATCH}`,
        [entries],
      );
      for (const row of rows) {
        const entry = entryOf(row);
        const expected = macOf(key, mac, entry);
        entries += 1;
        if (entry.seq !== entries || !expected.equals(row.mac))
          return { entries, intact: false, brokenAt: entries };
        if (anchor?.seq === entries && anchor.mac !== expected.toString('hex'))
          return { entries, intact: false, brokenAt: entries };
        mac = expected;
      }
      if (rows.length < VERIFY_BATCH) break;
    }
    const [head] = await this.dataSource.query<{ seq: string; mac: Buffer }[]>(
      'SELECT seq, mac FROM audit_head',
    );
    if (anchor && anchor.seq > entries) return { entries, intact: false, brokenAt: entries + 1 };
    // An entry that was added while this read went on is no break.
    const behind =
      !head || Number(head.seq) < entries || (Number(head.seq) === entries && !head.mac.equals(mac));
    const cut = head && Number(head.seq) > entries && !(await this.exists(entries + 1));
    return behind || cut ? { entries, intact: false, brokenAt: entries + 1 } : { entries, intact: true };
  }

  private async exists(seq: number): Promise<boolean> {
    const rows = await this.dataSource.query<unknown[]>('SELECT FROM audit_entries WHERE seq = $1', [seq]);
    return rows.length > 0;
  }

  private secret(): Promise<Buffer> {
    return (this.key ??= this.keys.secret('audit-chain'));
  }
}

function valuesOf({ actor, subject, action, from, to }: AuditFilter): (string | null)[] {
  return [actor ?? null, subject ?? null, action ?? null, from ?? null, to ?? null];
}

function complete(draft: AuditDraft, seq: number, at: string): AuditEntry {
  const { action, subject, actor, actorRole = null, organisationId = null, reason = null } = draft;
  // What JSON leaves out or changes (undefined, dates) must not differ between writing and verifying.
  const details = JSON.parse(JSON.stringify(draft.details ?? {})) as Record<string, unknown>;
  return { seq, at, action, subject, actor, actorRole, organisationId, reason, details };
}

function entryOf(row: Row): AuditEntry {
  return {
    seq: Number(row.seq),
    at: row.at.toISOString(),
    action: row.action,
    subject: row.subject,
    actor: row.actor,
    actorRole: row.actor_role,
    organisationId: row.organisation_id,
    reason: row.reason,
    details: row.details,
  };
}

function macOf(key: Buffer, previous: Buffer, entry: AuditEntry): Buffer {
  const { seq, at, action, subject, actor, actorRole, organisationId, reason, details } = entry;
  return createHmac('sha256', key)
    .update(previous)
    .update(JSON.stringify([seq, at, action, subject, actor, actorRole, organisationId, reason, details]))
    .digest();
}
