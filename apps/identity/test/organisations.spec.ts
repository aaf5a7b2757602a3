import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { organisationTopic } from '#contracts';
import type { Subscription } from '#events';
import { eventually } from '#platform/testing';
import { administratorsBed, PASSWORD } from './administrators-bed.js';

describe('An organisation', () => {
  const bed = administratorsBed();
  const { get, officer, patch, post, signedIn } = bed;
  let reading: Subscription;
  const events: { type: string; state: Record<string, unknown> }[] = [];

  beforeAll(async () => {
    reading = await bed.identity.host.eventLog.subscribe({
      group: 'spec',
      topics: [organisationTopic.name],
      position: () => Promise.resolve(0),
      handle: (batch) => {
        for (const { headers, value } of batch.records) {
          events.push({
            type: headers['ce_type'] ?? '',
            state: JSON.parse(value ?? 'null') as Record<string, unknown>,
          });
        }
        return Promise.resolve();
      },
    });
  });
  afterAll(() => reading.stop());

  /** The events of an organisation, once there are so many. */
  const eventsOf = (id: unknown, count: number): Promise<typeof events> =>
    eventually(() => {
      const own = events.filter(({ state }) => state['id'] === id);
      return own.length === count ? own : undefined;
    });

  it('is created, shown with its ETag, and known to others by an event', async () => {
    const created = await post('/organisations', {
      kind: 'school',
      name: '  Trường Cao đẳng nghề  ',
      areas: ['20'],
    });
    expect(created.status).toBe(201);
    expect(created.body).toMatchObject({
      version: 1,
      kind: 'school',
      name: 'Trường Cao đẳng nghề',
      status: 'active',
    });
    const shown = await get(`/organisations/${created.body['id']}`);
    expect(shown.headers['etag']).toBe('"1"');
    const event = await eventually(() => events.find(({ state }) => state['id'] === created.body['id']));
    expect(event).toEqual({
      type: 'vn.identity.organisation.registered.v1',
      state: {
        id: created.body['id'],
        version: 1,
        kind: 'school',
        name: 'Trường Cao đẳng nghề',
        areas: ['20'],
        status: 'active',
      },
    });
  });

  it('keeps the name of a household business out of events and out of the audit trail', async () => {
    const { body } = await post('/organisations', {
      kind: 'employer',
      name: 'Hộ kinh doanh Vi Thị Lan',
      areas: ['20'],
      naturalPerson: true,
    });
    const renamed = await patch(`/organisations/${body['id']}`, { name: 'Hộ kinh doanh Vi Thị Huệ' }, '"1"');
    expect(renamed.body).toMatchObject({ version: 2, name: 'Hộ kinh doanh Vi Thị Huệ' });
    const states = await eventsOf(body['id'], 2);
    expect(states.map(({ state }) => state['name'])).toEqual([null, null]);
    const audit = await get(`/admin/audit?subject=${body['id']}`);
    expect(JSON.stringify(audit.body)).not.toMatch(/Vi Thị/);
    expect(audit.body.items[0]).toMatchObject({
      action: 'organisation.revised',
      details: { name: 'changed' },
    });
  });

  it.each([
    ['of an unknown kind', { kind: 'shop' }, 'kind'],
    ['in a province that is no more', { areas: ['01', '99'] }, 'areas'],
    ['in a commune', { areas: ['00001'] }, 'areas'],
    ['nowhere', { areas: [] }, 'areas'],
    ['in the whole country and one province', { areas: ['*', '20'] }, 'areas'],
    ['in one province twice', { areas: ['20', '20'] }, 'areas'],
    ['without a name', { name: ' ' }, 'name'],
    ['that is a school and a person', { naturalPerson: true }, 'naturalPerson'],
    ['with its own status', { status: 'active' }, 'status'],
  ])('is refused %s', async (_, wrong, field) => {
    const answer = await post('/organisations', {
      kind: 'school',
      name: 'Trường nghề',
      areas: ['20'],
      ...wrong,
    });
    expect(answer.status).toBe(422);
    expect(answer.body.errors[0]).toMatchObject({ field });
  });

  it('is found by name without accents, kind, province and status, page by page', async () => {
    for (const name of ['Công ty May Bắc Giang', 'Công ty May Hà Bắc', 'Công ty May_Mặc 100%']) {
      await post('/organisations', { kind: 'employer', name, areas: ['24'] });
    }
    const names = async (query: string): Promise<string[]> =>
      (await get(`/organisations?${query}`)).body.items.map(({ name }: { name: string }) => name);
    expect(await names('q=cong%20ty%20may')).toEqual([
      'Công ty May_Mặc 100%',
      'Công ty May Hà Bắc',
      'Công ty May Bắc Giang',
    ]);
    expect(await names('q=100%25')).toEqual(['Công ty May_Mặc 100%']);
    expect(await names('q=hà bắc&kind=employer&province=24&status=active')).toEqual(['Công ty May Hà Bắc']);
    expect(await names('q=hà bắc&province=20')).toEqual([]);
    const first = await get('/organisations?q=cong%20ty%20may&limit=2');
    expect(first.body).toMatchObject({ total: 3, totalIsExact: true });
    const rest = await get(`/organisations?q=cong%20ty%20may&limit=2&cursor=${first.body['nextCursor']}`);
    expect(rest.body.items).toHaveLength(1);
    expect(rest.body['nextCursor']).toBeUndefined();
    expect((await get('/organisations?cursor=nonsense')).status).toBe(422);
  });

  it('when suspended keeps its people out at once, and lets them in again when reinstated', async () => {
    const { body } = await post('/organisations', {
      kind: 'centre',
      name: 'Trung tâm sẽ dừng',
      areas: ['20'],
    });
    const person = await signedIn(officer({ organisationId: body['id'] }));
    await patch(`/organisations/${body['id']}`, { status: 'suspended' }, '"1"');
    expect((await bed.identity.call('GET', '/me', { token: person.token })).status).toBe(401);
    expect((await bed.identity.call('POST', '/tokens/refresh', { cookie: person.cookie })).status).toBe(401);
    const refused = await bed.identity.call('POST', '/tokens', {
      body: { email: person.email, password: PASSWORD },
    });
    expect(refused.body).toMatchObject({ status: 403, code: 'identity.account-locked' });
    await patch(`/organisations/${body['id']}`, { status: 'active' }, '"2"');
    await bed.identity.signIn(person.email, PASSWORD);
    const happened = await eventsOf(body['id'], 3);
    expect(happened.map(({ type }) => type.split('.').at(-2))).toEqual([
      'registered',
      'suspended',
      'reinstated',
    ]);
  });
});
