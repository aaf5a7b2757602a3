import { describe, expect, it } from '@jest/globals';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { environmentSchema } from '../libs/platform/src/config/environment.js';

const ROOT = resolve(import.meta.dirname, '..');
const read = (path: string) => readFileSync(join(ROOT, path), 'utf8');
const documents = [
  'README.md',
  ...readdirSync(join(ROOT, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.md'))
    .map((path) => join('docs', path)),
];

describe('The documentation', () => {
  it('lists in the README every setting that the platform reads, and no other', () => {
    const section = read('README.md').split('## Settings')[1]?.split('\n## ')[0] ?? '';
    const rows = section.split('\n').filter((line) => line.startsWith('| `'));
    const listed = rows.flatMap((row) =>
      [...(row.split('|')[1] ?? '').matchAll(/`([A-Z_]+)`/g)].map(([, name]) => name),
    );
    expect(listed.sort()).toEqual(Object.keys(environmentSchema.shape).sort());
  });

  it('names npm scripts that exist', () => {
    const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
    for (const document of documents) {
      const named = [...read(document).matchAll(/npm run (?:-s |--silent )?([a-z][a-z:-]*)/g)].map(
        ([, name]) => name,
      );
      expect({ document, missing: named.filter((name) => !(name! in scripts)) }).toEqual({
        document,
        missing: [],
      });
    }
  });

  it('links to files that exist', () => {
    for (const document of documents) {
      const links = [...read(document).matchAll(/\]\((?!https?:|#|mailto:)([^)#]+)/g)].map(
        ([, link]) => link!,
      );
      const broken = links.filter((link) => !existsSync(join(ROOT, dirname(document), link)));
      expect({ document, broken }).toEqual({ document, broken: [] });
    }
  });
});
