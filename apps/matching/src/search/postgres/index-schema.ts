/**
 * The tables of one generation of the search index. `opening_index` is narrow on purpose: facets of a broad query
 * read all its rows. What is shown comes from the read model.
 */
export function indexSchema(schema: string): string[] {
  return [
    `CREATE SCHEMA IF NOT EXISTS ${schema}`,
    `CREATE TABLE IF NOT EXISTS ${schema}.opening_index (
       doc_no bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
       id uuid NOT NULL UNIQUE,
       version bigint NOT NULL,
       rank integer NOT NULL,
       pay_high bigint,
       province_mask bigint NOT NULL,
       occupation smallint,
       traits smallint NOT NULL,
       occupation_confidence real NOT NULL,
       title text NOT NULL,
       places text NOT NULL,
       communes text NOT NULL,
       terms tsvector NOT NULL
     )`,
    // Writes go to a short list first, which makes imports twice as fast; every search reads that list, so it is short.
    `CREATE INDEX IF NOT EXISTS opening_index_terms ON ${schema}.opening_index USING gin (terms)
       WITH (fastupdate = on, gin_pending_list_limit = 256)`,
    `CREATE INDEX IF NOT EXISTS opening_index_rank ON ${schema}.opening_index (rank DESC, doc_no DESC)`,
    `CREATE INDEX IF NOT EXISTS opening_index_pay ON ${schema}.opening_index (pay_high DESC NULLS LAST, doc_no DESC)`,
    `ALTER TABLE ${schema}.opening_index ALTER COLUMN terms SET STATISTICS 200`,
    `CREATE TABLE IF NOT EXISTS ${schema}.opening_points (
       doc_no bigint NOT NULL REFERENCES ${schema}.opening_index ON DELETE CASCADE,
       lat double precision NOT NULL,
       lng double precision NOT NULL
     )`,
    `CREATE INDEX IF NOT EXISTS opening_points_place ON ${schema}.opening_points (lat, lng)`,
    `CREATE INDEX IF NOT EXISTS opening_points_doc ON ${schema}.opening_points (doc_no)`,
    `CREATE TABLE IF NOT EXISTS ${schema}.index_terms (term text NOT NULL, count integer NOT NULL)`,
    `CREATE TABLE IF NOT EXISTS ${schema}.index_meta (
       only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
       generation text NOT NULL,
       documents bigint NOT NULL DEFAULT 0,
       terms_counted_at timestamptz
     )`,
    `INSERT INTO ${schema}.index_meta (generation)
     VALUES (to_char(clock_timestamp() AT TIME ZONE 'UTC', 'YYYYMMDD"T"HH24MISSMS')) ON CONFLICT DO NOTHING`,
  ];
}
