import { Button, Card, Group, SimpleGrid, Stack, Text } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { type ReactNode, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormScope } from './form-scope';

type Props = {
  path: string;
  /** names the entries: `<texts>.<name>` for one, `<texts>.<name>Add` on the button */
  name: string;
  empty: () => Record<string, unknown>;
  max?: number;
  min?: number;
  columns?: number;
  children: (path: string) => ReactNode;
};

/** A new entry takes the focus, at its first field; after one was removed, the button that adds one does. */
function useFocusOnChange(count: number) {
  const frame = useRef<HTMLDivElement>(null);
  const before = useRef(count);
  const byUser = useRef(false);
  useEffect(() => {
    const added = count > before.current;
    before.current = count;
    if (!byUser.current) return;
    byUser.current = false;
    const entries = frame.current?.querySelectorAll(':scope > [role="group"]');
    const place = added ? entries?.[count - 1]?.querySelector<HTMLElement>('input, textarea') : undefined;
    (place ?? frame.current?.querySelector<HTMLElement>(':scope > button'))?.focus();
  }, [count]);
  return { frame, changes: () => (byUser.current = true) };
}

/** Entries of one kind that can be added and removed, each with its own fields. */
export function ListField({ path, name, empty, max = 20, min = 0, columns = 2, children }: Props) {
  const { t } = useTranslation();
  const { form, texts } = useFormScope();
  const items = (form.getValues() as Record<string, unknown>)[path] ?? nested(form.getValues(), path);
  const list = Array.isArray(items) ? items : [];
  const { frame, changes } = useFocusOnChange(list.length);
  return (
    <Stack gap="sm" ref={frame}>
      {list.map((_, index) => {
        const entry = `${t(`${texts}.${name}`)} ${index + 1}`;
        return (
          <Card
            key={form.key(`${path}.${index}`)}
            bg="var(--nv-page)"
            padding="md"
            role="group"
            aria-label={entry}
          >
            <Group justify="space-between" mb="xs">
              <Text fw={600}>{entry}</Text>
              {list.length > min && (
                <Button
                  variant="subtle"
                  color="red.9"
                  size="compact-md"
                  leftSection={<IconTrash size={16} aria-hidden />}
                  aria-label={`${t('remove')}: ${entry}`}
                  onClick={() => {
                    changes();
                    form.removeListItem(path, index);
                  }}
                >
                  {t('remove')}
                </Button>
              )}
            </Group>
            <SimpleGrid cols={{ base: 1, sm: columns }}>{children(`${path}.${index}`)}</SimpleGrid>
          </Card>
        );
      })}
      {list.length < max && (
        <Button
          variant="default"
          w="fit-content"
          leftSection={<IconPlus size={18} aria-hidden />}
          onClick={() => {
            changes();
            form.insertListItem(path, empty());
          }}
        >
          {t(`${texts}.${name}Add`)}
        </Button>
      )}
    </Stack>
  );
}

function nested(values: unknown, path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>((at, part) => (at as Record<string, unknown> | undefined)?.[part], values);
}
