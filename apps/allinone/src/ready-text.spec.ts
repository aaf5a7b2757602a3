import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from '@jest/globals';
import { readyText } from './ready-text.js';

const dataDir = mkdtempSync(join(process.env['NOIVIEC_TEST_RUN_DIR'] ?? tmpdir(), 'ready-'));
afterAll(() => rmSync(dataDir, { recursive: true }));

it('who starts the platform reads where it is, which accounts there are, where the log goes and how to stop it', () => {
  const publicUrl = 'http://127.0.0.1:8080';
  expect(readyText({ publicUrl, dataDir })).toBe(
    ['', `Nối Việc đã sẵn sàng / is ready: ${publicUrl}`, '  Dừng / stop: Ctrl-C', ''].join('\n'),
  );
  writeFileSync(join(dataDir, 'demo-accounts.txt'), '');
  const text = readyText({ publicUrl, dataDir, logFile: 'logs/noiviec.log' });
  expect(text).toContain(`demo accounts and passwords: ${join(dataDir, 'demo-accounts.txt')}\n`);
  expect(text).toContain('log: logs/noiviec.log\n');
  expect(text).not.toContain('administrator');
});
