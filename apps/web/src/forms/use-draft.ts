import { useCallback, useEffect, useRef, useState } from 'react';
import { useMe } from '../api/use-session';
import { dropDraft, readDraft, writeDraft } from './drafts';
import type { AnyForm } from './form-scope';

type DraftState = { restoredFrom?: string; savedAt?: string; refused?: boolean };

/**
 * Keeps a form's values on the device while they are typed and brings them back. Call `changed` from the form's
 * `onValuesChange`; `drop` when the form was sent or the user wants the draft gone.
 */
export function useDraft(name: string) {
  const me = useMe();
  // An ended session must not change where the draft is kept while the form is open.
  const [userId] = useState(me?.id ?? 'visitor');
  const [state, setState] = useState<DraftState>({});
  const pending = useRef<{ values: unknown; version?: number }>(undefined);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const version = useRef<number>(undefined);

  const flush = useCallback(() => {
    clearTimeout(timer.current);
    if (!pending.current) return;
    const kept = writeDraft(localStorage, userId, name, pending.current.values, pending.current.version);
    pending.current = undefined;
    setState((now) => ({ ...now, savedAt: new Date().toISOString(), refused: !kept }));
  }, [name, userId]);

  useEffect(() => {
    window.addEventListener('pagehide', flush);
    return () => {
      window.removeEventListener('pagehide', flush);
      flush();
    };
  }, [flush]);

  return {
    ...state,
    /** Puts the kept draft into the form; call once, after the form has its initial values. */
    restore(form: AnyForm, currentVersion?: number): void {
      version.current = currentVersion;
      const draft = readDraft<Record<string, unknown>>(localStorage, userId, name);
      if (!draft) return;
      form.setValues({ ...(form.getValues() as Record<string, unknown>), ...draft.values });
      pending.current = undefined;
      version.current = draft.version;
      setState({ restoredFrom: draft.savedAt });
    },
    changed(values: unknown): void {
      pending.current = { values, version: version.current };
      clearTimeout(timer.current);
      timer.current = setTimeout(flush, 400);
    },
    drop(): void {
      clearTimeout(timer.current);
      pending.current = undefined;
      dropDraft(localStorage, userId, name);
      setState({});
    },
    /** the version that the draft was begun from */
    baseVersion: () => version.current,
  };
}
export type DraftKeeper = ReturnType<typeof useDraft>;
