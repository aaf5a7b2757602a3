import { descriptionOf, leavesOf, topicSchema, typeText } from './json-schema.js';
import type { TopicDefinition } from './topic.js';

const INTRODUCTION = `# Events

Generated from \`libs/contracts\` by \`npm run generate\`; do not edit.

Events are CloudEvents 1.0, in Kafka's binary mode in both event logs: attributes in \`ce_\` headers, the state as
the JSON value, the aggregate's id as the key. Every event of a topic carries the aggregate's whole state with its
version; the type only says what happened. A null value is a tombstone: the aggregate was erased. Topics are
compacted: of older states only the last one of each key stays. Unknown fields and unknown happenings are to be
ignored; a breaking change gets a topic of its own (\`….v2\`). \`restated\` says the present state once more, with the
same version, after the log has lost it: it changes nothing for those who know that version, and is no reason to act. The JSON Schemas are in
[libs/contracts/schemas](../libs/contracts/schemas); [asyncapi/events.json](../asyncapi/events.json) is the whole as AsyncAPI 3.

| header | content |
| --- | --- |
| \`ce_specversion\` | \`1.0\` |
| \`ce_id\` | UUID v7, unique: the same id again is the same event |
| \`ce_source\` | the writing service |
| \`ce_type\` | what happened, below |
| \`ce_time\` | when it happened (UTC) |
| \`ce_subject\` | the aggregate's id |
| \`ce_traceparent\`, \`ce_correlationid\` | trace and correlation of the request, where there was one |
| \`content-type\` | \`application/json\` |
`;

/** docs/events.md: every topic with its types, fields, writer and personal data. */
export function eventsDocument(topics: Iterable<TopicDefinition>): string {
  return [INTRODUCTION, ...[...topics].map(section)].join('\n');
}

function section(topic: TopicDefinition): string {
  const service = topic.source.slice(1);
  const rows = leavesOf(topicSchema(topic)).map(({ path, schema, required }) => {
    const reason = topic.personalData[path];
    return row([
      `\`${path}\`${required ? '' : ' (not always)'}`,
      `\`${typeText(schema)}\``,
      [descriptionOf(schema), reason && `**personal data:** ${reason}`].filter(Boolean).join('; '),
    ]);
  });
  const types = topic.happenings.map(
    (happening) => `\`${topic.typePrefix}.${happening}.v${topic.schemaVersion}\``,
  );
  return [
    `## ${topic.name}`,
    '',
    `Written by **${service}**, key = the aggregate's id, ${topic.partitions} partitions` +
      `${topic.aboutPerson ? ', about a natural person' : ''}.`,
    '',
    `Types: ${types.join(', ')}.`,
    '',
    row(['field', 'type', 'meaning']),
    row(['---', '---', '---']),
    ...rows,
    '',
  ].join('\n');
}

function row(cells: string[]): string {
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
}
