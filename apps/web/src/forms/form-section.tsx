import { Card, SimpleGrid, Stack, Text, Title } from '@mantine/core';
import { type ReactNode, useId } from 'react';

type Props = { title: string; lead?: string; columns?: 1 | 2; children: ReactNode };

/** A group of fields under its own heading. */
export function FormSection({ title, lead, columns = 2, children }: Props) {
  const id = useId();
  return (
    <Card component="section" aria-labelledby={id}>
      <Stack gap="md">
        <div>
          <Title order={2} id={id}>
            {title}
          </Title>
          {lead && (
            <Text c="dimmed" mt={4}>
              {lead}
            </Text>
          )}
        </div>
        <SimpleGrid cols={{ base: 1, sm: columns }} spacing="md" verticalSpacing="md">
          {children}
        </SimpleGrid>
      </Stack>
    </Card>
  );
}

/** A field that takes the whole width of its section. */
export function Wide({ children }: { children: ReactNode }) {
  return <div style={{ gridColumn: '1 / -1' }}>{children}</div>;
}
