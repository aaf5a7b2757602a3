import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import { DataSource, type EntityManager } from 'typeorm';
import { currentOrigin, KeyRing, LOGGER, type Principal } from '#platform';
import { type Actor, type AuditEntry, type AuditRecord, chainHash } from './audit-entry.js';

/** Result of checking the chain from its first entry to its last. */
export interface Verification {
  intact: boolean;
  entries: number;
  head: { seq: number; hash: string };
  /** The first entry that does not fit, and why: `changed` (it, or one before it), `missing`, `head-differs`, `anchor-differs`. */
  broken?: { seq: number; reason: 'changed' | 'missing' | 'head-differs' | 'anchor-differs' };
}

/** A head of the chain that was noted elsewhere (the service's log has each one). */
export interface Anchor {
  seq: number;
  hash: string;
}

interface Row {
  seq: string;
  at: Date;
  actor_type: string;
  actor_id: string | null;
  actor_role: string | null;
  action: string;
  target_type: string | null;
  target_id: string | null;
  change: AuditEntry['change'];
  correlation_id: string | null;
  hash: Buffer;
}

const COLUMNS =
  'seq, at, actor_type, actor_id, actor_role, action, target_type, target_id, change, correlation_id, hash';

export interface AuditFilter {
  actorId?: string;
  targetId?: string;
  action?: string;
  from?: Date;
  to?: Date;
}

/** The append-only, hash-chained record of who did what. */
@Injectable()
export class AuditTrail {
  private secret?: Promise<Buffer>;

  constructor(
    private readonly dataSource: DataSource,
    private readonly keys: KeyRing,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /**
   * Writes down one act in its own transaction: it is recorded exactly when it happened. Last in the transaction,
   * as the chain's head stays locked until the commit.
   */
  async append(tx: EntityManager, record: AuditRecord): Promise<void> {
    const key = await this.key();
    const [head] = await tx.query<{ seq: string; hash: Buffer }[]>(
      'SELECT seq, hash FROM audit_head FOR UPDATE',
    );
    if (!head) throw new Error('audit_head has lost its row: the audit trail cannot be continued.');
    const entry: AuditEntry = {
      seq: Number(head.seq) + 1,
      at: new Date(),
      actorType: record.actor.type,
      actorId: record.actor.id,
      actorRole: record.actor.role,
      action: record.action,
      targetType: record.target?.type ?? null,
      targetId: record.target?.id ?? null,
      change: record.change ?? null,
      correlationId: currentOrigin().correlationId ?? null,
    };
    const hash = chainHash(key, head.hash, entry);
    await tx.query(
      `INSERT INTO audit_entries (${COLUMNS}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
      [
        entry.seq,
        entry.at,
        entry.actorType,
        entry.actorId,
        entry.actorRole,
        entry.action,
        entry.targetType,
        entry.targetId,
        entry.change && JSON.stringify(entry.change),
        entry.correlationId,
        hash,
      ],
    );
    await tx.query('UPDATE audit_head SET seq = $1, hash = $2', [entry.seq, hash]);
    // The log is kept elsewhere than the database: an anchor that a cut-off chain is found by.
    this.logger.info(
      { audit: { seq: entry.seq, action: entry.action, hash: hash.toString('hex') } },
      'audit',
    );
  }

  /** Entries, newest first, older than `before`. */
  async list(filter: AuditFilter, limit: number, before?: number): Promise<AuditEntry[]> {
    const { where, values } = conditions(filter, before);
    const rows = await this.dataSource.query<Row[]>(
      `SELECT ${COLUMNS} FROM audit_entries ${where} ORDER BY seq DESC LIMIT ${Math.trunc(limit)}`,
      values,
    );
    return rows.map(toEntry);
  }

  async count(filter: AuditFilter): Promise<number> {
    const { where, values } = conditions(filter);
    const [row] = await this.dataSource.query<{ count: number }[]>(
      `SELECT count(*)::int AS count FROM audit_entries ${where}`,
      values,
    );
    return row?.count ?? 0;
  }

  /** Recomputes the whole chain. An anchor that was noted earlier also shows whether its end was cut off. */
  async verify(anchor?: Anchor): Promise<Verification> {
    const key = await this.key();
    return this.dataSource.transaction('REPEATABLE READ', async (tx) => {
      const [head] = await tx.query<{ seq: string; hash: Buffer }[]>('SELECT seq, hash FROM audit_head');
      const result = {
        entries: 0,
        head: { seq: Number(head?.seq ?? 0), hash: head?.hash.toString('hex') ?? '' },
      };
      const broken = (seq: number, reason: NonNullable<Verification['broken']>['reason']): Verification => ({
        ...result,
        intact: false,
        broken: { seq, reason },
      });
      let previous: Buffer = Buffer.alloc(0);
      let anchored = anchor === undefined;
      for (let last = 0; ;) {
        const rows = await tx.query<Row[]>(
          `SELECT ${COLUMNS} FROM audit_entries WHERE seq > $1 ORDER BY seq LIMIT 1000`,
          [last],
        );
        for (const row of rows) {
          const seq = Number(row.seq);
          if (seq !== last + 1) return broken(last + 1, 'missing');
          const hash = chainHash(key, previous, toEntry(row));
          if (!hash.equals(row.hash)) return broken(seq, 'changed');
          if (anchor?.seq === seq) {
            if (hash.toString('hex') !== anchor.hash.toLowerCase()) return broken(seq, 'anchor-differs');
            anchored = true;
          }
          result.entries += 1;
          previous = hash;
          last = seq;
        }
        if (rows.length === 0) break;
      }
      if (result.head.seq !== result.entries || result.head.hash !== previous.toString('hex')) {
        return broken(result.entries + 1, result.head.seq > result.entries ? 'missing' : 'head-differs');
      }
      if (!anchored) return broken(result.entries + 1, 'missing');
      return { ...result, intact: true };
    });
  }

  private key(): Promise<Buffer> {
    return (this.secret ??= this.keys.secret('audit-chain'));
  }
}

/** The caller of a request as the trail names it. */
export function actorOf(caller: Principal | undefined): Actor {
  if (!caller) return { type: 'anonymous', id: null, role: null };
  return { type: caller.type, id: caller.subject, role: caller.role ?? null };
}

/** The platform itself: first start, demo data. */
export const systemActor: Actor = { type: 'system', id: null, role: null };

function conditions(filter: AuditFilter, before?: number): { where: string; values: unknown[] } {
  const parts: [sql: string, value: unknown][] = [];
  if (filter.actorId) parts.push(['actor_id =', filter.actorId]);
  if (filter.targetId) parts.push(['target_id =', filter.targetId]);
  if (filter.action) parts.push(['action =', filter.action]);
  if (filter.from) parts.push(['at >=', filter.from]);
  if (filter.to) parts.push(['at <', filter.to]);
  if (before !== undefined) parts.push(['seq <', before]);
  if (parts.length === 0) return { where: '', values: [] };
  return {
    where: `WHERE ${parts.map(([sql], i) => `${sql} $${i + 1}`).join(' AND ')}`,
    values: parts.map(([, value]) => value),
  };
}

function toEntry(row: Row): AuditEntry {
  return {
    seq: Number(row.seq),
    at: row.at,
    actorType: row.actor_type,
    actorId: row.actor_id,
    actorRole: row.actor_role,
    action: row.action,
    targetType: row.target_type,
    targetId: row.target_id,
    change: row.change,
    correlationId: row.correlation_id,
  };
}
