import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { ConsumerRuntime, LogLostError } from '#events';
import { PeerClient, Problem, type VersionPage } from '#platform';
import type { SearchEngine } from '../search/search-engine.js';
import { SEARCH_ENGINE } from '../tokens.js';
import { compareLists, type Drift, type OwnerList } from './compare-lists.js';
import { jobseekerList, openingList, PAGE } from './read-model-lists.js';

export interface DriftReport {
  openings: Drift;
  jobseekers: Drift;
  inSync: boolean;
  /** The log that matching has read is lost: a rebuild from it would lose what it lacks, the owners must say it first. */
  logLost: boolean;
}

const SETTLE_MS = 20_000;

/** Compares what matching holds with what its owners say it must hold. */
@Injectable()
export class DriftCheck {
  constructor(
    private readonly dataSource: DataSource,
    private readonly peers: PeerClient,
    private readonly consumers: ConsumerRuntime,
    @Inject(SEARCH_ENGINE) private readonly engine: SearchEngine,
  ) {}

  /** @throws Problem 503 `matching.behind` when consumer or search index do not catch up, PeerError without an owner */
  async run(): Promise<DriftReport> {
    const patience = { caughtUp: () => this.caughtUp(), settleMs: SETTLE_MS };
    const openings = await compareLists(
      this.owner('openings'),
      openingList(this.dataSource, this.engine),
      patience,
    );
    const people = await compareLists(this.owner('jobseekers'), jobseekerList(this.dataSource), patience);
    const logLost = (await this.consumers.lag()).some(({ state }) => state === 'beyond-end');
    return { openings, jobseekers: people, inSync: [openings, people].every(agrees), logLost };
  }

  private owner(service: 'openings' | 'jobseekers'): OwnerList {
    return {
      page: (after) =>
        this.peers.call<VersionPage>(
          service,
          `${service}.versions`,
          'GET',
          `/versions?after=${after}&limit=${PAGE}`,
        ),
    };
  }

  private async caughtUp(): Promise<void> {
    try {
      // Of a log that is lost nothing more comes: what differs then does so for good.
      await this.consumers.caughtUp().catch((error: unknown) => {
        if (!(error instanceof LogLostError)) throw error;
      });
      await this.engine.settled();
    } catch {
      throw new Problem({
        status: 503,
        code: 'matching.behind',
        title: {
          vi: 'Dịch vụ chưa theo kịp nhật ký sự kiện, hoặc chỉ mục tìm kiếm chưa theo kịp dịch vụ',
          en: 'The service is still behind the event log, or the search index behind the service',
        },
        headers: { 'retry-after': '5' },
      });
    }
  }
}

const agrees = ({ differing: { missing, stale, extra } }: Drift): boolean => missing + stale + extra === 0;
