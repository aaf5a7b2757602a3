import { describe, expect, it } from '@jest/globals';
import { openingStatuses } from '#contracts';
import { eventually, type TestHttp } from '#platform/testing';
import { addMonths } from '#reference';
import {
  act,
  approvedEmployer,
  draft,
  inDays,
  openingsBed,
  type OpeningView,
  published,
} from '../../test/openings.fixture.js';
import { ExpiryClock } from './expiry-clock.js';
import { openingActions, transitionOf, transitions } from './job-opening.lifecycle.js';

describe('The life of job openings over HTTP', () => {
  const bed = openingsBed(approvedEmployer);
  const { who } = bed;

  const view = bed.opening.bind(bed);
  const force = (id: string, set: string): Promise<unknown> =>
    bed.service.database.query(`UPDATE job_opening SET ${set} WHERE id = $1`, [id]);

  describe('from draft to the end', () => {
    it('an employer submits, an officer approves, the public reads, the employer marks it filled', async () => {
      const id = await draft(who.employer);
      expect(await view(id, who.employer)).toMatchObject({ status: 'draft', actions: ['submit', 'close'] });
      await act(who.employer, id, 'submit');
      await who.anyone.get(`/public/job-openings/${id}`).expect(404);
      await act(who.officer, id, 'approve');
      const { body } = await who.anyone.get(`/public/job-openings/${id}`).expect(200);
      expect(body).toMatchObject({
        id,
        title: 'Thợ hàn 3G',
        employer: { name: 'Công ty TNHH Cơ khí Sông Công' },
      });
      await act(who.employer, id, 'markFilled');
      const gone = await who.anyone.get(`/public/job-openings/${id}`).expect(410);
      expect(gone.body).toMatchObject({ code: 'openings.job-opening-ended', openingStatus: 'filled' });
      expect(await bed.service.happened(id)).toEqual(['drafted', 'submitted', 'published', 'filled']);
    });

    it('every state answers every action of every role as the table says', async () => {
      const roles: [string, TestHttp][] = [
        ['employer', who.employer],
        ['centreOfficer', who.officer],
        ['administrator', who.administrator],
      ];
      const id = await draft(who.employer);
      for (const status of openingStatuses) {
        for (const action of openingActions) {
          for (const [role, http] of roles) {
            await force(id, `status = '${status}', published_at = now()`);
            const transition = transitionOf(status, action);
            const allowed = transition?.by.includes(role as never) === true;
            const response = await http.post(`/job-openings/${id}/${action}`).send({ reason: 'Đủ người' });
            const expected = !transition ? 409 : allowed ? 200 : 403;
            expect({ status, action, role, answer: response.status }).toEqual({
              status,
              action,
              role,
              answer: expected,
            });
            if (expected === 200) expect((response.body as OpeningView).status).toBe(transition?.to);
          }
        }
      }
      await force(id, `status = 'closed'`);
    });

    it.each(transitions.filter((t) => t.needsReason))(
      '$action without a reason is refused, naming it',
      async ({ action }) => {
        const id = await draft(who.officer);
        await act(who.officer, id, 'submit');
        const { body } = await who.officer.post(`/job-openings/${id}/${action}`).send({}).expect(422);
        expect(body).toMatchObject({ code: 'openings.reason-required', errors: [{ field: 'reason' }] });
        await act(who.officer, id, action, 'Thiếu địa chỉ làm việc');
        const after = await view(id);
        expect([after['returnReason'], after['closeReason']]).toContain('Thiếu địa chỉ làm việc');
      },
    );

    it('an unknown action is not found', async () => {
      const id = await draft(who.officer);
      const { body } = await who.officer.post(`/job-openings/${id}/explode`).send({}).expect(404);
      expect(body).toMatchObject({ code: 'openings.no-such-action' });
    });

    it('an opening of an employer who is not verified is not approved; one that is suspended has none in public', async () => {
      const employerId = await approvedEmployer(
        { ...who, employer: who.otherEmployer },
        { legalName: 'Công ty B' },
      );
      const shown = await draft(who.otherEmployer);
      await act(who.otherEmployer, shown, 'submit');
      await act(who.officer, shown, 'approve');
      await who.officer.post(`/employers/${employerId}/suspend`).send({ reason: 'Lừa đảo' }).expect(200);
      await who.anyone.get(`/public/job-openings/${shown}`).expect(410);
      expect((await bed.service.happened(shown)).at(-1)).toBe('closed');

      const next = await draft(who.otherEmployer);
      await act(who.otherEmployer, next, 'submit');
      const { body } = await who.officer.post(`/job-openings/${next}/approve`).send({}).expect(409);
      expect(body).toMatchObject({ code: 'openings.employer-not-approved' });
    });
  });

  describe('deadlines', () => {
    it('the clock ends what is over, by the date of Việt Nam, also after a restart, and only once', async () => {
      const over = await published(who.officer);
      const lastDay = await published(who.officer);
      await force(over, `deadline = '${inDays(-1)}', expires_on = '${inDays(-1)}'`);
      await force(lastDay, `deadline = '${inDays(0)}', expires_on = '${inDays(0)}'`);
      await bed.restart();
      await eventually(async () => (await view(over)).status === 'expired');
      expect((await view(lastDay)).status).toBe('published');
      expect(await bed.service.get(ExpiryClock).expireDue()).toBe(0);
      // 17:00 UTC is midnight in Việt Nam.
      const midnight = new Date(`${inDays(0)}T17:00:00Z`);
      expect(await bed.service.get(ExpiryClock).expireDue(new Date(midnight.getTime() - 1))).toBe(0);
      expect(await bed.service.get(ExpiryClock).expireDue(midnight)).toBe(1);
      expect(await bed.service.happened(lastDay)).toEqual(['drafted', 'submitted', 'published', 'expired']);
      await who.anyone.get(`/public/job-openings/${over}`).expect(410);
    });

    it('two clocks at once end each posting once', async () => {
      const ids = await Promise.all([1, 2, 3].map(() => published(who.officer)));
      for (const id of ids) await force(id, `expires_on = '${inDays(-1)}'`);
      const clock = bed.service.get(ExpiryClock);
      const ended = await Promise.all([clock.expireDue(), clock.expireDue()]);
      expect(ended.reduce((a, b) => a + b)).toBe(3);
    });

    it('a posting without a deadline is shown for ninety days', async () => {
      const id = await published(who.officer, { deadline: null });
      expect((await view(id)).expiresOn).toBe(inDays(90));
    });

    it('what is over is reopened as a draft, gets a new deadline and is approved again', async () => {
      const id = await published(who.officer);
      await force(id, `status = 'expired', deadline = '${inDays(-3)}', expires_on = '${inDays(-3)}'`);
      await act(who.officer, id, 'reopen');
      const refused = await who.officer.post(`/job-openings/${id}/submit`).send({}).expect(422);
      expect(refused.body).toMatchObject({ code: 'openings.deadline-over', errors: [{ field: 'deadline' }] });
      const { version } = await view(id);
      await who.officer
        .patch(`/job-openings/${id}`)
        .set('if-match', `"${version}"`)
        .send({ deadline: inDays(10) })
        .expect(200);
      await act(who.officer, id, 'submit');
      await act(who.officer, id, 'approve');
      expect(await view(id)).toMatchObject({ status: 'published', endedAt: null, expiresOn: inDays(10) });
    });

    it('a draft may have any; it is handed in with one at most two years ahead', async () => {
      const inTwoYears = addMonths(inDays(0), 24);
      const far = await draft(who.officer, { deadline: '9999-12-31' });
      const refused = await who.officer.post(`/job-openings/${far}/submit`).send({}).expect(422);
      expect(refused.body).toMatchObject({
        code: 'openings.deadline-too-far',
        errors: [{ field: 'deadline' }],
      });
      const id = await published(who.officer, { deadline: inTwoYears });
      expect((await view(id)).expiresOn).toBe(inTwoYears);
    });

    it.each([
      ['over', inDays(-1), 'openings.deadline-over'],
      ['too far ahead', inDays(732), 'openings.deadline-too-far'],
    ])('a public posting is not given a deadline that is %s', async (_, deadline, code) => {
      const id = await published(who.officer);
      const { version } = await view(id);
      const { body } = await who.officer
        .patch(`/job-openings/${id}`)
        .set('if-match', `"${version}"`)
        .send({ deadline })
        .expect(422);
      expect(body).toMatchObject({ code });
    });
  });
});
