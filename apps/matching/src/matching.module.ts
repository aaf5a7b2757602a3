import { Module } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { DriftCheck } from './drift/drift-check.js';
import { DriftController } from './drift/drift.controller.js';
import { JobseekersForOpening } from './matches/jobseekers-for-opening.js';
import { MatchesController } from './matches/matches.controller.js';
import { MatchesService } from './matches/matches.service.js';
import { OpeningsForJobseeker } from './matches/openings-for-jobseeker.js';
import { WeightsStore } from './matches/weights.store.js';
import { OpeningsController } from './openings/openings.controller.js';
import { OpeningsService } from './openings/openings.service.js';
import { CurrentLexicon } from './query/current-lexicon.js';
import { JobseekerProjection } from './read-model/jobseeker.projection.js';
import { OpeningProjection } from './read-model/opening.projection.js';
import { ReferenceController } from './reference/reference.controller.js';
import { PostgresSearchEngine } from './search/postgres/postgres-search-engine.js';
import { SearchKnowledge } from './search/search-knowledge.js';
import { SEARCH_ENGINE } from './tokens.js';

@Module({
  controllers: [
    OpeningsController,
    MatchesController,
    ReferenceController,
    DriftController,
    OpeningProjection,
    JobseekerProjection,
  ],
  providers: [
    CurrentLexicon,
    {
      provide: SEARCH_ENGINE,
      inject: [DataSource, CurrentLexicon],
      useFactory: (dataSource: DataSource, lexicon: CurrentLexicon) =>
        new PostgresSearchEngine(dataSource, lexicon),
    },
    SearchKnowledge,
    OpeningsService,
    WeightsStore,
    OpeningsForJobseeker,
    JobseekersForOpening,
    MatchesService,
    DriftCheck,
  ],
})
export class MatchingModule {}
