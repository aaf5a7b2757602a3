import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { aJobseeker, anEmployer, anOpening, aWithholdingJobseeker, validStates } from '#contracts/testing';
import { defineTopic, eventType, jobOpeningTopic, jobseekerTopic, topics } from './index.js';
import { eventsDocument } from './events-doc.js';
import { leavesOf, topicSchema } from './json-schema.js';
import { personalDataFaults } from './personal-data.js';

const person = (fields: z.core.$ZodLooseShape, more: Partial<Parameters<typeof defineTopic>[0]> = {}) =>
  defineTopic({
    name: 'test.person',
    state: z.object({ id: z.uuid(), version: z.int(), ...fields }),
    happenings: ['made'],
    ...more,
  });

describe('Every topic', () => {
  it.each([...topics.values()].map((topic) => [topic.name, topic] as const))(
    '%s is of its writer, has an id, a version and events in the past tense, and keeps to the allow-list',
    (name, topic) => {
      expect(name).toMatch(/^[a-z]+\.[a-z]+(-[a-z]+)*(\.v\d+)?$/);
      expect(topic.source).toBe(`/${name.split('.')[0]}`);
      const paths = leavesOf(topicSchema(topic)).filter((leaf) => leaf.required);
      expect(paths.map(({ path }) => path)).toEqual(expect.arrayContaining(['id', 'version']));
      for (const happening of topic.happenings) expect(happening).toMatch(/(ed|given|withdrawn)$/);
      expect(new Set(topic.happenings).size).toBe(topic.happenings.length);
      expect(personalDataFaults(topic)).toEqual([]);
    },
  );

  it('has a builder of valid states', () => {
    expect(Object.keys(validStates).sort()).toEqual([...topics.keys()].sort());
    for (const [name, build] of Object.entries(validStates)) topics.get(name)?.state.parse(build());
    expect(anOpening({ quantity: null }).quantity).toBeNull();
    expect(anEmployer().verificationStatus).toBe('approved');
    expect(jobseekerTopic.state.parse(aJobseeker())).toMatchObject({ consent: true });
    expect(jobseekerTopic.state.parse(aWithholdingJobseeker())).toMatchObject({ consent: false });
    expect(() => anOpening({ quantity: 0 })).toThrow();
  });

  it('names its events by topic, happening and schema version, and knows no others', () => {
    expect(eventType(jobOpeningTopic, 'published')).toBe('vn.openings.job-opening.published.v1');
    expect(() => eventType(jobOpeningTopic, 'sold')).toThrow('has no event "sold"');
  });
});

describe('The allow-list of personal data', () => {
  it('refuses a field that names personal data without a reason', () => {
    const nested = person({ places: z.array(z.object({ contactPhone: z.string() })) });
    expect(personalDataFaults(nested)).toEqual([
      'places.contactPhone: "contact" names personal data; personalData gives no reason for it',
    ]);
    expect(personalDataFaults(person({ gender: z.string() }))).toHaveLength(1);
    expect(
      personalDataFaults(person({ gender: z.string() }, { personalData: { gender: 'counted' } })),
    ).toEqual([]);
    expect(
      personalDataFaults(person({ gender: z.string() }, { personalData: { gender: ' ' } })),
    ).toHaveLength(1);
  });

  it.each(['citizenId', 'birthDate', 'ethnicityCode', 'healthStatus', 'socialInsuranceNo', 'religion'])(
    'refuses %s whatever the reason',
    (field) => {
      const topic = person({ [field]: z.string().nullable() }, { personalData: { [field]: 'a reason' } });
      expect(personalDataFaults(topic)).toEqual([expect.stringContaining('is in no event')]);
    },
  );

  it.each(['fullName', 'phone', 'email', 'addressLine', 'priorityGroups', 'disability'])(
    'refuses %s of a natural person whatever the reason',
    (field) => {
      const more = { personalData: { [field]: 'a reason' } };
      expect(personalDataFaults(person({ [field]: z.string() }, more))).toEqual([]);
      expect(personalDataFaults(person({ [field]: z.string() }, { ...more, aboutPerson: true }))).toEqual([
        expect.stringContaining('about a person'),
      ]);
    },
  );

  it('looks into unions, optional fields and lists, and finds entries that no field has', () => {
    const union = person({
      detail: z.union([z.object({ kind: z.literal('a') }), z.object({ surname: z.string().optional() })]),
    });
    expect(personalDataFaults(union)).toEqual([expect.stringContaining('detail.surname')]);
    expect(personalDataFaults(person({}, { personalData: { phone: 'gone' } }))).toEqual([
      'phone: is on the personalData list but not in the schema',
    ]);
  });

  it('lets nothing but id, version and consent be known of who has not agreed', () => {
    const state = { ...aJobseeker(), consent: false };
    expect(jobseekerTopic.state.safeParse(state).success).toBe(false);
  });
});

describe('docs/events.md', () => {
  it('tells each topic’s writer, types, fields and personal data', () => {
    const text = eventsDocument(topics.values());
    expect(text).toContain('## openings.job-opening');
    expect(text).toContain('`vn.jobseekers.jobseeker.consent-withdrawn.v1`');
    expect(text).toContain(
      '| `workplaces.communeCode` | `string ^\\d{5}$ \\| null` | commune in force since 2025-07-01 |',
    );
    expect(text).toContain('**personal data:** a company’s name is public; null for natural persons');
  });
});
