import { Controller } from '@nestjs/common';
import { Ctx, Payload } from '@nestjs/microservices';
import { EntityManager } from 'typeorm';
import { type JobseekerState, jobseekerTopic } from '#contracts';
import { type DomainEvent, Projection } from '#events';
import { titleWords } from '../query/title-words.js';
import { titleTerms } from '../search/doc-terms.js';
import { quoteTerm } from '../search/postgres/index-rows.js';
import { newest } from './newest.js';

/** Keeps the people who consented to matching. Of the others only id and version, so that nothing old returns. */
@Controller()
export class JobseekerProjection {
  @Projection(jobseekerTopic)
  async project(@Payload() events: DomainEvent<JobseekerState>[], @Ctx() tx: EntityManager): Promise<void> {
    const { states, erased } = newest(events);
    if (erased.length) await tx.query(`DELETE FROM jobseekers WHERE id = ANY($1::uuid[])`, [erased]);
    if (!states.length) return;
    await tx.query(
      `INSERT INTO jobseekers (id, version, consent, province_code, occupation_codes, desired_provinces, terms, state)
       SELECT id, version, consent, province_code, occupation_codes, desired_provinces, terms::tsvector, state
       FROM jsonb_to_recordset($1::jsonb) AS r(id uuid, version integer, consent boolean, province_code text,
         occupation_codes text[], desired_provinces text[], terms text, state jsonb)
       ON CONFLICT (id) DO UPDATE SET
         version = excluded.version, consent = excluded.consent, province_code = excluded.province_code,
         occupation_codes = excluded.occupation_codes, desired_provinces = excluded.desired_provinces, terms = excluded.terms,
         state = excluded.state
       WHERE jobseekers.version < excluded.version`,
      [JSON.stringify(states.map(rowOf))],
    );
  }
}

function rowOf(state: JobseekerState): Record<string, unknown> {
  const { id, version, consent } = state;
  const nothing = {
    id,
    version,
    consent,
    province_code: null,
    occupation_codes: [],
    desired_provinces: [],
    terms: '',
    state: null,
  };
  if (!consent) return nothing;
  const worked = state.experience.flatMap(({ occupationCode }) => occupationCode ?? []);
  const codes = [...state.desiredOccupationCodes, ...worked];
  const titles = [state.desiredTitle, ...state.experience.map(({ title }) => title)].filter(
    (title) => title !== null,
  );
  return {
    ...nothing,
    // Whose officers may see the person: also one without an address, who came to an office.
    province_code: state.areaProvinceCode ?? state.provinceCode,
    // With the minor groups, so that neighbours are found too.
    occupation_codes: [...new Set([...codes, ...codes.map((code) => code.slice(0, 3))])],
    desired_provinces: [...new Set(state.desiredPlaces.flatMap(({ provinceCode }) => provinceCode ?? []))],
    terms: [...new Set(titles.flatMap((title) => [...titleTerms(titleWords(title))]))]
      .map(quoteTerm)
      .join(' '),
    state,
  };
}
