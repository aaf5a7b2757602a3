import { createHmac } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { isIPv6 } from 'node:net';
import { DataSource } from 'typeorm';
import { KeyRing, Problem } from '#platform';

/** `burst` attempts at once, then one every `everySeconds`. */
interface Limit {
  burst: number;
  everySeconds: number;
}

/**
 * What may be tried how often. `pair` is one account from one address: a typist is stopped soon, while the
 * account's owner elsewhere is not locked out by a stranger. `account` bounds many addresses guessing one
 * account, `address` one address guessing many: a whole office or school may share it.
 */
const LIMITS = {
  pair: { burst: 5, everySeconds: 60 },
  account: { burst: 30, everySeconds: 30 },
  address: { burst: 60, everySeconds: 5 },
  registration: { burst: 60, everySeconds: 10 },
  ownPassword: { burst: 5, everySeconds: 60 },
} satisfies Record<string, Limit>;

/** Something that is attempted: the limit that applies and whom it counts for. */
export interface Attempt {
  limit: keyof typeof LIMITS;
  of: string;
}

interface Charged {
  key: string;
}

/**
 * Counts attempts in PostgreSQL, so that a restart forgets nothing and all instances count together. Each key is
 * a leaky bucket (GCRA). An attempt is charged before it is made, so a hundred at the same moment are a hundred;
 * one that succeeds is given back. Keys are HMACs: the table names nobody.
 */
@Injectable()
export class Throttle {
  private secret?: Promise<Buffer>;

  constructor(
    private readonly dataSource: DataSource,
    private readonly keys: KeyRing,
  ) {}

  /**
   * Charges all attempts, or none when one of them is over its limit.
   * @throws Problem 429 `identity.too-many-attempts` with Retry-After
   */
  async charge(attempts: readonly Attempt[]): Promise<void> {
    const rows = await Promise.all(
      attempts.map(async ({ limit, of }) => {
        const { burst, everySeconds } = LIMITS[limit];
        return { key: await this.key(limit, of), step: everySeconds, capacity: burst * everySeconds };
      }),
    );
    await this.dataSource.transaction(async (tx) => {
      const charged = await tx.query<Charged[]>(
        `INSERT INTO throttle_buckets AS b (key, empty_at, capacity_seconds)
         SELECT key, now() + step * interval '1 second', capacity
         FROM json_to_recordset($1::json) AS r(key text, step float8, capacity float8) ORDER BY key
         ON CONFLICT (key) DO UPDATE
           SET empty_at = greatest(b.empty_at, now()) + (excluded.empty_at - now()),
               capacity_seconds = excluded.capacity_seconds
           WHERE extract(epoch FROM greatest(b.empty_at, now()) + (excluded.empty_at - now()) - now())
                 <= excluded.capacity_seconds
         RETURNING key`,
        [JSON.stringify(rows)],
      );
      if (charged.length === rows.length) return;
      const open = new Set(charged.map(({ key }) => key));
      const [wait] = await tx.query<{ seconds: number }[]>(
        `SELECT max(ceil(extract(epoch FROM b.empty_at - now()) + r.step - r.capacity))::int AS seconds
         FROM json_to_recordset($1::json) AS r(key text, step float8, capacity float8)
         JOIN throttle_buckets b USING (key)`,
        [JSON.stringify(rows.filter(({ key }) => !open.has(key)))],
      );
      throw tooManyAttempts(Math.max(1, wait?.seconds ?? 1));
    });
  }

  /** Gives back an attempt that succeeded; `pair`, `account` and `ownPassword` start afresh. */
  async giveBack(attempts: readonly Attempt[]): Promise<void> {
    for (const { limit, of } of attempts) {
      const key = await this.key(limit, of);
      if (limit === 'address' || limit === 'registration') {
        await this.dataSource.query(
          `UPDATE throttle_buckets SET empty_at = empty_at - $2 * interval '1 second' WHERE key = $1`,
          [key, LIMITS[limit].everySeconds],
        );
      } else {
        await this.dataSource.query('DELETE FROM throttle_buckets WHERE key = $1', [key]);
      }
    }
  }

  /** Removes what counts no more. */
  async clean(): Promise<void> {
    await this.dataSource.query('DELETE FROM throttle_buckets WHERE empty_at < now()');
  }

  private async key(limit: string, of: string): Promise<string> {
    const secret = await (this.secret ??= this.keys.secret('throttle'));
    return `${limit}:${createHmac('sha256', secret).update(of).digest('base64url').slice(0, 32)}`;
  }
}

/** What an attempt to prove that one is the owner of `email` from `address` counts for. */
export function attemptsOn(email: string, address: string): Attempt[] {
  const network = networkOf(address);
  return [
    { limit: 'pair', of: `${email} ${network}` },
    { limit: 'account', of: email },
    { limit: 'address', of: network },
  ];
}

/** One subscriber: an IPv4 address, or the /64 that an IPv6 subscriber gets. */
export function networkOf(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped) return mapped;
  if (!isIPv6(address)) return address;
  const [head = '', tail = ''] = address.toLowerCase().split('%')[0]?.split('::') ?? [];
  const front = head.split(':').filter(Boolean);
  const back = tail.split(':').filter(Boolean);
  const groups = [...front, ...Array<string>(Math.max(0, 8 - front.length - back.length)).fill('0'), ...back];
  return groups
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, ''))
    .join(':');
}

function tooManyAttempts(seconds: number): Problem {
  return new Problem({
    status: 429,
    code: 'identity.too-many-attempts',
    title: { vi: 'Thử quá nhiều lần, xin chờ rồi thử lại', en: 'Too many attempts, please wait' },
    detail: {
      vi: `Có thể thử lại sau ${seconds} giây.`,
      en: `You can try again in ${seconds} seconds.`,
    },
    headers: { 'retry-after': String(seconds) },
  });
}
