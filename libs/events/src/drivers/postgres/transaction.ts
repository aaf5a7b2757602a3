import type { Pool, PoolClient } from 'pg';

/**
 * Runs `work` in one transaction on a connection of its own. A connection on which something failed is closed, which
 * rolls back, rather than asked to: it may be the connection that does not answer.
 */
export async function inTransaction<T>(pool: Pool, work: (client: PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  // A lost connection rejects the statement in hand and is told by an event too, which unheard ends the process.
  const heard = (): void => undefined;
  client.on('error', heard);
  let failure: Error | undefined;
  try {
    await client.query('BEGIN');
    const result = await work(client);
    await client.query('COMMIT');
    return result;
  } catch (error) {
    failure = error as Error;
    throw error;
  } finally {
    client.off('error', heard);
    client.release(failure);
  }
}
