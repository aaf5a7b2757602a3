import type { MigrationInterface, QueryRunner } from 'typeorm';
import { readModelSchema } from '../read-model/read-model-schema.js';
import { indexSchema } from '../search/postgres/index-schema.js';

/** The first generation; later ones are made and swapped in by rebuilds. */
export class ReadModel1732200000000 implements MigrationInterface {
  name = 'ReadModel1732200000000';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of [...readModelSchema('live'), ...indexSchema('live')])
      await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP SCHEMA live CASCADE');
  }
}
