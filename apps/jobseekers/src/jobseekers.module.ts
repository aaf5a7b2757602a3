import { Module } from '@nestjs/common';
import { ClaimCodes } from './claim/claim-codes.js';
import { ClaimController } from './claim/claim.controller.js';
import { ClaimService } from './claim/claim.service.js';
import { ConsentController } from './consent/consent.controller.js';
import { DuplicateDetector } from './duplicate/duplicate-detector.js';
import { IdentifierVault } from './identifiers/identifier-vault.js';
import { IdentifierSealer } from './jobseeker/identifier-sealer.js';
import { JobseekerController } from './jobseeker/jobseeker.controller.js';
import { JobseekerSearch } from './jobseeker/jobseeker.search.js';
import { JobseekerService } from './jobseeker/jobseeker.service.js';
import { JobseekerViews } from './jobseeker/jobseeker.view.js';
import { Registration } from './jobseeker/registration.js';

@Module({
  controllers: [JobseekerController, ConsentController, ClaimController],
  providers: [
    IdentifierVault,
    IdentifierSealer,
    JobseekerViews,
    Registration,
    JobseekerService,
    JobseekerSearch,
    ClaimCodes,
    ClaimService,
    DuplicateDetector,
  ],
})
export class JobseekersModule {}
