import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Harness, matchingConsent, officer, registered, someCitizenId, someone } from './harness.js';

describe('The jobseekers said again', () => {
  let h: Harness;
  let consenting: string;
  let silent: string;
  let erased: string;
  const desk = officer('38');

  const republish = async (): Promise<{ restated: number; erased: boolean }[]> => {
    const administrator = h.as(someone('administrator', '*'));
    const steps: { restated: number; erased: boolean }[] = [];
    for (let next: string | undefined = ''; next !== undefined;) {
      const { status, body } = await administrator.post(`/admin/republish${next && `?cursor=${next}`}`);
      expect(status).toBe(200);
      const step = body as { restated: number; erased: boolean; nextCursor?: string };
      steps.push(step);
      next = step.nextCursor;
    }
    return steps;
  };

  beforeAll(async () => {
    h = await Harness.start();
    const profile = { fullName: 'Nông Văn Nói', phone: '0933444555', citizenId: someCitizenId() };
    consenting = await registered(h.as(someone()), { ...profile, consents: [matchingConsent] });
    silent = await registered(h.as(desk), { fullName: 'Nông Thị Lặng' });
    erased = await registered(h.as(desk), { fullName: 'Nông Văn Xóa' });
    expect((await h.as(desk).delete(`/jobseekers/${erased}`, { reason: 'registeredInError' })).status).toBe(
      204,
    );
  });
  afterAll(() => h.stop());

  it('are the consenting with what matching needs, the others as an id, and the erased as tombstones', async () => {
    const before = new Map<string, unknown>();
    for (const id of [consenting, silent]) before.set(id, (await h.told(id)).at(-1)?.[1]);
    expect(await republish()).toMatchObject([
      { restated: 2, erased: false },
      { restated: 1, erased: true },
    ]);
    expect((await h.told(consenting)).at(-1)).toEqual(['restated', before.get(consenting)]);
    expect((await h.told(silent)).at(-1)).toEqual(['restated', { id: silent, version: 1, consent: false }]);
    expect((await h.told(erased)).at(-1)).toEqual(['restated', null]);
    const text = JSON.stringify(await h.service.log());
    for (const word of ['Nông', '933444555', '0380980']) expect(text).not.toContain(word);
  });

  it('have the same versions and rows as before, however often they are said', async () => {
    const rows = (): Promise<unknown[]> => h.sql('SELECT * FROM jobseekers ORDER BY id');
    const before = await rows();
    await republish();
    await republish();
    expect(await rows()).toEqual(before);
    const versions = (await h.told(consenting)).map(([, state]) => state?.version);
    expect(new Set(versions)).toEqual(new Set([versions[0]]));
  });
});
