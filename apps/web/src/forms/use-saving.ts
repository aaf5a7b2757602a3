import { useState } from 'react';
import { type AnyForm } from './form-scope';
import { showFieldErrors } from './form-errors';

/** Runs what a form sends: busy while it runs, refusals at the fields they name. */
export function useSaving(form: AnyForm, rename?: Record<string, string>) {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>();
  return {
    busy,
    error,
    clear: () => setError(undefined),
    /** False when it was refused. */
    async run(work: () => Promise<void>): Promise<boolean> {
      setBusy(true);
      setError(undefined);
      try {
        await work();
        return true;
      } catch (refused) {
        setError(refused);
        showFieldErrors(form, refused, rename);
        return false;
      } finally {
        setBusy(false);
      }
    },
  };
}
