import pg from 'pg';

/**
 * URL of a service's database on a given server; the database is made when the server's role may do so.
 * @param serverUrl e.g. `postgres://user:pw@host:5432/postgres`
 */
export async function ensureDatabase(serverUrl: string, database: string): Promise<string> {
  const url = new URL(serverUrl);
  const client = new pg.Client({ connectionString: serverUrl, connectionTimeoutMillis: 5000 });
  // A lost connection rejects the statement in hand; the event, unheard, would end the process without a sentence.
  client.on('error', () => undefined);
  await client.connect();
  try {
    const { rowCount } = await client.query('SELECT FROM pg_database WHERE datname = $1', [database]);
    if (!rowCount) {
      await client
        .query(`CREATE DATABASE ${pg.escapeIdentifier(database)}`)
        .catch((error: { code?: string }) => {
          // Another process made it in the meantime.
          if (error.code !== '42P04' && error.code !== '23505') throw error;
        });
    }
  } finally {
    await client.end();
  }
  url.pathname = `/${database}`;
  return url.toString();
}
