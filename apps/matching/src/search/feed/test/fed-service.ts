import { randomUUID } from 'node:crypto';
import { type JobOpeningState, jobOpeningTopic } from '#contracts';
import { anOpening } from '#contracts/testing';
import { ConsumerRuntime, Outbox } from '#events';
import type { PeerRequest, VersionPage } from '#platform';
import { eventually, startTestService, type TestService } from '#platform/testing';
import { matchingService } from '../../../service.js';
import { type MeiliBed, meiliBed } from '../../meilisearch/test/meili-bed.js';

interface Answer {
  engine: string;
  degraded: boolean;
  total: number;
  items: { id: string; title: string }[];
}

/** Matching with its index on a Meilisearch server. */
export class FedService {
  /** What the owner says must be held. */
  owned = new Map<string, number>();

  private constructor(
    readonly service: TestService,
    /** The index on the server, reached without the service. */
    readonly bed: MeiliBed,
  ) {}

  /**
   * @param server where the index is
   * @param through where the service reaches it
   */
  static async start(server: { url: string; key?: string }, through = server.url): Promise<FedService> {
    const index = `test_${randomUUID()}`;
    const owned = new Map<string, number>();
    const send = (name: string, { path }: PeerRequest): Promise<{ status: number; body: string }> => {
      const after = new URL(path, 'http://owner').searchParams.get('after') ?? '';
      const items = [...(name === 'openings' ? owned : [])]
        .map(([id, version]) => ({ id, version }))
        .filter(({ id }) => id > after)
        .sort((a, b) => (a.id < b.id ? -1 : 1));
      const page: VersionPage = { items, unsent: [] };
      return Promise.resolve({ status: 200, body: JSON.stringify(page) });
    };
    const environment = {
      SEARCH: 'meilisearch',
      MEILI_URL: through,
      MEILI_INDEX: index,
      ...(server.key && { MEILI_KEY: server.key }),
    };
    const service = await startTestService(matchingService, { environment, peers: { send } });
    const fed = new FedService(service, meiliBed(server, index));
    fed.owned = owned;
    return fed;
  }

  /** Publishes states, and waits until matching has them in its read model. */
  async happen(...states: JobOpeningState[]): Promise<void> {
    const { service } = this;
    await service.database.transaction((tx) =>
      service.get(Outbox).append(
        tx,
        states.map((state) => ({
          topic: jobOpeningTopic,
          happening: state.status,
          key: state.id,
          state,
        })),
      ),
    );
    for (const { id, version, status } of states)
      if (status === 'published') this.owned.set(id, version);
      else this.owned.delete(id);
    await service.relayed();
    await service.get(ConsumerRuntime).caughtUp();
  }

  async search(query = ''): Promise<Answer> {
    return (await this.service.http().get(`/openings?${query}`).expect(200)).body as Answer;
  }

  /** Waits for an answer that Meilisearch gives, with so many openings. */
  async searchable(total: number, timeoutMs = 60_000): Promise<Answer> {
    return eventually(
      async () => {
        const answer = await this.search();
        return answer.engine === 'meilisearch' && answer.total === total && answer;
      },
      { timeoutMs, intervalMs: 100 },
    );
  }

  async clear(): Promise<void> {
    await this.service.clear();
    await this.bed.close();
  }
}

export const published = (title: string, changes: Partial<JobOpeningState> = {}): JobOpeningState =>
  anOpening({
    ...{ id: randomUUID(), version: 1, status: 'published', title },
    ...{ occupationCode: null, occupationProposals: [] },
    ...changes,
  });
