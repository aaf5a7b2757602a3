/**
 * After a change of page the heading takes the focus, so that a screen reader starts at the new page and not
 * where the link was. The first page of a visit is left to the browser.
 */
let pending = false;

export function headingShouldTakeFocus(): boolean {
  const taken = pending;
  pending = false;
  return taken;
}

export function pageChanged(): void {
  pending = true;
}
