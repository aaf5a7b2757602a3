import { Alert, List } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { flushSync } from 'react-dom';
import { useTranslation } from 'react-i18next';
import { ErrorState } from '../components/error-state';
import { ApiError, fieldMessages } from '../api/problem';
import { type AnyForm, useFieldLabels } from './form-scope';

/** Moves to the first field that needs correcting, in the order of the page. */
export function focusFirstError(): void {
  requestAnimationFrame(() => {
    const wrong = 'form [aria-invalid="true"]';
    const field =
      document.querySelector<HTMLElement>(`[role="dialog"] ${wrong}`) ??
      document.querySelector<HTMLElement>(wrong);
    field?.focus({ preventScroll: true });
    field?.scrollIntoView({ block: 'center' });
  });
}

/** Shows a refusal at the fields it names; true when there was at least one. */
export function showFieldErrors(form: AnyForm, error: unknown, rename?: Record<string, string>): boolean {
  const messages = fieldMessages(error, rename);
  // At once: the first field is looked for by what the page says of it.
  flushSync(() => form.setErrors(messages));
  if (Object.keys(messages).length === 0) return false;
  focusFirstError();
  return true;
}

/** A list is one field for its reader: what is wrong with its third entry is wrong with the list. */
const labelAt = (labels: ReadonlyMap<string, string>, field: string) =>
  labels.get(field) ?? labels.get(field.replace(/\.\d+$/, ''));

const named = (label: string | undefined) => (label ? `${label}: ` : '');

/** Above the buttons: why the last attempt to save did not work. */
export function SubmitError({ error, form }: { error: unknown; form: AnyForm }) {
  const { t } = useTranslation();
  const labels = useFieldLabels();
  if (error instanceof ApiError && error.status !== 412)
    return <ErrorState error={error} withFields labelOf={(field) => labelAt(labels, field)} />;
  if (error) return null;
  const messages = Object.values(form.errors).filter(Boolean);
  if (messages.length === 0) return null;
  return (
    <Alert
      role="alert"
      color="red.8"
      variant="outline"
      icon={<IconAlertTriangle aria-hidden />}
      title={t('errors.fixFields')}
    >
      <List size="sm">
        {Object.entries(form.errors).map(([path, message]) => (
          <List.Item key={path}>
            {named(labelAt(labels, path))}
            {message}
          </List.Item>
        ))}
      </List>
    </Alert>
  );
}
