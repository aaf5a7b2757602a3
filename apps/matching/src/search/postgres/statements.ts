/** Statements that write the index; `schema` is empty or ends in a dot. */

/** Adds or replaces the rows of a JSON array ($1) that are newer than what is there. */
export const upsertStatement = (schema: string): string =>
  `WITH given AS (
         SELECT * FROM jsonb_to_recordset($1::jsonb) AS r(
           id uuid, version bigint, rank integer, pay_high bigint, province_mask bigint, occupation smallint,
           traits smallint, occupation_confidence real, title text, places text, communes text, terms text, points jsonb)
       ), written AS (
         INSERT INTO ${schema}opening_index AS i
           (id, version, rank, pay_high, province_mask, occupation, traits, occupation_confidence, title, places,
            communes, terms)
         SELECT id, version, rank, pay_high, province_mask, occupation, traits, occupation_confidence, title, places,
                communes, terms::tsvector
         FROM given
         ON CONFLICT (id) DO UPDATE SET
           version = excluded.version, rank = excluded.rank, pay_high = excluded.pay_high,
           province_mask = excluded.province_mask, occupation = excluded.occupation, traits = excluded.traits,
           occupation_confidence = excluded.occupation_confidence, title = excluded.title, places = excluded.places,
           communes = excluded.communes, terms = excluded.terms
         WHERE i.version < excluded.version
         RETURNING doc_no, id
       ), cleared AS (
         DELETE FROM ${schema}opening_points p USING written w WHERE p.doc_no = w.doc_no
       )
       INSERT INTO ${schema}opening_points (doc_no, lat, lng)
       SELECT w.doc_no, (p->>'lat')::float8, (p->>'lng')::float8
       FROM written w JOIN given g USING (id) CROSS JOIN jsonb_array_elements(g.points) AS p`;

/** Counts the words of the index, without filters and texts beside the title. */
export const countTermsStatement = (schema: string): string =>
  `WITH cleared AS (DELETE FROM ${schema}index_terms),
            counted AS (
              INSERT INTO ${schema}index_terms (term, count)
              SELECT word, ndoc FROM ts_stat('SELECT terms FROM ${schema}opening_index')
              WHERE word !~ '^[~@a-z]?[:~@]'
            )
       UPDATE ${schema}index_meta
       SET documents = (SELECT count(*) FROM ${schema}opening_index), terms_counted_at = now()`;
