import { Command } from 'commander';
import { Api, ApiError } from './api.js';
import { identityCommands } from './identity.command.js';
import { importCommand } from './import.command.js';
import { operationsCommands } from './operations.command.js';
import { Output } from './output.js';

const program = new Command('npm run cli --');
program
  .description('Vận hành nền tảng đang chạy (NOIVIEC_URL) bằng tài khoản NOIVIEC_EMAIL / NOIVIEC_PASSWORD.')
  .option('--json', 'trả lời bằng một tài liệu JSON')
  .showHelpAfterError();

const output = (): Output => new Output(program.opts<{ json?: boolean }>().json === true);
const api = Api.fromEnvironment();
importCommand(program, api, output);
identityCommands(program, api, output);
operationsCommands(program, api, output);

try {
  await program.parseAsync();
} catch (error) {
  const known = error instanceof ApiError;
  if (program.opts<{ json?: boolean }>().json) {
    console.log(
      JSON.stringify({
        error: { code: known ? error.code : 'cli.failed', message: (error as Error).message },
      }),
    );
  } else {
    console.error(known ? error.message : error);
  }
  process.exitCode = 1;
}
