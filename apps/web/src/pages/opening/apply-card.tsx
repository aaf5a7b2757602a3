import { Anchor, Card, Stack, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { PublicOpening } from '../../api/models';
import { useFormats } from '../../lib/use-formats';

/** How to apply: the contact that the employer made public, or the centre. */
export function ApplyCard({ opening, ended }: { opening: PublicOpening; ended: boolean }) {
  const { t } = useTranslation();
  const format = useFormats();
  const contact = opening.details.contact;
  const reachable = contact && (contact.phone || contact.email || contact.address || contact.name);
  if (ended) return null;
  return (
    <Card>
      <Stack gap="xs">
        <Title order={2}>{t('opening.apply')}</Title>
        {reachable ? (
          <>
            {contact.name && <Text>{contact.name}</Text>}
            {contact.phone && (
              <Anchor href={`tel:${contact.phone.replace(/[^\d+]/g, '')}`}>{contact.phone}</Anchor>
            )}
            {contact.email && <Anchor href={`mailto:${contact.email}`}>{contact.email}</Anchor>}
            {contact.address && <Text>{contact.address}</Text>}
          </>
        ) : (
          <Text>{t('opening.contactUnknown')}</Text>
        )}
        {opening.details.recruitMethods?.length > 0 && (
          <Text size="sm" c="dimmed">
            {t('opening.field.recruitMethods')}:{' '}
            {opening.details.recruitMethods.map((method) => format.value('recruitMethod', method)).join(', ')}
          </Text>
        )}
        <Text size="sm" c="dimmed">
          {t('opening.noFee')}
        </Text>
      </Stack>
    </Card>
  );
}
