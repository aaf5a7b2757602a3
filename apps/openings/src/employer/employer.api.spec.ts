import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { act, created, draft, employerForm, openingsBed, published } from '../../test/openings.fixture.js';

interface View {
  id: string;
  version: number;
  legalName: string;
  verificationStatus: string;
}

describe('Employers over HTTP', () => {
  const bed = openingsBed();
  const { who } = bed;
  let suspended: Promise<number>[] = [];

  const firm = async (org: string, changes: Record<string, unknown> = {}) => {
    const http = await bed.service.as('employer', { subject: org, organisationId: org });
    return { http, id: await created(http, '/employers', employerForm(changes)) };
  };
  const events = async (id: string) => (await bed.service.log()).filter(({ key }) => key === id);

  it('one that registers itself waits for an officer of its province', async () => {
    const { http, id } = await firm('org-1', { registrationNo: '4600123456' });
    expect((await http.get(`/employers/${id}`).expect(200)).body).toMatchObject({
      verificationStatus: 'pending',
      registrationNo: '4600123456',
      sizeBand: null,
    });
    await http.post(`/employers/${id}/approve`).expect(403);
    await who.officerElsewhere.post(`/employers/${id}/approve`).expect(404);
    await who.officer.post(`/employers/${id}/reject`).send({}).expect(422);
    await who.officer.post(`/employers/${id}/suspend`).send({ reason: 'x' }).expect(409);
    await who.officer.post(`/employers/${id}/approve`).expect(200);
    expect(await bed.service.happened(id)).toEqual(['registered', 'approved']);
  });

  it('says to officers what can be done, and is not verified as it was before somebody’s edit', async () => {
    const { http, id } = await firm('org-11');
    const actions = async (one: typeof http) =>
      ((await one.get(`/employers/${id}`).expect(200)).body as { actions: string[] }).actions;
    expect(await actions(http)).toEqual([]);
    expect(await actions(who.officer)).toEqual(['approve', 'reject']);
    await http.patch(`/employers/${id}`).set('if-match', '"1"').send({ sizeBand: '10-50' }).expect(200);
    const approve = (version: number) =>
      who.officer.post(`/employers/${id}/approve`).set('if-match', `"${version}"`);
    await approve(1).expect(412);
    const approved = await approve(2).expect(200);
    expect(approved.headers['etag']).toBe('"3"');
    expect(await actions(who.officer)).toEqual(['suspend']);
    const listed = (await who.officer.get('/employers?status=approved&limit=100')).body as { items: View[] };
    expect(listed.items.map((item) => item.id)).toContain(id);
    await who.officer
      .post(`/employers/${id}/suspend`)
      .set('if-match', '"2"')
      .send({ reason: 'Bị phản ánh' })
      .expect(412);
  });

  it('a registration number or an organisation has one employer', async () => {
    const { http } = await firm('org-2', { registrationNo: '0100000001' });
    const again = await http.post('/employers').send(employerForm()).expect(409);
    expect(again.body).toMatchObject({ code: 'openings.employer-exists' });
    const taken = await who.officer
      .post('/employers')
      .send(employerForm({ registrationNo: '0100000001' }))
      .expect(409);
    expect(taken.body).toMatchObject({
      code: 'openings.registration-no-taken',
      errors: [{ field: 'registrationNo' }],
    });
  });

  it('is seen by its own people and by officers of its province', async () => {
    const { http, id } = await firm('org-3');
    const answers = await Promise.all(
      [
        http,
        who.employer,
        who.officer,
        who.officerElsewhere,
        who.administrator,
        who.jobseeker,
        who.anyone,
      ].map(async (one) => (await one.get(`/employers/${id}`)).status),
    );
    expect(answers).toEqual([200, 404, 200, 404, 200, 403, 401]);
    const listed = (await who.officerElsewhere.get('/employers?limit=100')).body as { items: View[] };
    expect(listed.items.some((item) => item.id === id)).toBe(false);
    await who.officer
      .post('/employers')
      .send(employerForm({ provinceCode: '19' }))
      .expect(422);
    const loose = await bed.service.as('employer');
    await loose.post('/employers').send(employerForm()).expect(409);
  });

  it('once verified, only an officer changes who it is; the rest it edits itself', async () => {
    const { http, id } = await firm('org-4');
    const patch = (version: number, body: object) =>
      http.patch(`/employers/${id}`).set('if-match', `"${version}"`).send(body);
    await patch(1, { legalName: 'Công ty Cơ khí Sông Công 2' }).expect(200);
    await who.officer.post(`/employers/${id}/approve`).expect(200);
    const { body } = await patch(3, { legalName: 'Tập đoàn Samsung' }).expect(409);
    expect(body).toMatchObject({ code: 'openings.identity-verified' });
    await patch(3, { sizeBand: '51-100', phone: '0280 3123 456' }).expect(200);
    await patch(3, { sizeBand: '10-50' }).expect(412);
    await http.patch(`/employers/${id}`).send({ sizeBand: '10-50' }).expect(428);
    const renamed = await who.officer
      .patch(`/employers/${id}`)
      .set('if-match', '"4"')
      .send({ legalName: 'Công ty Cơ khí Mới' })
      .expect(200);
    expect(renamed.body).toMatchObject({ legalName: 'Công ty Cơ khí Mới', sizeBand: '51-100', version: 5 });
  });

  it('a new name is on its openings and in their events', async () => {
    const { http, id } = await firm('org-5');
    const opening = await draft(http);
    await http
      .patch(`/employers/${id}`)
      .set('if-match', '"1"')
      .send({ legalName: 'Công ty Đổi Tên' })
      .expect(200);
    expect((await events(opening)).at(-1)).toMatchObject({
      happening: 'revised',
      state: { version: 2, employer: { id, name: 'Công ty Đổi Tên' } },
    });
  });

  it('of a natural person neither name nor contact leaves the service', async () => {
    const secret = 'Nguyễn Văn Bí Mật';
    const { http, id } = await firm('org-6', {
      legalName: secret,
      employerType: 'householdBusiness',
      phone: '0912345678',
      contactName: secret,
      addressLine: 'Ngõ Bí Mật 7',
    });
    await who.officer.post(`/employers/${id}/approve`).expect(200);
    const opening = await draft(http, {
      workplaces: [{ provinceCode: '01', text: 'Số nhà 99 ngõ Kín' }, { text: 'Số nhà 99 ngõ Kín' }],
      details: { contact: { name: secret, phone: '0912345678', email: 'bimat@mail.vn' } },
    });
    await act(http, opening, 'submit');
    await act(who.officer, opening, 'approve');
    const shown = await who.anyone.get(`/public/job-openings/${opening}`).expect(200);
    expect(shown.body).toMatchObject({
      employer: { id, name: null },
      details: { contact: null },
      workplaces: [{ provinceCode: '01', communeCode: null, text: null }],
    });
    const feed = await who.anyone.get('/feed?limit=1000').expect(200);
    const everything = JSON.stringify([shown.body, feed.body, await bed.service.log()]);
    for (const data of [secret, '0912345678', 'bimat@mail.vn', 'Ngõ Bí Mật', 'Số nhà 99'])
      expect(everything).not.toContain(data);
    // Those who work on it see it.
    expect((await who.officer.get(`/job-openings/${opening}`)).body).toMatchObject({
      employer: { name: secret },
      workplaces: [{ text: 'Số nhà 99 ngõ Kín' }, { text: 'Số nhà 99 ngõ Kín' }],
    });
  });

  it('of which nobody has said what it is is not approved, and its name does not leave the service', async () => {
    const name = 'Bà Chưa Rõ Loại Hình';
    const { http, id } = await firm('org-8', { legalName: name, employerType: null });
    await draft(http);
    const { body } = await who.officer.post(`/employers/${id}/approve`).expect(409);
    expect(body).toMatchObject({
      code: 'openings.employer-type-unknown',
      errors: [{ field: 'employerType' }],
    });
    expect(JSON.stringify(await bed.service.log())).not.toContain(name);
    const patch = (version: number, employerType: string | null) =>
      who.officer.patch(`/employers/${id}`).set('if-match', `"${version}"`).send({ employerType });
    await patch(1, 'nonState').expect(200);
    await who.officer.post(`/employers/${id}/approve`).expect(200);
    await patch(3, null).expect(409);
    expect(JSON.stringify(await bed.service.log())).toContain(name);
  });

  it('that is suspended or not verified is not put onto a published posting', async () => {
    const { id } = await firm('org-9');
    const opening = await published(who.officer);
    const put = () =>
      who.officer.patch(`/job-openings/${opening}`).set('if-match', '"3"').send({ employerId: id });
    expect((await put().expect(409)).body).toMatchObject({ code: 'openings.employer-not-approved' });
    await who.officer.post(`/employers/${id}/approve`).expect(200);
    await put().expect(200);
  });

  it('that is suspended while its postings are approved has nothing in public afterwards', async () => {
    const { http, id } = await firm('org-10');
    await who.officer.post(`/employers/${id}/approve`).expect(200);
    const openings: string[] = [];
    for (let i = 0; i < 4; i++) openings.push(await draft(http));
    await Promise.all(openings.map((one) => act(http, one, 'submit')));
    const approve = (one: string) => who.officer.post(`/job-openings/${one}/approve`).send({});
    // The suspension is under way: its row is locked, and what it closes has been looked through.
    await bed.service.database.transaction(async (tx) => {
      await tx.query('SELECT FROM employer WHERE id = $1 FOR UPDATE', [id]);
      const approvals = openings.map((one) => approve(one).then(({ status }) => status));
      await sleep(300);
      await tx.query(`UPDATE employer SET verification_status = 'suspended' WHERE id = $1`, [id]);
      suspended = approvals;
    });
    expect(await Promise.all(suspended)).toEqual([409, 409, 409, 409]);
  });

  it('a company that turns out to be a household business disappears from its openings', async () => {
    const { http, id } = await firm('org-7', { legalName: 'Cơ sở Hộ Gia Đình' });
    const opening = await draft(http, { details: { contact: { phone: '0988777666' } } });
    await who.officer
      .patch(`/employers/${id}`)
      .set('if-match', '"1"')
      .send({ employerType: 'householdBusiness' })
      .expect(200);
    for (const one of [id, opening]) {
      const last = JSON.stringify((await events(one)).at(-1)?.state);
      expect(last).not.toContain('Hộ Gia Đình');
      expect(last).not.toContain('0988777666');
    }
  });

  it.each([
    ['legalName', { legalName: null }],
    ['legalName', { legalName: 'A' }],
    ['legalName', { legalName: 'Công ty X 0912 345 678' }],
    ['employerType', { employerType: 'guild' }],
    ['provinceCode', { provinceCode: '99' }],
    ['communeCode', { communeCode: '05443' }],
    ['phone', { phone: 'gọi tôi' }],
    ['email', { email: 'không có' }],
    ['website', { website: 'trang web' }],
    ['industrialZone', { industrialZone: 'KCN, gọi 0912345678' }],
    ['verificationStatus', { verificationStatus: 'approved' }],
  ])('%s of %j is refused by its name', async (field, changes) => {
    const { body } = await who.officer.post('/employers').send(employerForm(changes)).expect(422);
    expect(body).toMatchObject({
      errors: expect.arrayContaining([expect.objectContaining({ field })]) as unknown,
    });
  });

  it('the list is in the order of names, page by page, and searched without accents', async () => {
    for (const name of ['Bình Minh', 'An Khang', 'Cát Tường', 'An Khang']) {
      await created(who.officer, '/employers', employerForm({ legalName: `Trang ${name}` }));
    }
    const names: string[] = [];
    for (let cursor: string | undefined = ''; cursor !== undefined;) {
      const page = (await who.officer.get(`/employers?q=trang&limit=2${cursor && `&cursor=${cursor}`}`))
        .body as {
        items: View[];
        total: number;
        nextCursor?: string;
      };
      expect(page.total).toBe(4);
      names.push(...page.items.map((item) => item.legalName));
      cursor = page.nextCursor;
    }
    expect(names).toEqual(['Trang An Khang', 'Trang An Khang', 'Trang Bình Minh', 'Trang Cát Tường']);
  });
});
