import {
  Anchor,
  Button,
  Card,
  Checkbox,
  Container,
  Group,
  SimpleGrid,
  Stack,
  Text,
  Title,
} from '@mantine/core';
import { notify } from '../../lib/notify';
import { IconUsersGroup } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { api, call } from '../../api/http';
import type { Duplicate } from '../../api/models';
import { useList } from '../../api/use-list';
import { ConfirmDialog } from '../../components/confirm-dialog';
import { ListView } from '../../components/list-view';
import { PageHeader } from '../../components/page-header';
import { useFormats } from '../../lib/use-formats';

function DuplicateCard({ duplicate }: { duplicate: Duplicate }) {
  const { t } = useTranslation();
  const format = useFormats();
  const cache = useQueryClient();
  const [checked, setChecked] = useState(false);
  const [asked, setAsked] = useState<'merge' | 'dismiss'>();
  const params = { path: { id: duplicate.id } };

  const act = async (reason: string) => {
    if (asked === 'merge') {
      const body = { identityChecked: checked };
      await call(api.POST('/api/v1/jobseekers/duplicates/{id}/merge', { params, body }));
    } else {
      await call(api.POST('/api/v1/jobseekers/duplicates/{id}/dismiss', { params, body: { reason } }));
    }
    notify(t(`people.duplicates.done.${asked}`));
    await cache.invalidateQueries({ queryKey: ['duplicates'] });
  };
  const reasons = duplicate.reasons
    .map((reason) => t(`people.duplicates.reason.${reason}`, { defaultValue: reason }))
    .join(', ');
  return (
    <Card component="article">
      <Stack gap="md">
        <Title order={2} size="h3">
          {t('people.duplicates.suspected', { reason: reasons })}
        </Title>
        <SimpleGrid cols={{ base: 1, sm: 2 }}>
          {duplicate.jobseekers.map(({ id, fullName, birthDate, phone, citizenIdStatus }, index) => (
            <Card key={id} bg="var(--nv-page)" padding="md">
              <Text size="sm" c="dimmed">
                {t(index === 0 ? 'people.duplicates.elder' : 'people.duplicates.younger')}
              </Text>
              <Anchor component={Link} to={`/can-bo/nguoi-tim-viec/${id}`} fw={600}>
                {fullName}
              </Anchor>
              <Text size="sm">
                {t('profile.field.birthDate')}: {format.date(birthDate) ?? t('unknown')}
              </Text>
              <Text size="sm">
                {t('profile.field.phone')}: {phone ?? t('unknown')}
              </Text>
              <Text size="sm">
                {t('profile.field.citizenId')}: {t(`people.citizenIdStatus.${citizenIdStatus}`)}
              </Text>
            </Card>
          ))}
        </SimpleGrid>
        <Group>
          <Button onClick={() => setAsked('merge')}>{t('people.duplicates.merge')}</Button>
          <Button variant="default" onClick={() => setAsked('dismiss')}>
            {t('people.duplicates.dismiss')}
          </Button>
        </Group>
      </Stack>
      <ConfirmDialog
        opened={Boolean(asked)}
        title={asked ? t(`people.duplicates.ask.${asked}`) : ''}
        confirmText={asked ? t(`people.duplicates.${asked}`) : ''}
        danger={asked === 'merge'}
        reasonLabel={asked === 'dismiss' ? t('officer.reason') : undefined}
        onConfirm={act}
        onClose={() => setAsked(undefined)}
      >
        <Stack gap="sm">
          <Text>{asked ? t(`people.duplicates.explain.${asked}`) : ''}</Text>
          {asked === 'merge' && (
            <Checkbox
              checked={checked}
              onChange={(event) => setChecked(event.currentTarget.checked)}
              label={t('people.duplicates.identityChecked')}
            />
          )}
        </Stack>
      </ConfirmDialog>
    </Card>
  );
}

export default function DuplicatesPage() {
  const { t } = useTranslation();
  const duplicates = useList(['duplicates'], (cursor) =>
    call(api.GET('/api/v1/jobseekers/duplicates', { params: { query: { cursor } } })),
  );
  return (
    <Container size="lg">
      <PageHeader title={t('nav.duplicates')} lead={t('people.duplicates.lead')} />
      <ListView
        of={duplicates}
        icon={IconUsersGroup}
        emptyTitle={t('people.duplicates.none')}
        emptyText={t('people.duplicates.noneText')}
      >
        {(items) => (
          <Stack gap="md">
            {items.map((duplicate) => (
              <DuplicateCard key={duplicate.id} duplicate={duplicate} />
            ))}
          </Stack>
        )}
      </ListView>
    </Container>
  );
}
