import type { OutputConfiguration } from 'commander';

/** Commander's sentences in Vietnamese: it has no setting for the language, nor does it give the parts of a sentence. */
const SENTENCES: readonly [RegExp, string][] = [
  [/^error: missing required argument '(.+)'/, 'thiếu tham số <$1>.'],
  [
    /^error: too many arguments.*\. Expected (\d+) arguments? but got (\d+): (.+)\./,
    'thừa tham số: cần nhiều nhất $1, nhưng có $2: $3.',
  ],
  [/^error: unknown command '(.+?)'/, 'không có lệnh “$1”.'],
  [/^error: unknown option '(.+?)'/, 'không có tùy chọn “$1”.'],
  [/^error: option '(.+)' argument missing/, 'tùy chọn “$1” cần một giá trị.'],
  [/^error: required option '(.+)' not specified/, 'thiếu tùy chọn bắt buộc “$1”.'],
  [/^error: option '(.+)' argument '(.*)' is invalid\./, 'giá trị “$2” của tùy chọn “$1” không đúng:'],
  [
    /^error: command-argument value '(.*)' is invalid for argument '(.+)'\./,
    'giá trị “$1” của tham số <$2> không đúng:',
  ],
];
const SUGGESTION = /^\(Did you mean (?:one of )?(.+)\?\)$/;

/** What is wrong with a command as it was typed, in Vietnamese first; what follows the English sentence is ours already. */
function bilingual(text: string): string {
  const found = SENTENCES.find(([sentence]) => sentence.test(text));
  if (!found) return text;
  const [sentence, meaning] = found;
  const [english] = sentence.exec(text)!;
  const rest = text.slice(english.length).trim();
  const more = rest.replace(SUGGESTION, 'Có phải là: $1?');
  return `Lỗi: ${[english.replace(sentence, meaning), more].filter(Boolean).join(' ')}\n${english}\n`;
}

/** For `Command.configureOutput`. */
export const usageErrors: OutputConfiguration = {
  outputError: (text, write) => write(bilingual(text)),
};
