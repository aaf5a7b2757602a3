import { Command } from 'commander';
import { Api } from './api.js';
import { backupCommands } from './backup.command.js';
import { identityCommands } from './identity.command.js';
import { importCommand } from './import.command.js';
import { operationsCommands } from './operations.command.js';
import { Output } from './output.js';
import { usageErrors } from './usage-errors.js';

const program = new Command('npm run cli --');
program
  .description(
    'Vận hành nền tảng đang chạy (NOIVIEC_URL) bằng tài khoản NOIVIEC_EMAIL / NOIVIEC_PASSWORD; backup và restore làm việc với DATA_DIR trên máy này.',
  )
  .option('--json', 'trả lời bằng một tài liệu JSON')
  .showHelpAfterError()
  .configureOutput(usageErrors);

const output = (): Output => new Output(program.opts<{ json?: boolean }>().json === true);
const api = Api.fromEnvironment();
importCommand(program, api, output);
identityCommands(program, api, output);
operationsCommands(program, api, output);
backupCommands(program, output);

try {
  await program.parseAsync();
} catch (error) {
  const told = sentenceFor(error);
  if (told) output().failure(told);
  else if (program.opts<{ json?: boolean }>().json)
    output().failure({ code: 'cli.failed', message: (error as Error).message });
  else console.error(error);
  process.exitCode = 1;
}

/** An error with a code of ours is a sentence for the person at the terminal; anything else is a defect. */
function sentenceFor(error: unknown): { code: string; message: string } | undefined {
  const { code, name, message } = error as { code?: unknown; name?: string; message: string };
  if (name === 'ConfigurationError') {
    return { code: 'cli.settings', message: `Biến môi trường không đúng: ${message}` };
  }
  return typeof code === 'string' && /^[a-z][a-z-]*[.-]/.test(code) ? { code, message } : undefined;
}
