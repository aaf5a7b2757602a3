import { Button, Group } from '@mantine/core';
import { notify } from '../../lib/notify';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, call, ifMatch } from '../../api/http';
import type { JobOpening } from '../../api/models';
import { ConfirmDialog } from '../../components/confirm-dialog';

/** How each action looks; which are allowed is said by the service with the opening. */
type Action = JobOpening['actions'][number];
const looks: Partial<Record<Action, { variant: string; color?: string; needsReason?: boolean }>> = {
  approve: { variant: 'filled' },
  submit: { variant: 'filled' },
  return: { variant: 'outline', color: 'red.9', needsReason: true },
  markFilled: { variant: 'default' },
  reopen: { variant: 'default' },
  close: { variant: 'outline', color: 'red.9', needsReason: true },
};

export function OpeningActions({ opening }: { opening: JobOpening }) {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const [asked, setAsked] = useState<Action>();
  const actions = (Object.keys(looks) as Action[]).filter((action) => opening.actions.includes(action));

  const act = async (action: Action, reason: string) => {
    const path = { id: opening.id, action };
    const changed = await call(
      api.POST('/api/v1/openings/job-openings/{id}/{action}', {
        params: { path, header: ifMatch(opening) },
        body: reason ? { reason } : {},
      }),
    );
    cache.setQueryData(['job-opening', opening.id], changed);
    await cache.invalidateQueries({ queryKey: ['job-openings'] });
    await cache.invalidateQueries({ queryKey: ['job-opening', opening.id] });
    notify(t(`officer.acted.${action}`));
  };
  return (
    <>
      <Group gap="sm">
        {actions.map((action) => {
          const { variant, color } = looks[action]!;
          return (
            <Button key={action} variant={variant} color={color} onClick={() => setAsked(action)}>
              {t(`officer.action.${action}`)}
            </Button>
          );
        })}
      </Group>
      <ConfirmDialog
        opened={Boolean(asked)}
        title={asked ? t(`officer.ask.${asked}`) : ''}
        confirmText={asked ? t(`officer.action.${asked}`) : ''}
        reasonLabel={asked && looks[asked]?.needsReason ? t('officer.reason') : undefined}
        danger={asked ? looks[asked]?.color !== undefined : false}
        onConfirm={(reason) => act(asked!, reason)}
        onClose={() => setAsked(undefined)}
      >
        {opening.title}
      </ConfirmDialog>
    </>
  );
}
