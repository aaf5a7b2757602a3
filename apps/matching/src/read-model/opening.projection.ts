import { Controller, Inject } from '@nestjs/common';
import { Ctx, Payload } from '@nestjs/microservices';
import { EntityManager } from 'typeorm';
import { type JobOpeningState, jobOpeningTopic } from '#contracts';
import { type DomainEvent, inStep, Projection } from '#events';
import type { SearchEngine } from '../search/search-engine.js';
import { SearchKnowledge } from '../search/search-knowledge.js';
import { SEARCH_ENGINE } from '../tokens.js';
import { openingDocOf } from './opening-doc-of.js';
import { newest } from './newest.js';

/** Keeps openings as they are now, and the published ones in the index. */
@Controller()
export class OpeningProjection {
  constructor(
    @Inject(SEARCH_ENGINE) private readonly engine: SearchEngine,
    private readonly knowledge: SearchKnowledge,
  ) {}

  @Projection(jobOpeningTopic)
  async project(@Payload() events: DomainEvent<JobOpeningState>[], @Ctx() tx: EntityManager): Promise<void> {
    const { states, erased } = newest(events);
    if (erased.length) await tx.query(`DELETE FROM openings WHERE id = ANY($1::uuid[])`, [erased]);
    const docs = new Map(states.map((state) => [state.id, openingDocOf(state)]));
    const rows = states.map(({ id, version, status }) => ({ id, version, status, doc: docs.get(id) }));
    const written = await tx.query<{ id: string; status: string }[]>(
      `INSERT INTO openings (id, version, status, doc)
       SELECT id, version, status, doc
       FROM jsonb_to_recordset($1::jsonb) AS r(id uuid, version integer, status text, doc jsonb)
       ON CONFLICT (id) DO UPDATE SET version = excluded.version, status = excluded.status, doc = excluded.doc
       WHERE openings.version < excluded.version
       RETURNING id, status`,
      [JSON.stringify(rows)],
    );
    const listed = written.flatMap(({ id, status }) => (status === 'published' ? [docs.get(id)!] : []));
    const unlisted = written.flatMap(({ id, status }) => (status === 'published' ? [] : [id]));
    const changes = { 'noiviec.upserted': listed.length, 'noiviec.removed': unlisted.length + erased.length };
    await inStep({ service: 'matching', name: 'index openings', attributes: changes }, async () => {
      await this.engine.upsert(listed, { sql: tx });
      await this.engine.remove([...unlisted, ...erased], { sql: tx });
    });
    this.knowledge.changed(written.length + erased.length);
  }
}
