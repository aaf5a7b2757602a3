import { join } from 'node:path';
import { DataSource } from 'typeorm';
import type { JobOpeningState } from '#contracts';
import type { DomainEvent } from '#events';
import { createLogger, KeyRing, Metrics, PeerError, readEnvironment, RunningService } from '#platform';
import { OpeningProjection } from '../../apps/matching/src/read-model/opening.projection.js';
import { SearchKnowledge } from '../../apps/matching/src/search/search-knowledge.js';
import { matchingService } from '../../apps/matching/src/service.js';

const BATCH = 2_000;

/** The service as the embedded profile runs it, over HTTP. */
export async function startMatching(
  url: string,
  log: RunningServiceHost['eventLog'],
  folder: string,
  settings: Record<string, string> = {},
): Promise<{ service: RunningService; address: string }> {
  const service = await RunningService.start(matchingService, {
    environment: readEnvironment({ LOG_LEVEL: 'silent', PORT: '0', ...settings }),
    logger: createLogger('silent', 'matching'),
    metrics: new Metrics(),
    eventLog: log,
    keys: await KeyRing.open(join(folder, 'keys')),
    peers: { send: (peer) => Promise.reject(new PeerError(peer, 503, 'not part of this benchmark')) },
    databaseUrl: () => url,
  });
  await service.app.listen({ host: '127.0.0.1', port: 0 });
  return { service, address: (await service.app.getUrl()).replace('[::1]', '127.0.0.1') };
}
type RunningServiceHost = Parameters<typeof RunningService.start>[1];

/** Projects openings as the event log's consumer would. */
export async function fill(service: RunningService, openings: readonly JobOpeningState[]): Promise<void> {
  const dataSource = service.app.get(DataSource);
  const projection = service.app.get(OpeningProjection, { strict: false });
  const began = performance.now();
  for (let i = 0; i < openings.length; i += BATCH) {
    const events = openings.slice(i, i + BATCH).map((state): DomainEvent<JobOpeningState> => ({
      id: state.id,
      type: 'vn.openings.job-opening.published.v1',
      source: '/openings',
      time: state.publishedAt!,
      key: state.id,
      state,
    }));
    await dataSource.transaction((tx) => projection.project(events, tx));
  }
  console.log(`projected ${Math.round((openings.length * 1000) / (performance.now() - began))} openings/s`);
  await dataSource.query('VACUUM ANALYZE opening_index');
  await service.app.get(SearchKnowledge, { strict: false }).refresh();
}
