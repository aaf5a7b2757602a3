import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import { DataSource } from 'typeorm';
import type { ConsentingJobseeker } from '#contracts';
import { covers, LOGGER, notFound, PeerClient, PeerError, type Principal } from '#platform';
import type { OpeningDoc } from '../search/opening-doc.js';
import { type JobseekerMatch, JobseekersForOpening } from './jobseekers-for-opening.js';
import { type OpeningMatch, OpeningsForJobseeker } from './openings-for-jobseeker.js';

export interface NamedJobseekerMatch extends JobseekerMatch {
  /** From the service that owns it, audited there; null when it cannot be had now. */
  fullName: string | null;
}

/** Who may see which matches. What the caller may not see does not exist for them. */
@Injectable()
export class MatchesService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly forJobseeker: OpeningsForJobseeker,
    private readonly forOpening: JobseekersForOpening,
    private readonly peers: PeerClient,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /** @throws Problem 404 when there is no such person, they have not consented, or it is not the caller's to see */
  async openingsFor(id: string, caller: Principal, limit: number): Promise<OpeningMatch[]> {
    const [row] = await this.dataSource.query<{ state: ConsentingJobseeker | null }[]>(
      'SELECT state FROM jobseekers WHERE id = $1 AND consent',
      [id],
    );
    const allowed =
      row?.state &&
      (caller.role === 'jobseeker'
        ? await this.owns(caller, id)
        : covers(caller, row.state.areaProvinceCode ?? row.state.provinceCode));
    if (!row?.state || !allowed) {
      throw notFound(
        'matching.jobseeker-not-found',
        'Không có hồ sơ này trong mục giới thiệu việc làm (chưa đồng ý, hoặc chưa được lập)',
        'There is no such profile in matching (no consent given, or not registered yet)',
      );
    }
    return this.forJobseeker.find(row.state, limit);
  }

  /** @throws Problem 404 when there is no such published opening or no area of the caller's is in it */
  async jobseekersFor(id: string, caller: Principal, limit: number): Promise<NamedJobseekerMatch[]> {
    const [row] = await this.dataSource.query<{ doc: OpeningDoc }[]>(
      `SELECT doc FROM openings WHERE id = $1 AND status = 'published'`,
      [id],
    );
    const provinces = row
      ? [row.doc.areaProvinceCode, ...row.doc.workplaces.map(({ provinceCode }) => provinceCode)]
      : [];
    const known = provinces.filter((code) => code);
    const places = known.length ? known : [null];
    if (!row || !places.some((code) => covers(caller, code, 'everyOfficer'))) {
      throw notFound('matching.opening-not-found', 'Không có tin tuyển dụng này', 'There is no such opening');
    }
    const matches = await this.forOpening.find(row.doc, caller.areas, limit);
    const names = await this.names(
      matches.map(({ jobseeker }) => jobseeker.id),
      caller,
    );
    return matches.map((match) => ({ ...match, fullName: names.get(match.jobseeker.id) ?? null }));
  }

  private async owns(caller: Principal, jobseekerId: string): Promise<boolean> {
    try {
      const path = `/jobseekers/${jobseekerId}/owner`;
      const { accountId } = await this.peers.call<{ accountId: string | null }>(
        'jobseekers',
        'jobseekers.owner',
        'GET',
        path,
      );
      return accountId === caller.subject;
    } catch (error) {
      if (error instanceof PeerError && error.status === 404) return false;
      throw error;
    }
  }

  /** One batch with the caller's rights. Matches without names are of use still, so a failure is only logged. */
  private async names(ids: string[], caller: Principal): Promise<Map<string, string>> {
    if (!ids.length) return new Map();
    const { subject, role, organisationId, areas } = caller;
    const onBehalfOf = { subject, role, organisationId, areas };
    try {
      const { items } = await this.peers.call<{ items: { id: string; fullName: string }[] }>(
        'jobseekers',
        'jobseekers.names',
        'POST',
        '/names',
        { ids, purpose: 'matching', onBehalfOf },
      );
      return new Map(items.map(({ id, fullName }) => [id, fullName]));
    } catch (error) {
      this.logger.warn({ err: error }, 'names of matched people could not be had');
      return new Map();
    }
  }
}
