/**
 * The paths that the application calls, in the shape that openapi-typescript generates, so that the generated
 * documents of the services (`openapi/*.json`) can take this file's place without touching a caller.
 */
import type * as m from './models';
import type { Problem } from './problem';

type Json<T> = { content: { 'application/json': T } };
type Responses<R> = { 200: Json<R>; default: { content: { 'application/problem+json': Problem } } };
type Params<Q, P> = {
  query?: Q;
  path: P;
  header?: { 'Idempotency-Key'?: string; 'If-Match'?: string };
};
/** An operation that answers R, takes body B, query Q and path parameters P. */
type Op<R, B = undefined, Q = undefined, P = undefined> = {
  parameters: P extends undefined ? Omit<Params<Q, P>, 'path'> : Params<Q, P>;
  responses: Responses<R>;
} & (B extends undefined ? unknown : { requestBody: Json<B> });

type Id = { id: string };
type Paging = { cursor?: string; limit?: number };
type Resource<T, Q> = { get: Op<m.Page<T>, undefined, Q & Paging>; post: Op<T, Partial<T>> };
type Single<T> = { get: Op<T, undefined, undefined, Id>; patch: Op<T, Partial<T>, undefined, Id> };

export type SearchQuery = Paging & {
  q?: string;
  province?: string;
  commune?: string;
  radiusKm?: string;
  occupation?: string;
  payMin?: string;
  level?: string;
  experience?: string;
  kind?: string;
  sort?: string;
  exact?: string;
};

type Identity = {
  '/api/v1/identity/registrations': {
    post: Op<unknown, { email: string; password: string; fullName: string }>;
  };
  '/api/v1/identity/passwords': { post: Op<undefined, { email: string; code: string; password: string }> };
  '/api/v1/identity/me/password': { post: Op<undefined, { currentPassword: string; newPassword: string }> };
  '/api/v1/identity/accounts': Resource<m.Account, { q?: string }>;
  '/api/v1/identity/accounts/{id}': Single<m.Account>;
  '/api/v1/identity/accounts/{id}/password-codes': {
    post: Op<{ code: string; expiresAt: string }, undefined, undefined, Id>;
  };
  '/api/v1/identity/organisations': Resource<m.Organisation, { q?: string; kind?: string }>;
  '/api/v1/identity/organisations/{id}': Single<m.Organisation>;
};

type Openings = {
  '/api/v1/openings/employers': Resource<m.Employer, { q?: string; status?: string }>;
  '/api/v1/openings/employers/{id}': Single<m.Employer>;
  '/api/v1/openings/job-openings': Resource<
    m.JobOpening,
    { q?: string; status?: string; employerId?: string }
  >;
  '/api/v1/openings/job-openings/{id}': Single<m.JobOpening>;
  '/api/v1/openings/job-openings/{id}/{action}': {
    post: Op<m.JobOpening, { reason?: string }, undefined, Id & { action: string }>;
  };
  '/api/v1/openings/public/job-openings/{id}': { get: Op<m.JobOpening, undefined, undefined, Id> };
  '/api/v1/openings/imports': { post: Op<Id, string, { kind: string; asOf?: string; source?: string }> };
  '/api/v1/openings/imports/{id}': { get: Op<m.ImportJob, undefined, undefined, Id> };
  '/api/v1/openings/imports/{id}/rejections': { get: Op<m.Page<m.Rejection>, undefined, Paging, Id> };
};

type Jobseekers = {
  '/api/v1/jobseekers/jobseekers': {
    get: Op<m.Page<m.JobseekerListItem>, undefined, Paging & { q?: string }>;
    post: Op<m.Registered, Partial<m.Profile> & { consents?: m.GivenConsent[] }>;
  };
  '/api/v1/jobseekers/jobseekers/me': { get: Op<m.Jobseeker> };
  '/api/v1/jobseekers/jobseekers/{id}': {
    get: Op<m.Jobseeker, undefined, undefined, Id>;
    patch: Op<m.Jobseeker, Partial<m.Profile>, undefined, Id>;
    delete: Op<undefined, undefined, undefined, Id>;
  };
  '/api/v1/jobseekers/consent-texts': { get: Op<{ items: m.ConsentText[] }> };
  '/api/v1/jobseekers/jobseekers/{id}/consents': { post: Op<m.Jobseeker, m.GivenConsent, undefined, Id> };
  '/api/v1/jobseekers/jobseekers/{id}/consents/matching': {
    delete: Op<m.Jobseeker, undefined, undefined, Id>;
  };
  '/api/v1/jobseekers/jobseekers/{id}/claim-codes': {
    post: Op<{ claimCode: string; expiresAt: string }, undefined, undefined, Id>;
  };
  '/api/v1/jobseekers/jobseekers/{id}/verify-citizen-id': {
    post: Op<m.Jobseeker, { citizenId: string }, undefined, Id>;
  };
  '/api/v1/jobseekers/jobseekers/{id}/export': { get: Op<unknown, undefined, undefined, Id> };
  '/api/v1/jobseekers/claims': { post: Op<Id, { claimCode: string }> };
  '/api/v1/jobseekers/duplicates': { get: Op<m.Page<m.Duplicate>, undefined, Paging> };
  '/api/v1/jobseekers/duplicates/{id}/merge': { post: Op<Id, { identityChecked?: boolean }, undefined, Id> };
  '/api/v1/jobseekers/duplicates/{id}/dismiss': { post: Op<Id, { reason: string }, undefined, Id> };
};

type Matching = {
  '/api/v1/matching/openings': { get: Op<m.SearchAnswer, undefined, SearchQuery> };
  '/api/v1/matching/openings/typeahead': { get: Op<{ items: m.Suggestion[] }, undefined, { q: string }> };
  '/api/v1/matching/openings/{id}/jobseekers': {
    get: Op<m.Page<m.MatchedJobseeker>, undefined, { limit?: number }, Id>;
  };
  '/api/v1/matching/jobseekers/{id}/openings': {
    get: Op<m.Page<m.MatchedOpening>, undefined, { limit?: number }, Id>;
  };
};

type Reference = {
  '/api/v1/reference/administrative-units': {
    get: Op<
      { items: m.AdministrativeUnit[] },
      undefined,
      { level: string; parent?: string; q?: string; limit?: number }
    >;
  };
  '/api/v1/reference/occupations/{code}': { get: Op<m.Occupation, undefined, undefined, { code: string }> };
  '/api/v1/reference/occupations': {
    get: Op<{ items: m.Occupation[] }, undefined, { q?: string; level?: number; limit?: number }>;
  };
};

export type paths = Identity & Openings & Jobseekers & Matching & Reference;
