import { startTestService, type TestHttp, type TestService } from '#platform/testing';
import { addDays, localDate } from '#reference';
import { openingsService } from '../src/service.js';

/** Hà Nội and Thái Nguyên: an officer's own province and another one. */
const HANOI = '01';
const THAI_NGUYEN = '19';

export const inDays = (days: number): string => addDays(localDate(), days);

export const startOpenings = (): Promise<TestService> => startTestService(openingsService);

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

export async function people(service: TestService): Promise<People> {
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
