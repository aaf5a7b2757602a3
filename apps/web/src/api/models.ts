/** Short names for what the services answer and take; the shapes are generated from their OpenAPI documents. */
import type { components as identity } from './generated/identity';
import type { components as jobseekers } from './generated/jobseekers';
import type { components as matching } from './generated/matching';
import type { components as openings } from './generated/openings';

type Identity = identity['schemas'];
type Jobseekers = jobseekers['schemas'];
type Matching = matching['schemas'];
type Openings = openings['schemas'];

/** A list that is paged by cursor. */
export type Page<T> = { items: T[]; total: number; totalIsExact: boolean; nextCursor?: string };

export type Me = Identity['MeView'];
export type Role = Me['role'];
export type Account = Identity['AccountView'];
export type Organisation = Identity['OrganisationView'];
export type NewAccount = Identity['CreateAccountDto'];

export type SearchAnswer = Matching['OpeningList'];
export type FacetValue = Matching['FacetValue'];
export type ListedOpening = Matching['OpeningView'] & { titleHighlighted?: string };
export type Workplace = Partial<ListedOpening['workplaces'][number]>;
export type MatchedOpening = Matching['OpeningMatch'];
export type MatchedJobseeker = Matching['NamedJobseekerMatch'];
export type Criterion = Matching['ExplainedCriterion'];
export type ComparedValue = Criterion['wanted'];

/** Amounts are integer minor units of the currency; null is unknown, never 0. */
export type Pay = {
  kind: string | null;
  min: number | null;
  max: number | null;
  currency: string | null;
  text?: string | null;
};
/** Half-open range in months; both null is unknown. */
export type Experience = { minMonths: number | null; maxMonths: number | null };

export type PublicOpening = Openings['JobOpeningState'];
export type JobOpening = Openings['OpeningView'];
export type OpeningInput = Openings['CreateJobOpeningDto'];
export type Employer = Openings['Employer'];
export type EmployerInput = Openings['CreateEmployerDto'];
export type ImportJob = Openings['ImportJobView'];
export type ImportSource = Openings['ImportSourceView'];
export type Rejection = Openings['ImportRejection'];

export type Jobseeker = Jobseekers['JobseekerView'];
export type JobseekerListItem = Jobseekers['JobseekerListItem'];
export type ProfileInput = Jobseekers['RegisterJobseekerDto'];
export type Registered = Jobseekers['Registered'];
export type Duplicate = Jobseekers['DuplicateView'];
export type Consent = Pick<Jobseekers['Consent'], 'purpose' | 'givenAt' | 'withdrawnAt'>;
