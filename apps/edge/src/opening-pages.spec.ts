import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { JobOpeningState } from '#contracts';
import { anOpening } from '#contracts/testing';
import { TestEdge } from '../test/edge.fixture.js';

let edge: TestEdge;
beforeAll(async () => {
  edge = await new TestEdge().start();
});
afterAll(() => edge.stop());

/** The opening's page, as the service behind answers. */
async function page(id: string, status: number, body: unknown): Promise<{ answer: Response; html: string }> {
  edge.answers.set(`/public/job-openings/${id}`, { status, body: JSON.stringify(body) });
  const answer = await edge.fetch(`/viec-lam/${id}`);
  return { answer, html: await answer.text() };
}

const pageOf = async (changes: Partial<JobOpeningState> = {}): Promise<string> => {
  const opening = anOpening(changes);
  const { answer, html } = await page(opening.id, 200, opening);
  expect(answer.status).toBe(200);
  return html;
};

const jsonLd = (html: string): Record<string, unknown> =>
  JSON.parse(/<script type="application\/ld\+json">(.*?)<\/script>/s.exec(html)?.[1] ?? '') as Record<
    string,
    unknown
  >;

describe('The page of an opening', () => {
  it('says what the posting says, without scripts, under its one address', async () => {
    const opening = anOpening({ deadline: '2026-12-31' });
    const { answer, html } = await page(opening.id, 200, opening);
    expect(answer.headers.get('cache-control')).toBe('no-cache');
    expect(html).toContain(`<h1>${opening.title}</h1>`);
    expect(html).toContain(`<title>${opening.title} – Nối Việc</title>`);
    expect(html).toContain(`<link rel="canonical" href="https://viec.example/viec-lam/${opening.id}" />`);
    expect(html).toContain('<dt>Hạn nộp hồ sơ</dt><dd>31/12/2026</dd>');
    expect(html).not.toContain('<div class="nv-waiting');
    expect(html.match(/<title>/g)).toHaveLength(1);
    expect(jsonLd(html)).toMatchObject({
      '@type': 'JobPosting',
      hiringOrganization: { name: opening.employer.name },
      validThrough: '2026-12-31T17:00:00.000Z',
      baseSalary: { currency: 'VND', value: { minValue: 10_000_000, maxValue: 15_000_000 } },
    });
  });

  it('says nothing of pay that nobody has told', async () => {
    const html = await pageOf({ pay: { kind: null, min: null, max: null, currency: null, text: null } });
    expect(html).not.toContain('Thỏa thuận');
    expect(jsonLd(html)).not.toHaveProperty('baseSalary');
  });

  it('is found by an id in capitals, too', async () => {
    const opening = anOpening();
    await page(opening.id, 200, opening);
    expect((await edge.fetch(`/viec-lam/${opening.id.toUpperCase()}`)).status).toBe(200);
  });

  it('takes what people typed as text, never as markup', async () => {
    const attack = `</script><script>alert("x")</script><img src=x onerror='alert(1)'> & $& $1`;
    const html = await pageOf({
      title: attack,
      employer: { id: null, name: attack, key: null },
      workplaces: [{ provinceCode: null, communeCode: null, text: attack }],
      details: { ...anOpening().details, description: attack },
    });
    expect(html).not.toContain('<script>alert');
    expect(html).not.toContain('<img');
    expect(html).toContain('&lt;img src=x onerror=&#39;alert(1)&#39;&gt; &amp; $&amp; $1</h1>');
    expect(jsonLd(html)).toMatchObject({ title: attack, description: attack });
    const scripts = html.match(/<script\b[^>]*>/g) ?? [];
    expect(scripts.filter((script) => !script.includes('src="/'))).toEqual([
      '<script type="application/ld+json">',
    ]);
  });

  it('does not guess what the posting leaves open', async () => {
    const known = anOpening();
    const html = await pageOf({
      source: 'trang-khac',
      sourceId: 'x-1',
      employer: { id: null, name: null, key: 'k' },
      quantity: null,
      deadline: null,
      occupationCode: null,
      pay: { kind: 'monthly', min: null, max: null, currency: null, text: null },
      experience: { minMonths: null, maxMonths: null },
      details: { ...known.details, description: null, employmentForm: null },
    });
    const posting = jsonLd(html);
    for (const fact of [
      'hiringOrganization',
      'totalJobOpenings',
      'validThrough',
      'baseSalary',
      'experienceRequirements',
      'employmentType',
    ]) {
      expect(posting).not.toHaveProperty(fact);
    }
    for (const label of ['Đơn vị tuyển dụng', 'Mức lương', 'Số lượng', 'Nghề', 'Hạn nộp hồ sơ']) {
      expect(html).not.toContain(`<dt>${label}</dt>`);
    }
    expect(html).not.toMatch(/<dd>(null|undefined|NaN)?<\/dd>/);
  });

  it('names no employer who is a natural person', async () => {
    const html = await pageOf({ employer: { id: crypto.randomUUID(), name: null, key: null } });
    expect(html).not.toContain('Đơn vị tuyển dụng');
    expect(jsonLd(html)).not.toHaveProperty('hiringOrganization');
  });

  it('of what is no id, or nobody’s, is the web’s own page with 404', async () => {
    const before = edge.read.length;
    for (const id of ['1', 'x'.repeat(36), '..%2fjob-openings']) {
      const answer = await edge.fetch(`/viec-lam/${id}`);
      expect(answer.status).toBe(404);
      expect(await answer.text()).toContain('<div id="root">');
    }
    expect(edge.read.length).toBe(before);
    expect((await page(crypto.randomUUID(), 404, { status: 404 })).answer.status).toBe(404);
  });

  it('of a posting that has ended says so, and asks search engines to drop it', async () => {
    const { answer, html } = await page(crypto.randomUUID(), 410, { openingTitle: 'Thợ hàn <3G>' });
    expect(answer.status).toBe(410);
    expect(html).toContain('<h1>Thợ hàn &lt;3G&gt;</h1>');
    expect(html).toContain('<meta name="robots" content="noindex" />');
  });

  it('is 503, to be asked for again, while the service fails or cannot be reached', async () => {
    expect((await page(crypto.randomUUID(), 500, {})).answer.status).toBe(503);
    const id = crypto.randomUUID();
    edge.answers.set(`/public/job-openings/${id}`, new Error('socket hang up'));
    expect((await edge.fetch(`/viec-lam/${id}`)).status).toBe(503);
  });
});

describe('Pay on the page of an opening', () => {
  const payOf = async (
    min: number,
    currency: string,
  ): Promise<[text: string | undefined, value: unknown]> => {
    const html = await pageOf({ pay: { kind: 'monthly', min, max: null, currency, text: null } });
    const text = /<dt>Mức lương<\/dt><dd>(.*?)<\/dd>/.exec(html)?.[1];
    return [text, (jsonLd(html)['baseSalary'] as { value: { minValue: number } }).value.minValue];
  };

  it('has the decimals of its currency, in words and in JSON-LD', async () => {
    expect(await payOf(250_000, 'VND')).toEqual(['Từ 250.000 đ', 250_000]);
    expect(await payOf(250_000, 'JPY')).toEqual(['Từ 250.000 JPY', 250_000]);
    expect(await payOf(2_000_000, 'KRW')).toEqual(['Từ 2.000.000 KRW', 2_000_000]);
    expect(await payOf(250_050, 'USD')).toEqual(['Từ 2.500,5 USD', 2500.5]);
    expect(await payOf(250_000, 'KWD')).toEqual(['Từ 250 KWD', 250]);
  });

  it('is what the employer wrote, where the employer wrote it', async () => {
    const html = await pageOf({
      pay: { kind: 'monthly', min: 100_000, max: null, currency: 'USD', text: 'từ 1.000 đô' },
    });
    expect(html).toContain('<dt>Mức lương</dt><dd>từ 1.000 đô</dd>');
  });
});
