import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { VersionPage } from '#platform';
import { Harness, matchingConsent, officer, registered, someone } from './harness.js';

let h: Harness;
beforeAll(async () => {
  h = await Harness.start();
});
afterAll(() => h.stop());

describe('What read models must hold of the jobseekers', () => {
  const list = async (): Promise<VersionPage> => {
    await h.service.relayed();
    return (await h.asService('matching', 'jobseekers.versions').get('/versions')).body as VersionPage;
  };

  it('is who consents to matching, with id and version and nothing else', async () => {
    const person = h.as(someone());
    const id = await registered(person, { fullName: 'Lý Thị Sen', consents: [matchingConsent] });
    await registered(h.as(someone()), { fullName: 'Lý Văn Tám' });
    expect(await list()).toEqual({ items: [{ id, version: 1 }], unsent: [] });
    await person.delete(`/jobseekers/${id}/consents/matching`);
    expect(await list()).toEqual({ items: [], unsent: [] });
  });

  it('is shown to no officer, and to no service without the scope', async () => {
    expect((await h.as(officer('38')).get('/versions')).status).toBe(403);
    expect((await h.asService('matching', 'jobseekers.names').get('/versions')).status).toBe(403);
    expect((await h.anonymous().get('/versions')).status).toBe(401);
    expect((await h.as(someone('administrator', '*')).get('/versions')).status).toBe(200);
  });
});
