import { isFreeOfPersonalData } from '#reference';

/** No job, trade or skill has a number this long; social-insurance numbers and foreign phones do. */
const LONG_NUMBER = /\d{9,}/;

/** Whether a short text holds an e-mail address, a phone number or the number of a document. */
export function saysPersonalData(text: string): boolean {
  return LONG_NUMBER.test(text) || !isFreeOfPersonalData(text);
}
