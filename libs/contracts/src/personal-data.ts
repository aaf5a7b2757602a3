import { leavesOf, topicSchema } from './json-schema.js';
import type { TopicDefinition } from './topic.js';

/**
 * Words in a field's path that name personal data (Law 91/2025/QH15; design: "Personal data in events"). A field
 * with one of them is on its topic's `personalData` list with a reason, or it is not in the event.
 */
const PERSONAL_WORDS = [
  'account|address|age|bank|biometric|child|children|contact|coordinates|crime|criminal|disability|email|family',
  'gender|guardian|hearing|household|husband|image|income|ip|lat|latitude|lon|longitude|marital|mail|married|mobile',
  'name|names|note|notes|parent|parents|person|phone|photo|picture|priority|salary|sex|signature|spouse|street',
  'surname|tax|telephone|vision|wife',
].flatMap((line) => line.split('|'));

/** Words that no event of any topic may have, whatever the reason. */
const NEVER_WORDS = [
  'birth|birthdate|birthday|blood|cccd|citizen|ethnic|ethnicity|face|fingerprint|health|hiv|insurance|medical',
  'passport|password|pregnancy|pregnant|religion|secret|ssn|token|union',
].flatMap((line) => line.split('|'));

/** Words that no event about a natural person may have: what names or marks the person. */
const NEVER_OF_PERSONS =
  'address|bank|contact|disability|email|family|household|mail|mobile|name|phone|photo|priority|street|telephone'.split(
    '|',
  );

/**
 * What a topic's schema says of persons and may not.
 * @returns one sentence per fault, each beginning with the path; empty when the allow-list holds
 */
export function personalDataFaults(topic: TopicDefinition): string[] {
  const paths = leavesOf(topicSchema(topic)).map(({ path }) => path);
  const faults: string[] = [];
  for (const path of paths) {
    const words = wordsOf(path);
    const never = words.find((word) => NEVER_WORDS.includes(word));
    const ofPerson = topic.aboutPerson ? words.find((word) => NEVER_OF_PERSONS.includes(word)) : undefined;
    const personal = words.find((word) => PERSONAL_WORDS.includes(word));
    if (never) faults.push(`${path}: "${never}" is in no event`);
    else if (ofPerson) faults.push(`${path}: "${ofPerson}" is in no event about a person`);
    else if (personal && !topic.personalData[path]?.trim()) {
      faults.push(`${path}: "${personal}" names personal data; personalData gives no reason for it`);
    }
  }
  for (const path of Object.keys(topic.personalData)) {
    if (!paths.includes(path)) faults.push(`${path}: is on the personalData list but not in the schema`);
  }
  return faults;
}

/** The words of a path: `details.contactName` → details, contact, name. */
function wordsOf(path: string): string[] {
  return path
    .split(/[._\-\d]+|(?<=[a-z])(?=[A-Z])/)
    .filter(Boolean)
    .map((word) => word.toLowerCase());
}
