// `npm run generate:events-doc` writes docs/events.md from the topics.
import { writeFileSync } from 'node:fs';
import { eventsDocument } from './events-doc.js';
import { topics } from './index.js';

writeFileSync('docs/events.md', eventsDocument(topics.values()));
