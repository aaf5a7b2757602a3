import { JobOpening } from './job-opening.entity.js';
import { completeDetails } from './opening-fields.js';

const NOTHING_SAID = completeDetails({});

/** An opening of which nothing is known yet. */
export function blankOpening(id: string, createdBy: string): JobOpening {
  const now = new Date();
  return Object.assign(new JobOpening(), {
    id,
    version: 1,
    status: 'draft',
    source: null,
    sourceId: null,
    employerId: null,
    employerName: null,
    employerIsPerson: false,
    employerKey: null,
    title: '',
    titleFolded: '',
    quantity: null,
    occupationCode: null,
    occupationProposals: [],
    positionLevel: null,
    workplaces: [],
    otherPlacesCount: 0,
    payKind: null,
    payMin: null,
    payMax: null,
    payCurrency: null,
    payText: null,
    experienceMinMonths: null,
    experienceMaxMonths: null,
    deadline: null,
    expiresOn: null,
    publishedAt: null,
    endedAt: null,
    hiredCount: 0,
    hiredViaCentreCount: 0,
    areaProvinceCode: null,
    details: NOTHING_SAID,
    returnReason: null,
    closeReason: null,
    lastSeenOn: null,
    contentHash: null,
    createdBy,
    createdAt: now,
    updatedAt: now,
  } satisfies Partial<JobOpening>);
}
