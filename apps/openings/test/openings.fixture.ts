import { afterAll, beforeAll } from '@jest/globals';
import type { openingStatuses } from '#contracts';
import { startTestService, type TestHttp, type TestService } from '#platform/testing';
import { addDays, localDate } from '#reference';
import { openingsService } from '../src/service.js';

/** Hà Nội and Thái Nguyên: an officer's own province and another one. */
const HANOI = '01';
const THAI_NGUYEN = '19';

export const inDays = (days: number): string => addDays(localDate(), days);

/** What an officer types into the form, valid. */
export function openingForm(changes: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    title: 'Thợ hàn 3G',
    quantity: 5,
    occupationCode: '7212',
    positionLevel: 'worker',
    workplaces: [{ provinceCode: HANOI, text: 'KCN Quang Minh' }],
    pay: { kind: 'monthly', min: 10_000_000, max: 15_000_000, currency: 'VND' },
    experience: { minMonths: 12 },
    deadline: inDays(30),
    ...changes,
  };
}

export function employerForm(changes: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    legalName: 'Công ty TNHH Cơ khí Sông Công',
    employerType: 'nonState',
    provinceCode: HANOI,
    ...changes,
  };
}

/** Whoever uses the service in these tests. */
export interface People {
  anyone: TestHttp;
  officer: TestHttp;
  officerElsewhere: TestHttp;
  employer: TestHttp;
  otherEmployer: TestHttp;
  administrator: TestHttp;
  jobseeker: TestHttp;
}

async function people(service: TestService): Promise<People> {
  return {
    anyone: service.http(),
    officer: await service.as('centreOfficer', { subject: 'officer-hanoi', areas: [HANOI] }),
    officerElsewhere: await service.as('centreOfficer', { subject: 'officer-tn', areas: [THAI_NGUYEN] }),
    employer: await service.as('employer', { subject: 'firm-a', organisationId: 'org-a' }),
    otherEmployer: await service.as('employer', { subject: 'firm-b', organisationId: 'org-b' }),
    administrator: await service.as('administrator', { subject: 'admin' }),
    jobseeker: await service.as('jobseeker', { subject: 'seeker' }),
  };
}

/** The service and whoever uses it, as the tests of one file have them. */
export class OpeningsBed {
  readonly who = {} as People;
  private running?: TestService;

  get service(): TestService {
    if (!this.running) throw new Error('the service has not been started yet');
    return this.running;
  }

  async start(): Promise<void> {
    this.running = await startTestService(openingsService);
    Object.assign(this.who, await people(this.running));
  }

  /** Everybody has the service's new address afterwards. */
  async restart(): Promise<void> {
    await this.service.stop();
    await this.service.start();
    Object.assign(this.who, await people(this.service));
  }

  async clear(): Promise<void> {
    await this.running?.clear();
  }

  /** An opening as somebody sees it; the officer by default. */
  async opening(id: string, http = this.who.officer): Promise<OpeningView> {
    return (await http.get(`/job-openings/${id}`).expect(200)).body as OpeningView;
  }
}

/**
 * The service of the tests around this call: started before the first of them and removed after the last.
 * @param prepare what there is before the first test
 */
export const openingsBed = (prepare?: (who: People) => Promise<unknown>): OpeningsBed =>
  aroundTests(new OpeningsBed(), prepare);

/** The same for a bed that can do more. */
export function aroundTests<Bed extends OpeningsBed>(
  bed: Bed,
  prepare?: (who: People) => Promise<unknown>,
): Bed {
  beforeAll(async () => {
    await bed.start();
    await prepare?.(bed.who);
  });
  afterAll(() => bed.clear());
  return bed;
}

/** An opening as the API shows it. */
export interface OpeningView {
  id: string;
  version: number;
  status: (typeof openingStatuses)[number];
  actions: string[];
  expiresOn: string | null;
  [field: string]: unknown;
}

export async function created(http: TestHttp, path: string, body: Record<string, unknown>): Promise<string> {
  const response = await http.post(path).send(body);
  if (response.status !== 201) throw new Error(JSON.stringify(response.body));
  return (response.body as { id: string }).id;
}

export const draft = (http: TestHttp, changes?: Record<string, unknown>): Promise<string> =>
  created(http, '/job-openings', openingForm(changes));

export async function act(http: TestHttp, id: string, action: string, reason?: string): Promise<void> {
  const response = await http.post(`/job-openings/${id}/${action}`).send({ reason });
  if (response.status !== 200) throw new Error(`${action}: ${JSON.stringify(response.body)}`);
}

export async function published(officer: TestHttp, changes?: Record<string, unknown>): Promise<string> {
  const id = await draft(officer, changes);
  await act(officer, id, 'submit');
  await act(officer, id, 'approve');
  return id;
}

/** An employer of org-a that an officer has verified. */
export async function approvedEmployer(
  { employer, officer }: People,
  changes?: Record<string, unknown>,
): Promise<string> {
  const id = await created(employer, '/employers', employerForm(changes));
  await officer.post(`/employers/${id}/approve`).expect(200);
  return id;
}
