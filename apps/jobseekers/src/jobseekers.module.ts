import { Module } from '@nestjs/common';
import { BulkController } from './bulk/bulk.controller.js';
import { BulkRegistration } from './bulk/bulk-registration.js';
import { ClaimCodes } from './claim/claim-codes.js';
import { ClaimController } from './claim/claim.controller.js';
import { ClaimService } from './claim/claim.service.js';
import { ConsentController } from './consent/consent.controller.js';
import { DuplicateDetector } from './duplicate/duplicate-detector.js';
import { DuplicateController } from './duplicate/duplicate.controller.js';
import { DuplicateService } from './duplicate/duplicate.service.js';
import { Merge } from './duplicate/merge.js';
import { IdentifierVault } from './identifiers/identifier-vault.js';
import { Verification } from './identifiers/verification.js';
import { VerificationAttempts } from './identifiers/verification-attempts.js';
import { VerificationController } from './identifiers/verification.controller.js';
import { IdentifierSealer } from './jobseeker/identifier-sealer.js';
import { JobseekerController } from './jobseeker/jobseeker.controller.js';
import { JobseekerSearch } from './jobseeker/jobseeker.search.js';
import { JobseekerService } from './jobseeker/jobseeker.service.js';
import { JobseekerViews } from './jobseeker/jobseeker.view.js';
import { LegalAgeClock } from './jobseeker/legal-age.clock.js';
import { Registration } from './jobseeker/registration.js';
import { NamesController } from './names/names.controller.js';
import { OwnerController } from './names/owner.controller.js';
import { AccountErasureController } from './rights/account-erasure.controller.js';
import { DataExports } from './rights/data-export.js';
import { Erasure } from './rights/erasure.js';
import { RightsController } from './rights/rights.controller.js';

@Module({
  controllers: [
    // Before the profiles: `jobseekers/bulk` is no id.
    BulkController,
    JobseekerController,
    ConsentController,
    ClaimController,
    VerificationController,
    DuplicateController,
    RightsController,
    AccountErasureController,
    NamesController,
    OwnerController,
  ],
  providers: [
    IdentifierVault,
    IdentifierSealer,
    JobseekerViews,
    Registration,
    JobseekerService,
    JobseekerSearch,
    ClaimCodes,
    ClaimService,
    Verification,
    VerificationAttempts,
    DuplicateDetector,
    DuplicateService,
    Merge,
    DataExports,
    Erasure,
    BulkRegistration,
    LegalAgeClock,
  ],
})
export class JobseekersModule {}
