import { ensureOwnedDatabase } from '../database/owned-database.js';
import { randomPassword, readText, writeDurably } from './data-folder.js';

interface RecordedRoles {
  /** Password by role. */
  passwords: Record<string, string>;
  /** Owning role by database. */
  owners: Record<string, string>;
}

const NAME = /^[a-z][a-z0-9_]{0,62}$/;

/** Databases of the services, each owned by a role of its own, with passwords kept in one 0600 file. */
export class ServiceRoles {
  private recorded: RecordedRoles = { passwords: {}, owners: {} };
  private queue: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly file: string,
    private readonly superuserUrl: (database?: string) => string,
  ) {}

  /** Reads the passwords; a lost or damaged file is no harm, `ensure` gives the roles new ones. */
  async load(): Promise<void> {
    try {
      this.recorded = JSON.parse((await readText(this.file)) ?? 'null') ?? this.recorded;
    } catch {
      this.recorded = { passwords: {}, owners: {} };
    }
  }

  owner(database: string): string | undefined {
    return this.recorded.owners[database];
  }

  password(role: string): string | undefined {
    return this.recorded.passwords[role];
  }

  /** Makes the database and its role when missing; others than the owner cannot even connect. */
  ensure(database: string, role: string): Promise<void> {
    const result = this.queue.then(() => this.ensureNow(database, role));
    this.queue = result.catch(() => undefined);
    return result;
  }

  private async ensureNow(database: string, role: string): Promise<void> {
    for (const name of [database, role]) {
      if (!NAME.test(name)) throw new TypeError(`"${name}" is not a snake_case name for a database or role`);
    }
    const password = this.password(role) ?? randomPassword();
    if (this.password(role) !== password || this.owner(database) !== role) {
      this.recorded.passwords[role] = password;
      this.recorded.owners[database] = role;
      // Written before the server hears it: a kill in between is repaired by the next ALTER ROLE.
      await writeDurably(this.file, `${JSON.stringify(this.recorded, null, 2)}\n`);
    }
    await ensureOwnedDatabase(this.superuserUrl(), { database, role, password }, ['postgres', 'template1']);
  }
}
