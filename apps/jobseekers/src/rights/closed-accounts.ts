import type { EntityManager } from 'typeorm';
import { conflict } from '#platform';

/** Longer than an access token lives: until then a closed account still seems to be signed in. */
const REMEMBERED = '1 hour';

/** One account's registrations, claims and erasure go one after the other. */
async function lockAccount(tx: EntityManager, accountId: string): Promise<void> {
  await tx.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [`account:${accountId}`]);
}

/** From now on the account gets no profile. */
export async function closeAccount(tx: EntityManager, accountId: string): Promise<void> {
  await lockAccount(tx, accountId);
  await tx.query(`DELETE FROM closed_accounts WHERE closed_at < now() - interval '${REMEMBERED}'`);
  await tx.query('INSERT INTO closed_accounts (account_id) VALUES ($1) ON CONFLICT DO NOTHING', [accountId]);
}

/** @throws Problem 409 `jobseekers.account-closed` when the account has just been erased */
export async function assertAccountOpen(tx: EntityManager, accountId: string): Promise<void> {
  await lockAccount(tx, accountId);
  const closed = await tx.query<unknown[]>(
    `SELECT FROM closed_accounts WHERE account_id = $1 AND closed_at > now() - interval '${REMEMBERED}'`,
    [accountId],
  );
  if (closed.length === 0) return;
  throw conflict('jobseekers.account-closed', {
    vi: 'Tài khoản này đã được xóa',
    en: 'This account has been erased',
  });
}
