import type { JobOpeningState } from '#contracts';
import { escapeHtml } from '#platform';
import { administrativeUnit, minorUnitsPerUnit, occupation } from '#reference';
import { jsonForScript } from './html.js';
import { jobPosting } from './job-posting.js';

export interface PageParts {
  head: string;
  body: string;
}

/** The page of a published opening: what it says, and nothing that it does not. */
export function openingPage(opening: JobOpeningState, publicUrl: string): PageParts {
  const url = `${publicUrl}/viec-lam/${opening.id}`;
  const places = placeNames(opening);
  const summary = [opening.employer.name, places, payText(opening)].filter(Boolean).join(' · ');
  const head = [
    `<title>${escapeHtml(opening.title)} – Nối Việc</title>`,
    `<meta name="description" content="${escapeHtml(summary)}" />`,
    `<link rel="canonical" href="${escapeHtml(url)}" />`,
    `<meta property="og:type" content="website" />`,
    `<meta property="og:title" content="${escapeHtml(opening.title)}" />`,
    `<meta property="og:description" content="${escapeHtml(summary)}" />`,
    `<meta property="og:url" content="${escapeHtml(url)}" />`,
    `<script type="application/ld+json">${jsonForScript(jobPosting(opening, url))}</script>`,
  ].join('\n    ');
  const facts: [string, string | null][] = [
    ['Đơn vị tuyển dụng', opening.employer.name],
    ['Nơi làm việc', places],
    ['Mức lương', payText(opening)],
    ['Số lượng', opening.quantity === null ? null : String(opening.quantity)],
    ['Nghề', opening.occupationCode ? (occupation(opening.occupationCode)?.nameVi ?? null) : null],
    ['Hạn nộp hồ sơ', opening.deadline ? opening.deadline.split('-').reverse().join('/') : null],
  ];
  const rows = facts
    .filter((fact): fact is [string, string] => Boolean(fact[1]))
    .map(([label, value]) => `<dt>${escapeHtml(label)}</dt><dd>${escapeHtml(value)}</dd>`);
  const description = (opening.details.description ?? '')
    .split(/\n+/)
    .filter((line) => line.trim())
    .map((line) => `<p>${escapeHtml(line)}</p>`);
  const body = `<main><article><h1>${escapeHtml(opening.title)}</h1><dl>${rows.join('')}</dl>${description.join('')}</article></main>`;
  return { head, body };
}

/** The page of a posting that has ended; search engines drop it (410). */
export function endedPage(title: string): PageParts {
  return {
    head: `<title>${escapeHtml(title)} – đã kết thúc – Nối Việc</title>\n    <meta name="robots" content="noindex" />`,
    body: `<main><h1>${escapeHtml(title)}</h1><p>Tin tuyển dụng này đã kết thúc.</p><p><a href="/">Tìm việc khác</a></p></main>`,
  };
}

function placeNames(opening: JobOpeningState): string {
  const names = opening.workplaces.map((place) =>
    [
      place.text,
      place.communeCode && administrativeUnit(place.communeCode)?.name,
      place.provinceCode && administrativeUnit(place.provinceCode)?.name,
    ]
      .filter((name, index, all) => name && all.indexOf(name) === index)
      .join(', '),
  );
  if (opening.otherPlacesCount > 0) names.push(`${opening.otherPlacesCount} nơi khác`);
  return names.filter(Boolean).join('; ');
}

function payText({ pay }: JobOpeningState): string | null {
  if (pay.text) return pay.text;
  if (pay.kind === 'negotiable') return 'Thỏa thuận';
  const { currency } = pay;
  if (!currency) return null;
  const amount = (minor: number): string =>
    `${(minor / minorUnitsPerUnit(currency)).toLocaleString('vi-VN')} ${currency === 'VND' ? 'đ' : currency}`;
  if (pay.min !== null && pay.max !== null) return `${amount(pay.min)} – ${amount(pay.max)}`;
  if (pay.min !== null) return `Từ ${amount(pay.min)}`;
  return pay.max === null ? null : `Tới ${amount(pay.max)}`;
}
