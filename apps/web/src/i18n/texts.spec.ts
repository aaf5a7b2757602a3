import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import en from './en/index';
import vi from './vi/index';

type Texts = { [key: string]: string | Texts };

/** Every key of a language, plural forms folded: Vietnamese has one form where English has two. */
function keys(texts: Texts, prefix = ''): string[] {
  return Object.entries(texts).flatMap(([key, value]) =>
    typeof value === 'string' ? [prefix + key.replace(/_(one|other)$/, '')] : keys(value, `${prefix}${key}.`),
  );
}

function placeholders(texts: Texts, prefix = ''): Record<string, string> {
  return Object.fromEntries(
    Object.entries(texts).flatMap(([key, value]) =>
      typeof value === 'string'
        ? [
            [
              prefix + key,
              [...value.matchAll(/{{\s*(\w+)/g)]
                .map((match) => match[1])
                .sort()
                .join(),
            ],
          ]
        : Object.entries(placeholders(value, `${prefix}${key}.`)),
    ),
  );
}

function sources(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return entry.name === 'i18n' ? [] : sources(path);
    return /\.tsx?$/.test(path) && !path.endsWith('.spec.ts') ? [path] : [];
  });
}

describe('the texts of the application', () => {
  const vietnamese = new Set(keys(vi));

  it('are the same set in Vietnamese and in English', () => {
    expect([...new Set(keys(en))].sort()).toEqual([...vietnamese].sort());
  });

  it('use the same placeholders in both languages', () => {
    const english = placeholders(en);
    for (const [key, names] of Object.entries(placeholders(vi))) {
      expect([key, english[key]]).toEqual([key, names]);
    }
  });

  it('have every key that a page asks for by name', () => {
    const asked = sources(join(import.meta.dirname, '..')).flatMap((path) =>
      [...readFileSync(path, 'utf8').matchAll(/\bt\(\s*'([\w.-]+)'/g)].map((match) => match[1]!),
    );
    expect(asked.length).toBeGreaterThan(20);
    expect([...new Set(asked)].filter((key) => !vietnamese.has(key))).toEqual([]);
  });
});
