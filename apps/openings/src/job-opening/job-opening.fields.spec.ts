import { describe, expect, it } from '@jest/globals';
import { jobOpeningTopic } from '#contracts';
import { approvedEmployer, draft, openingForm, openingsBed, published } from '../../test/openings.fixture.js';

describe('The fields of job openings over HTTP', () => {
  const bed = openingsBed(approvedEmployer);
  const { who } = bed;

  const view = bed.opening.bind(bed);

  describe('what is refused, field by field', () => {
    const phone = 'Liên hệ 0912 345 678';
    it.each([
      ['title', { title: 'Hi' }, 'minLength'],
      ['title', { title: null }, 'isString'],
      ['title', { title: `Thợ hàn ${phone}` }, 'noPersonalData'],
      ['quantity', { quantity: 0 }, 'min'],
      ['quantity', { quantity: '5' }, 'isInt'],
      ['quantity', { quantity: null }, 'isInt'],
      ['workplaces', { workplaces: [] }, 'arrayMinSize'],
      ['workplaces', { workplaces: null }, 'isArray'],
      ['workplaces.0.provinceCode', { workplaces: [{ provinceCode: '1' }] }, 'matches'],
      ['workplaces.0.provinceCode', { workplaces: [{ provinceCode: '99' }] }, 'openings.unknown-province'],
      [
        'workplaces.0.communeCode',
        { workplaces: [{ provinceCode: '01', communeCode: '05443' }] },
        'openings.commune-outside-province',
      ],
      ['workplaces', { workplaces: [{}] }, 'openings.workplace-empty'],
      [
        'workplaces.0.text',
        { workplaces: [{ provinceCode: '01', text: 'hỏi an@firm.vn' }] },
        'noPersonalData',
      ],
      ['otherPlacesCount', { otherPlacesCount: null }, 'isInt'],
      ['occupationCode', { occupationCode: '9999' }, 'openings.unknown-occupation'],
      ['positionLevel', { positionLevel: 'boss' }, 'isIn'],
      ['pay', { pay: null }, 'isObject'],
      ['pay.kind', { pay: { kind: 'yearly' } }, 'isIn'],
      ['pay.max', { pay: { kind: 'monthly', min: 2, max: 1, currency: 'VND' } }, 'openings.pay-range'],
      ['pay.currency', { pay: { kind: 'monthly', min: 2 } }, 'openings.pay-currency'],
      ['pay.currency', { pay: { kind: 'monthly', min: 2, currency: 'XXX' } }, 'isIn'],
      ['pay.min', { pay: { kind: 'monthly', min: 1.5, currency: 'VND' } }, 'isInt'],
      ['experience', { experience: null }, 'isObject'],
      ['experience.maxMonths', { experience: { minMonths: 24, maxMonths: 12 } }, 'openings.experience-range'],
      ['deadline', { deadline: '2026-02-30' }, 'openings.not-a-date'],
      ['deadline', { deadline: 'mai' }, 'matches'],
      ['details', { details: null }, 'isObject'],
      ['details.description', { details: { description: `Gọi ngay. ${phone}` } }, 'noPersonalData'],
      ['details.meals', { details: { meals: phone } }, 'noPersonalData'],
      ['details.benefits', { details: { benefits: ['Thưởng', phone] } }, 'noPersonalData'],
      ['details.itSkills', { details: { itSkills: null } }, 'isArray'],
      ['details.itSkills', { details: { itSkills: ['Excel\u0000'] } }, 'matches'],
      ['details.languages', { details: { languages: null } }, 'isArray'],
      ['details.languages.0.code', { details: { languages: [{ code: 'elvish' }] } }, 'isIn'],
      ['details.workConditions.lifting', { details: { workConditions: { lifting: 'heavy' } } }, 'isIn'],
      ['details.contact.phone', { details: { contact: { phone: '12' } } }, 'matches'],
      ['salary', { salary: 1 }, 'whitelistValidation'],
      ['status', { status: 'published' }, 'whitelistValidation'],
    ])('%s of %j is %s', async (field, changes, code) => {
      const { body, status } = await who.officer.post('/job-openings').send(openingForm(changes));
      expect({ status, body: body as unknown }).toMatchObject({
        status: 422,
        body: { errors: expect.arrayContaining([expect.objectContaining({ field, code })]) as unknown },
      });
      const id = await draft(who.officer);
      const edited = await who.officer.patch(`/job-openings/${id}`).set('if-match', '"1"').send(changes);
      expect(edited.status).toBe(422);
    });

    it('a reason that names a person by phone is refused', async () => {
      const id = await published(who.officer);
      const { body } = await who.officer
        .post(`/job-openings/${id}/close`)
        .send({ reason: phone })
        .expect(422);
      expect(body).toMatchObject({ errors: [{ field: 'reason', code: 'noPersonalData' }] });
    });

    it('an address that is no id, and English for those who prefer it', async () => {
      await who.officer.get('/job-openings/1').expect(400);
      const { body } = await who.officer
        .get('/job-openings/00000000-0000-4000-8000-000000000000')
        .set('accept-language', 'en-GB,vi;q=0.5')
        .expect(404);
      expect(body).toMatchObject({ title: 'There is no such opening' });
    });
  });

  it('every field of Mẫu 01 comes back as it was given, and is what the event carries', async () => {
    const form = openingForm({
      workplaces: [
        { provinceCode: '01', communeCode: '00004', text: 'Số 1 Tràng Tiền' },
        { provinceCode: '19', communeCode: null, text: null },
      ],
      otherPlacesCount: 3,
      pay: { kind: 'daily', min: 300_000, max: null, currency: 'VND', text: 'từ 300k/ngày' },
      experience: { minMonths: 12, maxMonths: 24 },
      details: {
        description: 'Hàn kết cấu thép.\nLàm theo ca.',
        minEducation: 'lowerSecondary',
        minTechnicalLevel: 'elementary',
        specialty: 'Hàn',
        skillGrade: '3/7',
        languages: [{ code: 'en', certificate: 'TOEIC 450', proficiency: 'average' }],
        itSkills: ['AutoCAD'],
        softSkills: ['Làm việc nhóm'],
        contractKind: '12to36Months',
        employmentForm: 'fullTime',
        workSchedule: 'shift8',
        workPurpose: 'longTerm',
        extraDemands: ['shiftWork', 'travel'],
        meals: 'Ăn trưa',
        benefits: ['Bảo hiểm'],
        workConditions: {
          place: 'mixed',
          lifting: '>20kg',
          standing: 'Đứng lâu',
          hearing: null,
          vision: 'Tốt',
          handWork: null,
          hands: 'Cả hai tay',
        },
        priorityGroups: ['demobilised'],
        recruitMethods: ['Phỏng vấn'],
        contact: {
          name: 'Phòng nhân sự',
          phone: '024 3825 1234',
          email: 'hr@congty.vn',
          address: 'Số 1 Tràng Tiền',
        },
      },
    });
    const id = await draft(who.officer, form);
    const { version, ...rest } = await view(id);
    expect({ version, ...rest }).toMatchObject({
      ...form,
      version: 1,
      areaProvinceCode: '01',
      employer: { id: null, name: null, key: null },
    });
    const [event] = (await bed.service.log('openings.job-opening')).filter(({ key }) => key === id);
    expect(event?.state).toMatchObject(form);
    expect(() => jobOpeningTopic.state.parse(event?.state)).not.toThrow();
  });
});
