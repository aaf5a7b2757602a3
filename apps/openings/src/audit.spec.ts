import { describe, expect, it } from '@jest/globals';
import { AuditLog } from '#platform';
import {
  act,
  approvedEmployer,
  created,
  draft,
  employerForm,
  openingsBed,
  type People,
} from '../test/openings.fixture.js';

describe('The audit trail of openings', () => {
  const bed = openingsBed(approvedEmployer);
  const { who } = bed;

  const told = async (subject: string): Promise<(string | null)[][]> =>
    (await bed.service.get(AuditLog).ofSubject(subject)).map(({ action, actor, actorRole, reason }) => [
      action,
      actor,
      actorRole,
      reason,
    ]);

  it('tells who has done what with an opening, and why', async () => {
    const id = await draft(who.employer);
    await act(who.employer, id, 'submit');
    await act(who.officer, id, 'return', 'Thiếu mức lương');
    await who.employer
      .patch(`/job-openings/${id}`)
      .set('if-match', '"3"')
      .send({ title: 'Thợ hàn 6G' })
      .expect(200);
    await act(who.employer, id, 'submit');
    await act(who.officer, id, 'approve');
    await act(who.employer, id, 'markFilled');
    await act(who.officer, id, 'reopen');
    await act(who.officer, id, 'close', 'Trùng tin');
    expect(await told(id)).toEqual([
      ['opening.drafted', 'firm-a', 'employer', null],
      ['opening.submitted', 'firm-a', 'employer', null],
      ['opening.returned', 'officer-hanoi', 'centreOfficer', 'Thiếu mức lương'],
      ['opening.revised', 'firm-a', 'employer', null],
      ['opening.submitted', 'firm-a', 'employer', null],
      ['opening.published', 'officer-hanoi', 'centreOfficer', null],
      ['opening.filled', 'firm-a', 'employer', null],
      ['opening.reopened', 'officer-hanoi', 'centreOfficer', null],
      ['opening.closed', 'officer-hanoi', 'centreOfficer', 'Trùng tin'],
    ]);
    const [, , , edit] = await bed.service.get(AuditLog).ofSubject(id);
    expect(edit?.details).toMatchObject({ fields: ['title'], version: 4 });
  });

  it('tells who has verified an employer, and holds neither its name nor its phone', async () => {
    const secret = { legalName: 'Hộ kinh doanh Bà Năm', phone: '0912345678' };
    const id = await created(
      who.officer,
      '/employers',
      employerForm({ ...secret, employerType: 'householdBusiness' }),
    );
    await who.officer.post(`/employers/${id}/approve`).expect(200);
    await who.officer
      .patch(`/employers/${id}`)
      .set('if-match', '"2"')
      .send({ phone: '0987654321' })
      .expect(200);
    await who.officer.post(`/employers/${id}/suspend`).send({ reason: 'Lừa đảo' }).expect(200);
    expect(await told(id)).toEqual([
      ['employer.registered', 'officer-hanoi', 'centreOfficer', null],
      ['employer.approved', 'officer-hanoi', 'centreOfficer', null],
      ['employer.revised', 'officer-hanoi', 'centreOfficer', null],
      ['employer.suspended', 'officer-hanoi', 'centreOfficer', 'Lừa đảo'],
    ]);
    const everything = JSON.stringify(await bed.service.get(AuditLog).ofSubject(id));
    expect(everything).not.toMatch(/Bà Năm|0912345678|0987654321/);
  });

  it('tells who has handed in a file, once, and who has decided on its source', async () => {
    const post = () =>
      who.officer
        .post('/imports?source=trail')
        .set('content-type', 'text/csv')
        .set('idempotency-key', 'trail-1')
        .send(
          'source_id,title,employer_key,locations,salary_text,experience_text,posted_ago\n1,Thợ hàn,,,,,\n',
        );
    const { id } = (await post().expect(202)).body as { id: string };
    await post().expect(202);
    expect(await told(id)).toEqual([['import.submitted', 'officer-hanoi', 'centreOfficer', null]]);
    await who.administrator.put('/import-sources/trail').send({ trusted: true, keepDays: 30 }).expect(200);
    expect(await told('trail')).toEqual([['import-source.decided', 'admin', 'administrator', null]]);
  });

  it('leaves out what was refused, and can be read by administrators alone', async () => {
    const id = await draft(who.officer);
    await who.officer.post(`/job-openings/${id}/approve`).send({}).expect(409);
    expect(await told(id)).toHaveLength(1);
    const { body } = await who.administrator.get(`/admin/audit?subject=${id}`).expect(200);
    expect(body).toMatchObject({ total: 1, items: [{ action: 'opening.drafted', subject: id }] });
    await who.officer.get('/admin/audit').expect(403);
    expect(await bed.service.get(AuditLog).verify()).toMatchObject({ intact: true });
  });

  it('lets the officer wait for what was imported, and nobody else but administrators', async () => {
    const ask = (http: People['officer']) => http.post('/admin/caught-up');
    const answers = [who.officer, who.administrator, who.employer, who.jobseeker, who.anyone].map(ask);
    expect((await Promise.all(answers)).map(({ status }) => status)).toEqual([200, 200, 403, 403, 401]);
    await who.officer.get('/admin/lag').expect(403);
  });
});
