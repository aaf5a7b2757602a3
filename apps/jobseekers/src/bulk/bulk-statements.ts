import type { EntityManager } from 'typeorm';
import type { GiveConsentDto } from '../consent/consent.dto.js';
import { Jobseeker } from '../jobseeker/jobseeker.entity.js';

/** One INSERT for all: the columns and their types are those of the entity. */
export async function insertJobseekers(tx: EntityManager, jobseekers: readonly Jobseeker[]): Promise<void> {
  const { columns } = tx.connection.getMetadata(Jobseeker);
  const names = columns.map(({ databaseName }) => databaseName).join(', ');
  const types = columns
    .map(({ databaseName, type, isArray }) => `${databaseName} ${String(type)}${isArray ? '[]' : ''}`)
    .join(', ');
  const rows = jobseekers.map((jobseeker) =>
    Object.fromEntries(
      columns.map(({ databaseName, propertyName }) => [
        databaseName,
        asJson(jobseeker[propertyName as keyof Jobseeker]),
      ]),
    ),
  );
  await tx.query(
    `INSERT INTO jobseekers (${names}) SELECT ${names} FROM json_to_recordset($1::json) AS r(${types})`,
    [JSON.stringify(rows)],
  );
}

export async function insertConsents(
  tx: EntityManager,
  consents: readonly ({ id: string } & GiveConsentDto)[],
  by: string,
): Promise<void> {
  if (consents.length === 0) return;
  const rows = consents.map(({ id, purpose, textVersion, channel }) => ({
    jobseeker_id: id,
    purpose,
    text_version: textVersion,
    channel: channel ?? 'paper',
  }));
  await tx.query(
    `INSERT INTO consent_entries (jobseeker_id, purpose, given, text_version, channel, by_role, by_officer, at)
     SELECT jobseeker_id, purpose, true, text_version, channel, 'service', $2, clock_timestamp()
     FROM json_to_recordset($1::json) AS r(jobseeker_id uuid, purpose text, text_version text, channel text)`,
    [JSON.stringify(rows), by],
  );
}

/** bytea in its text form; the rest as JSON has it. */
function asJson(value: unknown): unknown {
  return Buffer.isBuffer(value) ? `\\x${value.toString('hex')}` : value;
}
