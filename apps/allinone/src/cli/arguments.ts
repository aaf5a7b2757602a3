import { InvalidArgumentError } from 'commander';

/** Takes one of these names for an argument or option; of another one it says which there are. */
export function oneOf(names: readonly string[]): (given: string) => string {
  return (given) => {
    if (names.includes(given)) return given;
    throw new InvalidArgumentError(`phải là một trong: ${names.join(', ')}.`);
  };
}

/** A whole number from 0 on. */
export function count(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError('phải là một số nguyên không âm.');
  return Number(text);
}
