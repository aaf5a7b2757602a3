/** An e-mail address as accounts are found by it: NFC, trimmed, lower case, so that one mailbox is one account. */
export function normaliseEmail(email: string): string {
  return email.normalize('NFC').trim().toLowerCase();
}
