import { Command } from 'commander';
import { usageErrors } from './cli/usage-errors.js';

/**
 * The command line of a start, told in Vietnamese and then in English: it is read by who does not yet know in which
 * language the platform speaks. Anything that it does not know is refused.
 */
export function startCommand(name: string, vietnamese: string, english: string): Command {
  return new Command(`${name} --`)
    .description(`${vietnamese}\n${english}`)
    .option('--empty', inBoth('không nạp dữ liệu dùng thử', 'leave out the demo data'))
    .helpOption('--help', inBoth('in hướng dẫn này rồi kết thúc', 'say this and end'))
    .configureHelp({ styleTitle: (title) => TITLES[title] ?? title })
    .configureOutput(usageErrors)
    .showHelpAfterError()
    .allowExcessArguments(false);
}

export const inBoth = (vietnamese: string, english: string): string => `${vietnamese} / ${english}`;

const TITLES: Record<string, string> = {
  'Usage:': inBoth('Cách dùng', 'Usage:'),
  'Options:': inBoth('Tùy chọn', 'Options:'),
};
