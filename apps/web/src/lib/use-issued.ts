import { useRef, useState } from 'react';

/**
 * What is issued once and shown once, such as a one-time code: a press while the former is under way asks for no second
 * one, which would end the first.
 */
export function useIssued<T>(ask: () => Promise<T>) {
  const underWay = useRef(false);
  const [busy, setBusy] = useState(false);
  const [issued, setIssued] = useState<T>();
  const [error, setError] = useState<unknown>();
  const issue = async () => {
    if (underWay.current) return;
    underWay.current = true;
    setBusy(true);
    setError(undefined);
    try {
      setIssued(await ask());
    } catch (refused) {
      setError(refused);
    } finally {
      underWay.current = false;
      setBusy(false);
    }
  };
  return { issued, error, busy, issue: () => void issue() };
}
