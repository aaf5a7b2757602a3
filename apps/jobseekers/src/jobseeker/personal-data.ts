const EMAIL = /[^\s@]+@[^\s@]+\.[a-z]{2,}/iu;
/** Nine digits and more, as phones and ids have them, however they are broken up. */
const LONG_NUMBER = /(?<!\d)\+?\d(?:[\s.-]{0,2}\d){8,}(?!\d)/u;

/** Whether a text holds an e-mail address, a phone number or the number of a document. */
export function saysPersonalData(text: string): boolean {
  return EMAIL.test(text) || LONG_NUMBER.test(text);
}
