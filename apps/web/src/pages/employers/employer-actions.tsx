import { Button, Group } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, call, ifMatch } from '../../api/http';
import type { Employer } from '../../api/models';
import { ApiError } from '../../api/problem';
import { ConfirmDialog } from '../../components/confirm-dialog';
import { notify } from '../../lib/notify';

type Action = Employer['actions'][number];
const order: Action[] = ['approve', 'reject', 'suspend'];

/** What an officer decides of an employer; what is possible is said by the service with the employer. */
export function EmployerActions({ employer }: { employer: Employer }) {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const [asked, setAsked] = useState<Action>();
  const actions = order.filter((action) => employer.actions.includes(action));

  const decide = async (action: Action, reason: string) => {
    const params = { path: { id: employer.id }, header: ifMatch(employer) };
    const decided = () => {
      if (action === 'approve') return api.POST('/api/v1/openings/employers/{id}/approve', { params });
      const body = { reason };
      return action === 'reject'
        ? api.POST('/api/v1/openings/employers/{id}/reject', { params, body })
        : api.POST('/api/v1/openings/employers/{id}/suspend', { params, body });
    };
    try {
      cache.setQueryData(['employer', employer.id], await call(decided()));
    } catch (refused) {
      // Somebody else was faster: what they made of it shows behind the refusal.
      if (refused instanceof ApiError && (refused.status === 412 || refused.status === 409))
        await cache.invalidateQueries({ queryKey: ['employer', employer.id] });
      throw refused;
    }
    await cache.invalidateQueries({ queryKey: ['employers'] });
    if (action === 'suspend') await cache.invalidateQueries({ queryKey: ['job-openings'] });
    notify(t(`employer.acted.${action}`));
  };
  if (actions.length === 0) return null;
  return (
    <>
      <Group gap="sm">
        {actions.map((action) => (
          <Button
            key={action}
            variant={action === 'approve' ? 'filled' : 'outline'}
            color={action === 'approve' ? undefined : 'red.9'}
            onClick={() => setAsked(action)}
          >
            {t(`employer.action.${action}`)}
          </Button>
        ))}
      </Group>
      <ConfirmDialog
        opened={Boolean(asked)}
        title={asked ? t(`employer.ask.${asked}`) : ''}
        confirmText={asked ? t(`employer.action.${asked}`) : ''}
        reasonLabel={asked && asked !== 'approve' ? t('officer.reason') : undefined}
        danger={asked !== undefined && asked !== 'approve'}
        onConfirm={(reason) => decide(asked!, reason)}
        onClose={() => setAsked(undefined)}
      >
        {asked === 'suspend' ? t('employer.suspendCloses') : employer.legalName}
      </ConfirmDialog>
    </>
  );
}
