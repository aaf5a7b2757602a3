import pg from 'pg';

/**
 * Makes a role and the database that it owns when they are missing, and gives the role this password; others than
 * the owner cannot even connect.
 * @param superuserUrl a role that may create roles and databases
 * @param closed other databases of the server that only their owners may connect to from now on
 */
export async function ensureOwnedDatabase(
  superuserUrl: string,
  { database, role, password }: { database: string; role: string; password: string },
  closed: readonly string[] = [],
): Promise<void> {
  const [owner, name] = [pg.escapeIdentifier(role), pg.escapeIdentifier(database)];
  const client = new pg.Client({ connectionString: superuserUrl, connectionTimeoutMillis: 5000 });
  // A lost connection rejects the statement in hand; the event, unheard, would end the process without a sentence.
  client.on('error', () => undefined);
  await client.connect();
  try {
    const known = await client.query('SELECT FROM pg_roles WHERE rolname = $1', [role]);
    const verb = known.rowCount ? 'ALTER' : 'CREATE';
    await client.query(
      `${verb} ROLE ${owner} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE PASSWORD ${pg.escapeLiteral(password)}`,
    );
    const existing = await client.query('SELECT FROM pg_database WHERE datname = $1', [database]);
    if (!existing.rowCount) await client.query(`CREATE DATABASE ${name} OWNER ${owner} TEMPLATE template0`);
    const all = [database, ...closed].map((each) => pg.escapeIdentifier(each));
    await client.query(`REVOKE ALL ON DATABASE ${all.join(', ')} FROM PUBLIC`);
  } finally {
    await client.end();
  }
}
