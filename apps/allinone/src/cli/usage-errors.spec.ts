import { describe, expect, it } from '@jest/globals';
import { Command, CommanderError } from 'commander';
import { count } from './arguments.js';
import { usageErrors } from './usage-errors.js';

/** What is written when a command cannot be understood, and commander's code of it. */
async function mistaken(...args: string[]): Promise<{ code: string; lines: string[] }> {
  let written = '';
  const program = new Command('cli')
    .configureOutput({ ...usageErrors, writeErr: (text) => void (written += text) })
    .exitOverride();
  program
    .command('import <file>')
    .argument('[limit]', 'bao nhiêu', count)
    .option('--max <number>', 'nhiều nhất', count)
    .requiredOption('--source <name>', 'nguồn');
  const error = await program.parseAsync(args, { from: 'user' }).catch((thrown: unknown) => thrown);
  if (!(error instanceof CommanderError)) throw new Error('nothing was wrong');
  return { code: error.code, lines: written.trim().split('\n') };
}

describe('What is wrong with a command as it was typed', () => {
  it.each([
    [
      'missingArgument',
      ['import', '--source', 'x'],
      'thiếu tham số <file>.',
      "missing required argument 'file'",
    ],
    [
      'excessArguments',
      ['import', 'a', '1', 'b', '--source', 'x'],
      'thừa tham số: cần nhiều nhất 2, nhưng có 3: a, 1, b.',
      "too many arguments for 'import'. Expected 2 arguments but got 3: a, 1, b.",
    ],
    ['unknownCommand', ['imporr'], 'không có lệnh “imporr”. Có phải là: import?', "unknown command 'imporr'"],
    [
      'unknownOption',
      ['import', '--source', 'x', '--maxx'],
      'không có tùy chọn “--maxx”. Có phải là: --max?',
      "unknown option '--maxx'",
    ],
    ['unknownOption', ['import', '--source', 'x', '-y'], 'không có tùy chọn “-y”.', "unknown option '-y'"],
    [
      'optionMissingArgument',
      ['import', 'a', '--max'],
      'tùy chọn “--max <number>” cần một giá trị.',
      "option '--max <number>' argument missing",
    ],
    [
      'missingMandatoryOptionValue',
      ['import', 'a'],
      'thiếu tùy chọn bắt buộc “--source <name>”.',
      "required option '--source <name>' not specified",
    ],
    [
      'invalidArgument',
      ['import', 'a', '--max', 'x'],
      'giá trị “x” của tùy chọn “--max <number>” không đúng: phải là một số nguyên không âm.',
      "option '--max <number>' argument 'x' is invalid.",
    ],
    [
      'invalidArgument',
      ['import', 'a', 'y', '--source', 'x'],
      'giá trị “y” của tham số <limit> không đúng: phải là một số nguyên không âm.',
      "command-argument value 'y' is invalid for argument 'limit'.",
    ],
  ])('%s of %j is said in Vietnamese, then in English', async (code, args, vietnamese, english) => {
    expect(await mistaken(...args)).toEqual({
      code: `commander.${code}`,
      lines: [`Lỗi: ${vietnamese}`, `error: ${english}`],
    });
  });
});
