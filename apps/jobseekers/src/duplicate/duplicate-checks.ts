import type { EntityManager } from 'typeorm';

/** Why two profiles may be of one person. `claim`: somebody with a profile holds the code of another one. */
export type SuspicionReason = 'citizenId' | 'socialInsuranceNo' | 'personAndPhone' | 'claim';

/** How many profiles one is compared with per reason: a number that hundreds declared fills no queue. */
const COMPARED = 20;

/** Asks for a comparison of profiles with all others, after this transaction. */
export async function requestDuplicateCheck(tx: EntityManager, ids: readonly string[]): Promise<void> {
  await tx.query('INSERT INTO duplicate_checks SELECT unnest($1::uuid[]) ON CONFLICT DO NOTHING', [ids]);
}

/** Puts one pair into the merge queue. */
export async function suspect(
  tx: EntityManager,
  one: string,
  other: string,
  reason: SuspicionReason,
): Promise<void> {
  await tx.query(
    `INSERT INTO duplicates (id, elder_id, younger_id, reasons)
     SELECT gen_random_uuid(), ids[1], ids[2], ARRAY[$3]
     FROM (SELECT array_agg(id ORDER BY registered_at, id) AS ids FROM jobseekers WHERE id IN ($1, $2)) pair
     WHERE cardinality(ids) = 2
     ${ON_KNOWN_PAIR}`,
    [one, other, reason],
  );
}

/** A pair that was dismissed comes back only for a reason that was not known then. */
const ON_KNOWN_PAIR = `
  ON CONFLICT (elder_id, younger_id) DO UPDATE SET
    status = CASE WHEN duplicates.reasons @> EXCLUDED.reasons THEN duplicates.status ELSE 'open' END,
    reasons = ARRAY(SELECT DISTINCT unnest(duplicates.reasons || EXCLUDED.reasons) ORDER BY 1)`;

/**
 * Compares profiles that wait for it, and puts pairs with the same citizen id, the same social-insurance number,
 * or the same name, birth date and phone into the merge queue.
 * @returns how many profiles were compared
 */
export async function checkDuplicates(tx: EntityManager, limit = 1000): Promise<number> {
  const due = await tx.query<{ jobseeker_id: string }[]>(
    `WITH due AS (SELECT jobseeker_id FROM duplicate_checks LIMIT $1 FOR UPDATE SKIP LOCKED)
     DELETE FROM duplicate_checks c USING due WHERE c.jobseeker_id = due.jobseeker_id RETURNING c.jobseeker_id`,
    [limit],
  );
  const ids = (due as unknown as [{ jobseeker_id: string }[], number])[0].map((row) => row.jobseeker_id);
  if (ids.length === 0) return 0;
  const same = (condition: string): string => `
    SELECT a.id AS a_id, a.registered_at AS a_at, b.id AS b_id, b.registered_at AS b_at
    FROM jobseekers a CROSS JOIN LATERAL (
      SELECT id, registered_at FROM jobseekers o WHERE o.id <> a.id AND ${condition} ORDER BY o.id LIMIT ${COMPARED}
    ) b WHERE a.id = ANY($1)`;
  await tx.query(
    `INSERT INTO duplicates (id, elder_id, younger_id, reasons)
     SELECT gen_random_uuid(),
       CASE WHEN (a_at, a_id) < (b_at, b_id) THEN a_id ELSE b_id END AS elder,
       CASE WHEN (a_at, a_id) < (b_at, b_id) THEN b_id ELSE a_id END AS younger,
       array_agg(DISTINCT reason ORDER BY reason)
     FROM (
       SELECT *, 'citizenId' AS reason FROM (${same('o.citizen_id_index = a.citizen_id_index')}) x
       UNION ALL
       SELECT *, 'socialInsuranceNo' FROM (${same('o.social_insurance_index = a.social_insurance_index')}) x
       UNION ALL
       SELECT *, 'personAndPhone' FROM (${same(
         'o.phone = a.phone AND o.birth_date = a.birth_date AND o.full_name_folded = a.full_name_folded',
       )}) x
     ) found
     GROUP BY elder, younger
     ${ON_KNOWN_PAIR}`,
    [ids],
  );
  return ids.length;
}
