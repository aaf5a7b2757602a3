import { administrativeUnits, provinces } from '#reference';
import type { JobOpeningState } from '#contracts';
import { anOpening } from '#contracts/testing';
import { seeded } from '../support/seeded.js';
import { readSample, type SampleRow, sampleDoc } from './sample.js';

const DAY_MS = 86_400_000;
const DAYS = 60;

/**
 * As many openings as wanted, made of the real sample's titles, pay and experience: the head of one title with the tail
 * of another, a place by the sample's own distribution, a day within two months.
 */
export function manyOpenings(count: number, seed = 1): JobOpeningState[] {
  const random = seeded(seed);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!;
  const rows = readSample();
  const heads = rows.map(({ title }) => title.split(/ - | – | \(/)[0]!);
  const tails = rows.flatMap(({ title }: SampleRow) => {
    const at = title.search(/ - | – | \(/);
    return at > 0 ? [title.slice(at)] : [];
  });
  const docs = rows.map(sampleDoc);
  const communes = administrativeUnits().filter(({ level }) => level === 'commune');
  const wide = provinces();
  const blank = anOpening();
  return Array.from({ length: count }, (_, i) => {
    const at = Math.floor(random() * rows.length);
    const doc = docs[at]!;
    const place =
      random() < 0.7
        ? pick(docs).workplaces
        : random() < 0.5
          ? [inCommune(pick(communes))]
          : [inProvince(pick(wide).code)];
    return anOpening({
      id: `00000000-0000-4000-9000-${String(i).padStart(12, '0')}`,
      version: 1,
      status: 'published',
      title: `${heads[at]!}${random() < 0.5 ? pick(tails) : ''}`.slice(0, 200),
      source: 'bench',
      sourceId: String(i),
      occupationCode: null,
      occupationProposals: doc.occupationCode
        ? [{ code: doc.occupationCode, confidence: doc.occupationConfidence ?? 0.5 }]
        : [],
      positionLevel: pick(['staff', 'staff', 'staff', 'manager', 'worker', 'intern', null]),
      workplaces: place.map(({ provinceCode, communeCode, text }) => ({
        provinceCode: provinceCode ?? null,
        communeCode: communeCode ?? null,
        text: text ?? null,
      })),
      pay: { ...doc.pay, kind: doc.pay.kind as JobOpeningState['pay']['kind'], text: doc.pay.text ?? null },
      experience: doc.experience,
      publishedAt: new Date(Date.UTC(2026, 10, 21) - Math.floor(random() * DAYS * DAY_MS)).toISOString(),
      deadline: null,
      expiresOn: null,
      employer: { id: null, name: null, key: rows[at]!.employer_key },
      details: { ...blank.details, description: null, specialty: null },
    });
  });
}

const inCommune = ({
  code,
  provinceCode,
  fullName,
}: {
  code: string;
  provinceCode: string;
  fullName: string;
}): { provinceCode: string; communeCode: string; text: string } => ({
  provinceCode,
  communeCode: code,
  text: fullName,
});
const inProvince = (provinceCode: string): { provinceCode: string; communeCode?: string; text?: string } => ({
  provinceCode,
});
