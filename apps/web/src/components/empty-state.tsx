import { Group, Stack, Text, ThemeIcon, Title } from '@mantine/core';
import type { Icon } from '@tabler/icons-react';
import type { ReactNode } from 'react';

type Props = {
  icon: Icon;
  title: string;
  children?: ReactNode;
  action?: ReactNode;
  /** the page has no other heading */
  heading?: boolean;
};

/** Nothing to show, said kindly and with a way on. */
export function EmptyState({ icon: Icon, title, children, action, heading }: Props) {
  return (
    <Stack align="center" gap="sm" py="xl" px="md" ta="center">
      <ThemeIcon size={64} radius="xl" variant="light" aria-hidden>
        <Icon size={34} stroke={1.6} />
      </ThemeIcon>
      <Title order={heading ? 1 : 2} size="h2" tabIndex={heading ? -1 : undefined}>
        {title}
      </Title>
      {typeof children === 'string' ? <Text maw={520}>{children}</Text> : children}
      {action && (
        <Group justify="center" gap="sm" maw="100%" className="nv-actions">
          {action}
        </Group>
      )}
    </Stack>
  );
}
