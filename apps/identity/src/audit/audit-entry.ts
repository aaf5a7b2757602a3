import { createHmac } from 'node:crypto';

/** Who did something: a person's account, another service, the platform itself, or somebody not signed in. */
export interface Actor {
  type: 'user' | 'service' | 'system' | 'anonymous';
  id: string | null;
  role: string | null;
}

/** Before and after of what was changed. Never a name, an address, a password: only codes, ids and the words
 * `changed` or `set`. */
export type Change = Record<string, { from?: ChangeValue; to?: ChangeValue } | 'changed' | 'set'>;
type ChangeValue = string | number | boolean | null | readonly string[];

/** What is written down of one act. */
export interface AuditRecord {
  actor: Actor;
  /** `what.past-tense`: `account.created`, `session.opened`. */
  action: string;
  target?: { type: string; id: string | null };
  change?: Change;
}

/** An entry of the chain. */
export interface AuditEntry {
  seq: number;
  at: Date;
  actorType: string;
  actorId: string | null;
  actorRole: string | null;
  action: string;
  targetType: string | null;
  targetId: string | null;
  change: Change | null;
  correlationId: string | null;
}

/**
 * The hash that ties an entry to everything before it. It is keyed: whoever can write to the database, but has
 * no access to `KEYS_DIR`, cannot make the chain fit again after an edit.
 */
export function chainHash(key: Buffer, previous: Buffer, entry: AuditEntry): Buffer {
  return createHmac('sha256', key)
    .update(previous)
    .update(
      canonicalJson([
        entry.seq,
        entry.at.toISOString(),
        entry.actorType,
        entry.actorId,
        entry.actorRole,
        entry.action,
        entry.targetType,
        entry.targetId,
        entry.change,
        entry.correlationId,
      ]),
    )
    .digest();
}

/** JSON with sorted keys: what PostgreSQL gives back from jsonb is in another order than what went in. */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (value !== null && typeof value === 'object') {
    const members = Object.entries(value)
      .filter(([, member]) => member !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, member]) => `${JSON.stringify(name)}:${canonicalJson(member)}`);
    return `{${members.join(',')}}`;
  }
  return JSON.stringify(value ?? null);
}
