import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { type Principal, Problem } from '#platform';

/** A busy desk at a job fair does not get there. */
const ATTEMPTS_PER_HOUR = 60;
/** Each tells that somebody in the country has the number: nobody meets so many by chance. */
const REFUSALS_PER_HOUR = 5;

/**
 * How often an officer has compared documents with profiles. An answer tells whether the number is verified
 * elsewhere, in other areas too: without a limit, numbers could be tried.
 */
@Injectable()
export class VerificationAttempts {
  constructor(private readonly dataSource: DataSource) {}

  /**
   * Counts a try before it is made: many at once count as many.
   * @returns its id, for `refused`
   * @throws Problem 429 `jobseekers.too-many-verifications`
   */
  async count({ subject }: Principal): Promise<string> {
    const id = await this.dataSource.transaction(async (tx) => {
      await tx.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [`verification:${subject}`]);
      await tx.query(`DELETE FROM verification_attempts WHERE at < now() - interval '1 hour'`);
      const [before] = await tx.query<{ attempts: number; refusals: number }[]>(
        `SELECT count(*)::int AS attempts, (count(*) FILTER (WHERE refused))::int AS refusals
         FROM verification_attempts WHERE officer_id = $1`,
        [subject],
      );
      if (!before || before.attempts >= ATTEMPTS_PER_HOUR || before.refusals >= REFUSALS_PER_HOUR) return;
      const [made] = await tx.query<{ id: string }[]>(
        'INSERT INTO verification_attempts (officer_id) VALUES ($1) RETURNING id',
        [subject],
      );
      return made?.id;
    });
    if (id !== undefined) return id;
    throw new Problem({
      status: 429,
      code: 'jobseekers.too-many-verifications',
      title: { vi: 'Bạn đã đối chiếu quá nhiều số căn cước', en: 'Too many citizen ids were compared' },
      detail: { vi: 'Hãy thử lại sau một giờ.', en: 'Try again in an hour.' },
      headers: { 'retry-after': '3600' },
    });
  }

  /** The number of that try is verified for another profile. */
  async refused(attemptId: string): Promise<void> {
    await this.dataSource.query('UPDATE verification_attempts SET refused = true WHERE id = $1', [attemptId]);
  }
}
