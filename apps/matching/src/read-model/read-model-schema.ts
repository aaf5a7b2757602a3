import { changeQueueSchema } from '../search/feed/change-queue.js';

/** The read model of one generation: what matching keeps of other services' aggregates. */
export function readModelSchema(schema: string): string[] {
  return [
    `CREATE SCHEMA IF NOT EXISTS ${schema}`,
    `CREATE TABLE IF NOT EXISTS ${schema}.openings (
       id uuid PRIMARY KEY,
       version integer NOT NULL,
       status text NOT NULL,
       doc jsonb NOT NULL
     )`,
    `CREATE TABLE IF NOT EXISTS ${schema}.jobseekers (
       id uuid PRIMARY KEY,
       version integer NOT NULL,
       consent boolean NOT NULL,
       province_code text,
       occupation_codes text[] NOT NULL DEFAULT '{}',
       desired_provinces text[] NOT NULL DEFAULT '{}',
       terms tsvector NOT NULL DEFAULT '',
       state jsonb
     )`,
    `CREATE INDEX IF NOT EXISTS jobseekers_occupations ON ${schema}.jobseekers USING gin (occupation_codes) WHERE consent`,
    `CREATE INDEX IF NOT EXISTS jobseekers_terms ON ${schema}.jobseekers USING gin (terms) WHERE consent`,
    `CREATE INDEX IF NOT EXISTS jobseekers_province ON ${schema}.jobseekers (province_code) WHERE consent`,
    ...changeQueueSchema(schema),
  ];
}
