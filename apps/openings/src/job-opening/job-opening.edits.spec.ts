import { describe, expect, it } from '@jest/globals';
import { type TestHttp } from '#platform/testing';
import {
  act,
  approvedEmployer,
  draft,
  openingForm,
  openingsBed,
  type OpeningView,
  published,
} from '../../test/openings.fixture.js';

describe('Edits and lists of job openings over HTTP', () => {
  const bed = openingsBed(approvedEmployer);
  const { who } = bed;

  const view = bed.opening.bind(bed);

  describe('edits', () => {
    it('need the version that was read: 428 without it, 412 when somebody was faster', async () => {
      const id = await draft(who.officer);
      const { headers } = await who.officer.get(`/job-openings/${id}`);
      expect(headers['etag']).toBe('"1"');
      const edit = (match?: string) => {
        const request = who.officer.patch(`/job-openings/${id}`);
        return (match ? request.set('if-match', match) : request).send({ quantity: 7 });
      };
      expect((await edit()).body).toMatchObject({ status: 428, code: 'platform.if-match-required' });
      const done = await edit('"1"').expect(200);
      expect(done.headers['etag']).toBe('"2"');
      expect((await edit('"1"')).body).toMatchObject({ status: 412, currentVersion: 2 });
      expect((await edit('"nonsense"')).status).toBe(412);
      expect(await view(id)).toMatchObject({ quantity: 7, version: 2, title: 'Thợ hàn 3G' });
    });

    it('of two at once one wins', async () => {
      const id = await draft(who.officer);
      const answers = await Promise.all(
        [3, 4, 5].map((quantity) =>
          who.officer.patch(`/job-openings/${id}`).set('if-match', '"1"').send({ quantity }),
        ),
      );
      expect(answers.map(({ status }) => status).sort()).toEqual([200, 412, 412]);
      expect((await view(id)).version).toBe(2);
    });

    it('an officer who approves what was edited a moment ago is told so', async () => {
      const id = await draft(who.employer);
      await act(who.employer, id, 'submit');
      const { headers } = await who.officer.get(`/job-openings/${id}`);
      await who.employer
        .patch(`/job-openings/${id}`)
        .set('if-match', '"2"')
        .send({ title: 'Việc nhẹ lương cao' })
        .expect(200);
      const approve = () => who.officer.post(`/job-openings/${id}/approve`);
      expect(
        (
          await approve()
            .set('if-match', headers['etag'] ?? '')
            .send({})
        ).status,
      ).toBe(412);
      const done = await approve().set('if-match', '"3"').send({}).expect(200);
      expect(done.headers['etag']).toBe('"4"');
    });

    it('what an employer changes in a published posting is out of public until an officer has looked', async () => {
      const id = await draft(who.employer);
      await act(who.employer, id, 'submit');
      await act(who.officer, id, 'approve');
      const feedBefore = await who.anyone.get('/feed?limit=1000');
      const after = (feedBefore.body as { nextAfter: number }).nextAfter;
      await who.employer
        .patch(`/job-openings/${id}`)
        .set('if-match', '"3"')
        .send({ title: 'Nội dung chưa duyệt' })
        .expect(200);
      expect((await view(id)).status).toBe('pending');
      await who.anyone.get(`/public/job-openings/${id}`).expect(404);
      const feed = (await who.anyone.get(`/feed?after=${after}`)).body as { items: object[] };
      expect(feed.items).toEqual([expect.objectContaining({ id, removed: true })]);
      expect(JSON.stringify(feed)).not.toContain('chưa duyệt');
      await act(who.officer, id, 'close', 'Nội dung sai');
      const { body } = await who.anyone.get(`/public/job-openings/${id}`).expect(404);
      expect(JSON.stringify(body)).not.toContain('chưa duyệt');
    });

    it('of what has ended are refused', async () => {
      const id = await published(who.officer);
      await act(who.officer, id, 'close', 'Đủ người');
      const { body } = await who.officer
        .patch(`/job-openings/${id}`)
        .set('if-match', '"4"')
        .send({ quantity: 1 })
        .expect(409);
      expect(body).toMatchObject({ code: 'openings.action-not-allowed' });
    });

    it('keep what is left out, also within the details, and unsay what is null', async () => {
      const id = await draft(who.officer, {
        details: { description: 'Hàn khung', meals: 'Ăn trưa', itSkills: ['AutoCAD'] },
      });
      await who.officer
        .patch(`/job-openings/${id}`)
        .set('if-match', '"1"')
        .send({ positionLevel: null, details: { meals: null, specialty: 'Hàn MIG' } })
        .expect(200);
      expect(await view(id)).toMatchObject({
        positionLevel: null,
        occupationCode: '7212',
        details: { description: 'Hàn khung', meals: null, specialty: 'Hàn MIG', itSkills: ['AutoCAD'] },
      });
    });
  });

  describe('Idempotency-Key', () => {
    const post = (key: string, body = openingForm()) =>
      who.officer.post('/job-openings').set('idempotency-key', key).send(body);

    it('a retry gets the first answer and makes nothing new', async () => {
      const first = await post('retry-1').expect(201);
      const second = await post('retry-1').expect(201);
      expect(second.body).toEqual(first.body);
      expect(await bed.service.happened((first.body as OpeningView).id)).toEqual(['drafted']);
    });

    it('of concurrent ones all get the same opening', async () => {
      const answers = await Promise.all(Array.from({ length: 5 }, () => post('together')));
      expect(new Set(answers.map(({ body }) => (body as OpeningView).id)).size).toBe(1);
      expect(answers.every(({ status }) => status === 201)).toBe(true);
    });

    it('a key that comes with another request is refused; a failed request leaves the key free', async () => {
      await post('once').expect(201);
      const reused = await post('once', openingForm({ quantity: 99 })).expect(422);
      expect(reused.body).toMatchObject({ code: 'platform.idempotency-key-reused' });
      await post('later', openingForm({ occupationCode: '9999' })).expect(422);
      await post('later').expect(201);
      await post('not a key').expect(400);
    });
  });

  describe('who may', () => {
    it('an opening is seen and changed by its employer and by officers of its province', async () => {
      const id = await draft(who.employer);
      const expected: [string, TestHttp, number][] = [
        ['its employer', who.employer, 200],
        ['another employer', who.otherEmployer, 404],
        ['an officer of the province', who.officer, 200],
        ['an officer of another province', who.officerElsewhere, 404],
        ['an administrator', who.administrator, 200],
        ['a jobseeker', who.jobseeker, 403],
        ['nobody signed in', who.anyone, 401],
      ];
      for (const [name, http, answer] of expected) {
        const read = await http.get(`/job-openings/${id}`);
        const edit = await http.patch(`/job-openings/${id}`).set('if-match', '"99"').send({ quantity: 2 });
        expect({ name, read: read.status, edit: edit.status }).toEqual({
          name,
          read: answer,
          edit: answer === 200 ? 412 : answer,
        });
        const listed =
          ((await http.get('/job-openings?limit=100')).body as { items?: OpeningView[] }).items ?? [];
        expect({ name, listed: listed.some((item) => item.id === id) }).toEqual({
          name,
          listed: answer === 200,
        });
        if (answer !== 200) {
          expect((await http.post(`/job-openings/${id}/close`).send({ reason: 'x' })).status).toBe(answer);
        }
      }
    });

    it('one whose place is unknown belongs to every officer', async () => {
      const id = await draft(who.officer, { workplaces: [{ text: 'theo công trình' }] });
      await who.officerElsewhere.get(`/job-openings/${id}`).expect(200);
    });

    it('an officer neither enters nor moves openings outside the own area', async () => {
      const elsewhere = { workplaces: [{ provinceCode: '19' }, { provinceCode: '01' }] };
      const { body } = await who.officer.post('/job-openings').send(openingForm(elsewhere)).expect(422);
      expect(body).toMatchObject({
        code: 'openings.outside-area',
        errors: [{ field: 'workplaces.0.provinceCode' }],
      });
      const id = await draft(who.officer);
      await who.officer.patch(`/job-openings/${id}`).set('if-match', '"1"').send(elsewhere).expect(422);
    });

    it('an employer names no other employer, and an account without an organisation posts nothing', async () => {
      const employerId = await approvedEmployer(
        { ...who, employer: who.otherEmployer },
        { legalName: 'Công ty B' },
      );
      await who.employer.post('/job-openings').send(openingForm({ employerId })).expect(422);
      const loose = await bed.service.as('employer');
      await loose.post('/job-openings').send(openingForm()).expect(404);
      expect(((await loose.get('/job-openings')).body as { items: OpeningView[] }).items).toEqual([]);
    });
  });

  it('a list is paged without gaps or doubles while postings are changed and added', async () => {
    const mine = await bed.service.as('centreOfficer', { areas: ['08'] });
    const there = { workplaces: [{ provinceCode: '08' }] };
    const ids: string[] = [];
    for (let i = 0; i < 9; i++) ids.push(await draft(mine, there));
    const seen: string[] = [];
    for (let cursor: string | undefined = ''; cursor !== undefined;) {
      const page = (await mine.get(`/job-openings?limit=3${cursor && `&cursor=${cursor}`}`).expect(200))
        .body as {
        items: OpeningView[];
        total: number;
        totalIsExact: boolean;
        nextCursor?: string;
      };
      expect(page.items.length).toBeLessThanOrEqual(3);
      seen.push(...page.items.filter((item) => item['areaProvinceCode'] === '08').map((item) => item.id));
      await mine
        .patch(`/job-openings/${ids[0]}`)
        .set('if-match', `"${(await view(ids[0] ?? '', mine)).version}"`)
        .send({ quantity: 3 });
      await draft(mine, there);
      cursor = page.nextCursor;
    }
    expect(seen).toEqual([...ids].reverse());
    await mine.get('/job-openings?cursor=abc').expect(422);
    await mine.get('/job-openings?limit=101').expect(422);
  });

  it('lists are filtered by state, employer and words without accents', async () => {
    const id = await published(who.officer, { title: 'Kế toán trưởng 100%' });
    const found = async (query: string) =>
      (
        (await who.officer.get(`/job-openings?${query}`).expect(200)).body as { items: OpeningView[] }
      ).items.map((o) => o.id);
    expect(await found('q=ke%20toan%20truong')).toEqual([id]);
    expect(await found('q=100%25&status=published')).toEqual([id]);
    expect(await found('q=ke%20toan&status=draft')).toEqual([]);
    await who.officer.get('/job-openings?q=%00').expect(400);
  });
});
