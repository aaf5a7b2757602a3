import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readEnvironment, readServiceSettings } from './environment.js';

describe('secrets by file', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'noiviec-secrets-'));
    writeFileSync(join(folder, 'url'), 'postgres://a:b@c/d\n');
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it('are read where a variable names the file', () => {
    const url = join(folder, 'url');
    expect(readEnvironment({ DATABASE_URL_FILE: url }).DATABASE_URL).toBe('postgres://a:b@c/d');
    expect(readServiceSettings('openings', { OPENINGS_DATABASE_URL_FILE: url }).databaseUrl).toBe(
      'postgres://a:b@c/d',
    );
  });

  it('give way to the variable itself', () => {
    const env = { MEILI_KEY_FILE: join(folder, 'url'), MEILI_KEY: 'said' };
    expect(readEnvironment(env).MEILI_KEY).toBe('said');
  });

  it('that cannot be read are named', () => {
    expect(() => readEnvironment({ ADMIN_PASSWORD_FILE: join(folder, 'none') })).toThrow(
      /^ADMIN_PASSWORD_FILE: .*ENOENT/,
    );
    expect(() => readServiceSettings('events', { EVENTS_DATABASE_URL_FILE: join(folder, 'none') })).toThrow(
      /^EVENTS_DATABASE_URL_FILE: .*ENOENT/,
    );
  });

  it.each(['SSL_CERT_FILE', 'AWS_WEB_KEY_FILE', 'OTHER_URL_FILE', 'OPENINGS_DATABASE_URL_FILE'])(
    'that are meant for others are left alone: %s',
    (name) => {
      const env = { [name]: join(folder, 'none') };
      expect(readEnvironment(env).DATABASE_URL).toBeUndefined();
      expect(readServiceSettings('matching', env)).toMatchObject({ databaseUrl: undefined, peerUrls: {} });
    },
  );
});

it('A port that is none is told as such', () => {
  for (const PORT of ['abc', '-1', '65536', '80.5'])
    expect(() => readEnvironment({ PORT })).toThrow('PORT: must be a whole number from 0 to 65535.');
});

describe('instances of a service', () => {
  it('are one unless a variable of its name says so', () => {
    const env = { OPENINGS_INSTANCES: '6', MATCHING_INSTANCES: '' };
    expect(readServiceSettings('openings', env).instances).toBe(6);
    expect(readServiceSettings('matching', env).instances).toBe(1);
  });

  it('are a whole number', () => {
    for (const OPENINGS_INSTANCES of ['0', '-2', '1.5', 'many'])
      expect(() => readServiceSettings('openings', { OPENINGS_INSTANCES })).toThrow(
        'OPENINGS_INSTANCES: must be a whole number, 1 or more.',
      );
  });
});
