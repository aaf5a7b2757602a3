import { Button, Card, CopyButton, Group, Stack, Text, Title } from '@mantine/core';
import { IconPrinter } from '@tabler/icons-react';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useFormats } from '../../lib/use-formats';

type Props = { title: string; id?: string; code: string; expiresAt: string | null };

/** The one-time code, shown once: it is stored nowhere that could show it again. */
export function ClaimCodeCard({ title, id, code, expiresAt }: Props) {
  const { t } = useTranslation();
  const format = useFormats();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  return (
    <Card role="status">
      <Stack gap="md" align="center" ta="center" py="md">
        <Title order={2} ref={heading} tabIndex={-1}>
          {title}
        </Title>
        <Text>{t('people.claimCode')}</Text>
        <Text
          fz={{ base: '1.7rem', sm: '2.4rem' }}
          fw={700}
          ff="monospace"
          style={{ letterSpacing: '0.08em', overflowWrap: 'anywhere' }}
        >
          {code}
        </Text>
        <Text c="dimmed" maw={560}>
          {t('people.claimCodeText')}
          {expiresAt && ` ${t('people.claimCodeUntil', { when: format.instant(expiresAt) })}`}
        </Text>
        <Group justify="center">
          <CopyButton value={code}>
            {({ copied, copy }) => <Button onClick={copy}>{copied ? t('copied') : t('copy')}</Button>}
          </CopyButton>
          <Button
            variant="default"
            leftSection={<IconPrinter size={18} aria-hidden />}
            onClick={() => window.print()}
          >
            {t('people.print')}
          </Button>
          {id && (
            <Button component={Link} to={`/can-bo/nguoi-tim-viec/${id}`} variant="default">
              {t('people.openProfile')}
            </Button>
          )}
        </Group>
      </Stack>
    </Card>
  );
}
