import type { MigrationInterface, QueryRunner } from 'typeorm';

export class ScoringWeights1732200000001 implements MigrationInterface {
  name = 'ScoringWeights1732200000001';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE public.scoring_weights (
        version integer PRIMARY KEY,
        points jsonb NOT NULL,
        created_by text NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now()
      )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE public.scoring_weights');
  }
}
