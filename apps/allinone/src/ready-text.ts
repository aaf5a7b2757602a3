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
  const passwords: [string, string][] = [
    ['Tài khoản dùng thử và mật khẩu / demo accounts and passwords', join(dataDir, 'demo-accounts.txt')],
    ['Quản trị viên / administrator', join(dataDir, 'first-administrator.txt')],
  ];
  const facts: [string, string][] = [
    ...passwords.filter(([, file]) => existsSync(file)),
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
