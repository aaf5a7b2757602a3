import pg from 'pg';

/**
 * Makes a role and the database that it owns when they are missing, and gives the role this password; others than
 * the owner cannot even connect.
 * @param adminUrl a superuser, or a role with CREATEROLE and CREATEDB, which is what a managed PostgreSQL gives
 * @param closed other databases of the server that only their owners may connect to from now on
 */
export async function ensureOwnedDatabase(
  adminUrl: string,
  { database, role, password }: { database: string; role: string; password: string },
  closed: readonly string[] = [],
): Promise<void> {
  const [owner, name] = [pg.escapeIdentifier(role), pg.escapeIdentifier(database)];
  const client = new pg.Client({ connectionString: adminUrl, connectionTimeoutMillis: 5000 });
  // A lost connection rejects the statement in hand; the event, unheard, would end the process without a sentence.
  client.on('error', () => undefined);
  await client.connect();
  try {
    const known = await client.query('SELECT FROM pg_roles WHERE rolname = $1', [role]);
    const verb = known.rowCount ? 'ALTER' : 'CREATE';
    // A new role is no superuser; the attribute may be named only by one.
    await client.query(
      `${verb} ROLE ${owner} LOGIN NOCREATEDB NOCREATEROLE PASSWORD ${pg.escapeLiteral(password)}`,
    );
    const existing = await client.query('SELECT FROM pg_database WHERE datname = $1', [database]);
    if (!existing.rowCount) {
      await joinRole(client, role);
      await client.query(`CREATE DATABASE ${name} OWNER ${owner} TEMPLATE template0`);
    }
    const all = [database, ...closed].map((each) => pg.escapeIdentifier(each));
    await client.query(`REVOKE ALL ON DATABASE ${all.join(', ')} FROM PUBLIC`);
  } finally {
    await client.end();
  }
}

/** Who is no superuser gives a database only to a role that it may become. */
async function joinRole(client: pg.Client, role: string): Promise<void> {
  // Since PostgreSQL 16 the maker of a role may administer it, but become it only when it says so.
  const { rows } = await client.query<{ joined: boolean; option: string }>(
    `SELECT pg_has_role(current_user, $1, CASE WHEN since16 THEN 'SET' ELSE 'MEMBER' END) AS joined,
       CASE WHEN since16 THEN ' WITH SET TRUE' ELSE '' END AS option
     FROM (SELECT current_setting('server_version_num')::int >= 160000 AS since16) AS server`,
    [role],
  );
  if (!rows[0] || rows[0].joined) return;
  await client.query(`GRANT ${pg.escapeIdentifier(role)} TO CURRENT_USER${rows[0].option}`);
}
