import { Injectable } from '@nestjs/common';
import { DataSource, type SelectQueryBuilder } from 'typeorm';
import { AuditLog, decodeCursor, encodeCursor, type Page, type Principal } from '#platform';
import { fold } from '#reference';
import { IdentifierVault } from '../identifiers/identifier-vault.js';
import { parseIdentifier, parsePhone } from '../identifiers/identifiers.js';
import { act, everywhere } from './jobseeker.access.js';
import type { ListJobseekersQuery, SearchJobseekersDto } from './jobseeker.dto.js';
import { Jobseeker } from './jobseeker.entity.js';
import { codesOf, fault, invalid } from './jobseeker.errors.js';
import { type JobseekerListItem, listItem } from './jobseeker.view.js';

/** Lists are counted up to here. */
const COUNTED = 10_000;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const isId = (value: unknown): value is string => typeof value === 'string' && UUID.test(value);

/** Officers' lists and searches: their area only, newest first, every person shown is in the audit trail. */
@Injectable()
export class JobseekerSearch {
  constructor(
    private readonly dataSource: DataSource,
    private readonly vault: IdentifierVault,
    private readonly audit: AuditLog,
  ) {}

  /** @throws Problem 422 `jobseekers.identifier-in-url` when the name is a number */
  async list(query: ListJobseekersQuery, caller: Principal): Promise<Page<JobseekerListItem>> {
    if (/\d/.test(query.q ?? '')) throw invalid([fault('q', codesOf.identifierInUrl)]);
    return this.search(query, caller);
  }

  /** With a phone or a citizen id it finds whom they belong to exactly, or nobody. */
  async search(query: SearchJobseekersDto, caller: Principal): Promise<Page<JobseekerListItem>> {
    const by = this.scoped(caller);
    for (const word of fold(query.q ?? '')
      .split(/[^a-z]+/)
      .filter(Boolean)
      .slice(0, 8)) {
      by.andWhere(`(' ' || j.full_name_folded) LIKE :word${word}`, { [`word${word}`]: `% ${word}%` });
    }
    if (query.communeCode) by.andWhere('j.commune_code = :communeCode', query);
    if (query.activityStatus) by.andWhere('j.activity_status = :activityStatus', query);
    if (query.technicalLevel) by.andWhere('j.technical_level = :technicalLevel', query);
    if (query.priorityGroup) by.andWhere('j.priority_groups @> ARRAY[:priorityGroup]', query);
    if (query.phone !== undefined) {
      const phone = parsePhone(query.phone);
      if (!phone) throw invalid([fault('phone', codesOf.phone)]);
      by.andWhere('j.phone = :phone', { phone });
    }
    if (query.citizenId !== undefined) {
      const digits = parseIdentifier('citizenId', query.citizenId);
      if (!digits) throw invalid([fault('citizenId', codesOf.citizenId)]);
      by.andWhere('j.citizen_id_index = :index', { index: await this.vault.indexOf('citizenId', digits) });
    }
    const total = await count(by);
    if (query.cursor) by.andWhere('j.id < :after', { after: decodeCursor(query.cursor, isId) });
    const found = await by
      .orderBy('j.id', 'DESC')
      .take(query.limit + 1)
      .getMany();
    const shown = found.slice(0, query.limit);
    await this.writeDown(query, shown, caller);
    const last = found.length > query.limit ? shown.at(-1) : undefined;
    return {
      items: shown.map(listItem),
      total: Math.min(total, COUNTED),
      totalIsExact: total <= COUNTED,
      nextCursor: last && encodeCursor(last.id),
    };
  }

  private scoped(caller: Principal): SelectQueryBuilder<Jobseeker> {
    const by = this.dataSource.manager.createQueryBuilder(Jobseeker, 'j').where('true');
    if (!everywhere(caller.areas)) {
      by.andWhere('j.area_province_code = ANY(:areas)', { areas: [...caller.areas] });
    }
    return by;
  }

  /** A search for a number counts also when it found nobody. */
  private async writeDown(
    query: SearchJobseekersDto,
    shown: readonly Jobseeker[],
    caller: Principal,
  ): Promise<void> {
    const exact = (['phone', 'citizenId'] as const).filter((field) => query[field] !== undefined);
    const action = exact.length > 0 ? 'searched' : 'listed';
    const details = exact.length > 0 ? { by: exact } : {};
    const entries = shown.map(({ id }) => act(caller, action, id, { details }));
    if (exact.length > 0 && entries.length === 0) entries.push(act(caller, action, null, { details }));
    await this.dataSource.transaction((tx) => this.audit.append(tx, entries));
  }
}

async function count(by: SelectQueryBuilder<Jobseeker>): Promise<number> {
  const [statement, parameters] = by
    .clone()
    .select('j.id')
    .limit(COUNTED + 1)
    .getQueryAndParameters();
  const [counted] = await by.connection.query<{ total: number }[]>(
    `SELECT count(*)::int AS total FROM (${statement}) counted`,
    parameters,
  );
  return counted?.total ?? 0;
}
