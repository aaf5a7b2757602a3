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

/** After what had the focus has gone from the page: who goes on by keyboard or by ear goes on at the heading. */
export function focusHeadingIfLost(): void {
  if (document.activeElement && document.activeElement !== document.body) return;
  document.querySelector<HTMLElement>('main h1')?.focus({ preventScroll: true });
}

export function pageChanged(): void {
  pending = true;
}
