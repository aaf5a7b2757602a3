import { realpath } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { Readable } from 'node:stream';
import pg from 'pg';
import { dataFolder, readText } from './data-folder.js';
import { SUPERUSER } from './initialise.js';
import { isServerOf, readPostmaster } from './postmaster.js';

/** The superuser's URL of the server that runs on a data folder now; undefined when none does. */
export async function runningServerUrl(dataDir: string): Promise<string | undefined> {
  const root = await realpath(join(resolve(dataDir), 'postgres')).catch(() => undefined);
  if (!root) return undefined;
  const { cluster, passwordFile } = dataFolder(root);
  const server = await readPostmaster(cluster);
  const password = await readText(passwordFile);
  if (!server || !password || !(await isServerOf(server.pid, cluster))) return undefined;
  return `postgres://${SUPERUSER}:${password}@127.0.0.1:${server.port}/postgres`;
}

const KB = 1024;

/** The connection under pg's client. */
interface Wire {
  query(text: string): void;
  stream: Readable;
}

/**
 * A tar file of all databases of a running server as of one moment: PostgreSQL's data folder with the part of its
 * log that makes it consistent. The server itself sends it, while it goes on working, by the command BASE_BACKUP
 * of its replication protocol, as for pg_basebackup: it begins and ends backup mode and compares every page with
 * its checksum. Backup mode belongs to the connection, so the server leaves it however this process ends. A slot
 * of the same connection keeps the log that the copy needs, however much is written meanwhile.
 */
export class BaseBackup extends Readable implements pg.Submittable {
  /** What the server expects it to be; 0 until it has said so. */
  estimatedBytes = 0;
  private complete = false;

  private constructor(private readonly client: pg.Client) {
    super();
  }

  /** @param superuserUrl of `runningServerUrl` or of an `EmbeddedPostgres` */
  static async start(superuserUrl: string): Promise<BaseBackup> {
    // `replication` is no setting of pg's types, but one of PostgreSQL's start message.
    const client = new pg.Client({
      ...{ connectionString: superuserUrl, connectionTimeoutMillis: 10_000 },
      ...{ replication: 'database' },
    });
    client.on('error', () => undefined);
    await client.connect();
    try {
      await client.query(
        `CREATE_REPLICATION_SLOT noiviec_backup_${process.pid} TEMPORARY PHYSICAL (RESERVE_WAL)`,
      );
    } catch (error) {
      await client.end();
      throw error;
    }
    return client.query(new BaseBackup(client));
  }

  override _read(): void {
    this.wire.stream.resume();
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    if (this.complete) void this.client.end();
    else this.wire.stream.destroy();
    done(error);
  }

  private get wire(): Wire {
    return (this.client as unknown as { connection: Wire }).connection;
  }

  submit(): void {
    this.wire.query(
      `BASE_BACKUP (LABEL 'noi-viec', PROGRESS true, CHECKPOINT 'fast', WAL true, MANIFEST 'no')`,
    );
  }

  /** The second answer has a row per tablespace: its OID, its folder (null: the data folder), its size in KB. */
  handleDataRow({ fields }: { fields: (Buffer | string | null)[] }): void {
    if (fields.length !== 3) return;
    if (fields[1] !== null) {
      this.destroy(new Error('A cluster with tablespaces of its own cannot be backed up as one file.'));
    }
    this.estimatedBytes = Number(fields[2]) * KB;
  }

  /** Messages of the archive: n(ew archive), d(ata), m(anifest), p(rogress). pg uses their memory again: a copy. */
  handleCopyData({ chunk }: { chunk: Buffer }): void {
    if (String.fromCharCode(chunk[0] ?? 0) !== 'd') return;
    if (!this.push(Buffer.from(chunk.subarray(1)))) this.wire.stream.pause();
  }

  handleCommandComplete({ text }: { text: string }): void {
    this.complete = text === 'BASE_BACKUP';
  }

  handleReadyForQuery(): void {
    if (this.complete) this.push(null);
    else this.destroy(new Error('PostgreSQL ended the backup before it was complete.'));
  }

  handleError(error: Error): void {
    this.destroy(error);
  }

  handleRowDescription(): void {}
  handleEmptyQuery(): void {}
  handlePortalSuspended(): void {}
  handleCopyInResponse(): void {}
}
