import { Stack, Text } from '@mantine/core';
import type { Icon } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { useList } from '../api/use-list';
import { EmptyState } from './empty-state';
import { ErrorState } from './error-state';
import { LoadMore } from './load-more';
import { ListSkeleton } from './skeletons';

type Props<T> = {
  of: ReturnType<typeof useList<T>>;
  icon: Icon;
  emptyTitle: string;
  emptyText?: string;
  emptyAction?: ReactNode;
  children: (items: T[]) => ReactNode;
};

/** The states that every list has: loading, failed, empty, and its items with their number and the rest. */
export function ListView<T>({
  of: { list, items, first },
  icon,
  emptyTitle,
  emptyText,
  emptyAction,
  children,
}: Props<T>) {
  const { t } = useTranslation();
  if (list.isPending) return <ListSkeleton />;
  if (list.isError && !list.data)
    return <ErrorState error={list.error} onRetry={() => void list.refetch()} />;
  if (items.length === 0) {
    return (
      <EmptyState icon={icon} title={emptyTitle} action={emptyAction}>
        {emptyText}
      </EmptyState>
    );
  }
  return (
    <Stack gap="md">
      <Text size="sm" c="dimmed" role="status">
        {first && t(first.totalIsExact ? 'total' : 'totalMore', { count: first.total })}
      </Text>
      {children(items)}
      <LoadMore list={list} />
    </Stack>
  );
}
