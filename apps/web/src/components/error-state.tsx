import { Alert, Button, Group, List, Stack, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { ApiError, formPath } from '../api/problem';

/** What to tell the user: the server's own words first, ours where it had none. */
function useProblemText() {
  const { t } = useTranslation();
  return (error: unknown): string => {
    if (!(error instanceof ApiError)) return t('errors.byStatus.other');
    const { code, status, detail, title } = error.problem;
    if (code.startsWith('web.')) return t(`errors.byCode.${code}`);
    return detail ?? title ?? t([`errors.byStatus.${status}`, 'errors.byStatus.other']);
  };
}

type Props = {
  error: unknown;
  onRetry?: () => void;
  title?: string;
  withFields?: boolean;
  /** what the reader knows a field as; its path in the request says nothing to people */
  labelOf?: (field: string) => string | undefined;
};

/** A refusal or failure with its stable code, the offending fields if asked, and a retry where one makes sense. */
export function ErrorState({ error, onRetry, title, withFields, labelOf }: Props) {
  const { t } = useTranslation();
  const text = useProblemText()(error);
  const problem = error instanceof ApiError ? error.problem : undefined;
  const fields = (withFields && problem?.errors) || [];
  // The detail of a refusal of fields only repeats what is wrong with each of them.
  const detailed = text !== (title ?? problem?.title) && !(fields.length > 0 && problem?.status === 422);
  const wait = error instanceof ApiError ? error.retryAfterSeconds : undefined;
  return (
    <Alert
      role="alert"
      color="red.8"
      variant="outline"
      icon={<IconAlertTriangle aria-hidden />}
      title={title ?? problem?.title ?? t('errors.title')}
      styles={{ root: { background: '#fff7f5' }, title: { color: '#8f1d14' } }}
    >
      <Stack gap="xs">
        {detailed && <Text>{text}</Text>}
        {wait && <Text>{t('errors.retryAfter', { count: wait })}</Text>}
        {fields.length > 0 && (
          <List size="sm">
            {fields.map(({ field, message }) => (
              <List.Item key={field + message}>
                {[labelOf?.(formPath(field)), message].filter(Boolean).join(': ')}
              </List.Item>
            ))}
          </List>
        )}
        <Group gap="md">
          {onRetry && (
            <Button size="sm" variant="default" onClick={onRetry}>
              {t('retry')}
            </Button>
          )}
          {problem && (
            <Text size="xs" c="dimmed">
              {t('errors.code', { code: problem.code })}
              {problem.correlationId && ` · ${t('errors.reference', { id: problem.correlationId })}`}
            </Text>
          )}
        </Group>
      </Stack>
    </Alert>
  );
}
