import { useEffect, useRef } from 'react';

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

/** Sees to the focus when `state` has changed, and with it what is shown. */
export function useFocusKept(state: unknown): void {
  const before = useRef(state);
  useEffect(() => {
    const changed = before.current !== state;
    before.current = state;
    // A dialog sees to it when it closes.
    if (changed && !document.querySelector('[role="dialog"]')) focusHeadingIfLost();
  }, [state]);
}

export function pageChanged(): void {
  pending = true;
}

/**
 * A button is disabled while it is busy, which takes the focus from it: it gets it back when it can be pressed again,
 * unless something else has it by then.
 */
export function giveFocusBackToButtons(): void {
  // Weak: a button may leave the page while it is busy, and nothing says so.
  let last: WeakRef<EventTarget> | undefined;
  document.addEventListener('focusin', ({ target }) => (last = target ? new WeakRef(target) : undefined));
  document.addEventListener('focusout', ({ target }) => {
    // Left by the user, not taken from it.
    if (!(target instanceof HTMLButtonElement) || !target.disabled) last = undefined;
  });
  new MutationObserver((changes) => {
    const lost = last?.deref();
    const enabled = changes.find(({ target }) => target === lost)?.target;
    if (!(enabled instanceof HTMLButtonElement) || enabled.disabled) return;
    if (document.activeElement === document.body) enabled.focus({ preventScroll: true });
  }).observe(document.body, { subtree: true, attributeFilter: ['disabled'] });
}
