import type { Checks, ServiceDefinition } from '#platform';
import { MatchingModule } from './matching.module.js';
import { ReadModel1732200000000 } from './migrations/1732200000000-read-model.js';
import { ScoringWeights1732200000001 } from './migrations/1732200000001-scoring-weights.js';
import { SearchFeed1732200000002 } from './migrations/1732200000002-search-feed.js';
import { RefusedOpenings1732200000003 } from './migrations/1732200000003-refused-openings.js';
import { rebuildTarget } from './read-model/rebuild-target.js';
import { SearchProfile } from './search/search.providers.js';

/** Search and two-way matching over a read model of its own. */
export const matchingService: ServiceDefinition = {
  name: 'matching',
  module: MatchingModule,
  migrations: [
    ReadModel1732200000000,
    ScoringWeights1732200000001,
    SearchFeed1732200000002,
    RefusedOpenings1732200000003,
  ],
  searchPath: 'live,public',
  alsoServes: ['reference'],
  rebuildTarget,
  followed: (app, timeoutMs) => app.get(SearchProfile).followed(timeoutMs),
  measure: (app, metrics) => app.get(SearchProfile).measure(metrics),
  checks: (app): Checks => {
    const search = app.get(SearchProfile);
    return search.isFed ? { search: () => Promise.resolve(search.trouble) } : {};
  },
};
