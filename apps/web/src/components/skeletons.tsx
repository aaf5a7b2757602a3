import { Card, Container, Skeleton, Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';

/** Cards that are on their way. */
export function ListSkeleton({ rows = 4 }: { rows?: number }) {
  const { t } = useTranslation();
  return (
    <Stack gap="md">
      <span className="nv-visually-hidden" role="status">
        {t('loading')}
      </span>
      {Array.from({ length: rows }, (_, row) => (
        <Card key={row} aria-hidden>
          <Skeleton height={20} width="65%" mb="sm" />
          <Skeleton height={14} width="40%" mb="md" />
          <Skeleton height={14} width="80%" />
        </Card>
      ))}
    </Stack>
  );
}

export function PageSkeleton() {
  return (
    <Container size="lg" pt="xl">
      <Skeleton height={32} width="45%" mb="lg" />
      <ListSkeleton rows={3} />
    </Container>
  );
}
