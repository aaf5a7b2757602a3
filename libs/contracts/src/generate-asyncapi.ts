// `npm run generate:asyncapi` writes asyncapi/events.json from the topics.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { asyncApiDocument } from './asyncapi.js';
import { topics } from './index.js';

const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
mkdirSync('asyncapi', { recursive: true });
writeFileSync(
  'asyncapi/events.json',
  `${JSON.stringify(asyncApiDocument(topics.values(), version), null, 2)}\n`,
);
