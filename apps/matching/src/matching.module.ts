import { Module } from '@nestjs/common';
import { DriftCheck } from './drift/drift-check.js';
import { DriftController } from './drift/drift.controller.js';
import { JobseekersForOpening } from './matches/jobseekers-for-opening.js';
import { MatchesController } from './matches/matches.controller.js';
import { MatchesService } from './matches/matches.service.js';
import { OpeningsForJobseeker } from './matches/openings-for-jobseeker.js';
import { WeightsStore } from './matches/weights.store.js';
import { OpeningsController } from './openings/openings.controller.js';
import { OpeningsService } from './openings/openings.service.js';
import { JobseekerProjection } from './read-model/jobseeker.projection.js';
import { OpeningProjection } from './read-model/opening.projection.js';
import { ReferenceController } from './reference/reference.controller.js';
import { searchProviders } from './search/search.providers.js';
import { SearchKnowledge } from './search/search-knowledge.js';

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
    ...searchProviders,
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
