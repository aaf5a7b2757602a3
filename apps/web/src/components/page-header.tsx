import { Anchor, Group, Stack, Text, Title } from '@mantine/core';
import { IconArrowLeft } from '@tabler/icons-react';
import { type ReactNode, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'react-router';
import { headingShouldTakeFocus } from '../shell/navigation-focus';

export function usePageTitle(title: string | undefined): void {
  const { t } = useTranslation();
  const product = t('product');
  useEffect(() => {
    if (title) document.title = `${title} – ${product}`;
  }, [title, product]);
}

/** Props of the page's one `h1`: it takes the focus after a change of page. */
export function useHeadingFocus() {
  const ref = useRef<HTMLHeadingElement>(null);
  const { pathname } = useLocation();
  useEffect(() => {
    if (headingShouldTakeFocus()) ref.current?.focus({ preventScroll: true });
  }, [pathname]);
  return { ref, tabIndex: -1 };
}

type Props = {
  title: string;
  lead?: ReactNode;
  actions?: ReactNode;
  backTo?: string;
  backText?: string;
};

export function PageHeader({ title, lead, actions, backTo, backText }: Props) {
  const { t } = useTranslation();
  const heading = useHeadingFocus();
  usePageTitle(title);
  return (
    <Stack gap="xs" pt="lg" pb="md">
      {backTo && (
        <Anchor component={Link} to={backTo} size="sm" fw={550} w="fit-content">
          <Group gap={6} wrap="nowrap">
            <IconArrowLeft size={16} aria-hidden />
            {backText ?? t('back')}
          </Group>
        </Anchor>
      )}
      <Group justify="space-between" align="flex-end" gap="md">
        <Title order={1} {...heading}>
          {title}
        </Title>
        {actions && <Group gap="sm">{actions}</Group>}
      </Group>
      {lead && (
        <Text c="dimmed" maw={760}>
          {lead}
        </Text>
      )}
    </Stack>
  );
}
