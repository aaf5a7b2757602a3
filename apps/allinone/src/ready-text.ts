import { existsSync } from 'node:fs';
import { join } from 'node:path';

interface Started {
  publicUrl: string;
  dataDir: string;
  /** Where the log goes when it does not go to the terminal. */
  logFile?: string;
}

/** The last thing that a start prints: where it is, who may sign in, how it is stopped. */
export function readyText({ publicUrl, dataDir, logFile }: Started): string {
  const accounts = (['demo-accounts.txt', 'first-administrator.txt'] as const)
    .map((name) => join(dataDir, name))
    .filter((file) => existsSync(file));
  const facts: [string, string][] = [
    ...accounts.map((file): [string, string] => ['Tài khoản và mật khẩu / accounts and passwords', file]),
    ...(logFile ? ([['Nhật ký / log', logFile]] as [string, string][]) : []),
    ['Dừng / stop', 'Ctrl-C'],
  ];
  return [
    '',
    `Nối Việc đã sẵn sàng / is ready: ${publicUrl}`,
    ...facts.map(([what, value]) => `  ${what}: ${value}`),
    '',
  ].join('\n');
}
