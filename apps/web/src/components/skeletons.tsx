import { Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';

/** Cards that are on their way; they look as in index.html, which shows them before the application has come. */
export function ListSkeleton({ rows = 4 }: { rows?: number }) {
  const { t } = useTranslation();
  return (
    <Stack gap="md">
      <span className="nv-visually-hidden" role="status">
        {t('loading')}
      </span>
      {Array.from({ length: rows }, (_, row) => (
        <div key={row} className="nv-waiting-card" aria-hidden>
          <i />
          <i />
          <i />
        </div>
      ))}
    </Stack>
  );
}

export function PageSkeleton() {
  return (
    <div className="nv-waiting">
      <div className="nv-waiting-title" aria-hidden />
      <ListSkeleton rows={3} />
    </div>
  );
}
