import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it, jest } from '@jest/globals';
import type { Logger } from 'pino';
import { createLogger } from './logger.js';

const folder = mkdtempSync(join(process.env['NOIVIEC_TEST_RUN_DIR'] ?? tmpdir(), 'logs-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** The messages that reach the terminal. */
function onTerminal(log: (logger: Logger) => void, file: string): string[] {
  const written: string[] = [];
  const write = jest.spyOn(process.stdout, 'write').mockImplementation((text) => {
    written.push((JSON.parse(String(text)) as { msg: string }).msg);
    return true;
  });
  try {
    log(createLogger('info', 'noiviec', file));
  } finally {
    write.mockRestore();
  }
  return written;
}

const messages = (file: string): string[] =>
  readFileSync(file, 'utf8')
    .trim()
    .split('\n')
    .map((line) => (JSON.parse(line) as { msg: string }).msg);

describe('The log beside a terminal', () => {
  it('is whole in the file, which others cannot read; the terminal has what is wrong', () => {
    const file = join(folder, 'logs', 'noiviec.log');
    const terminal = onTerminal((logger) => {
      logger.debug('a request');
      logger.info('audit anchor');
      logger.warn('disk nearly full');
      logger.error('request failed');
    }, file);
    expect(terminal).toEqual(['disk nearly full', 'request failed']);
    expect(messages(file)).toEqual(['audit anchor', 'disk nearly full', 'request failed']);
    expect(statSync(file).mode & 0o077).toBe(0);
  });

  it('is put aside at a start that finds it large', () => {
    const file = join(folder, 'large.log');
    writeFileSync(file, 'x'.repeat(10_000_001));
    onTerminal((logger) => logger.info('begun'), file);
    expect(messages(file)).toEqual(['begun']);
    expect(statSync(`${file}.1`).size).toBe(10_000_001);
  });
});
