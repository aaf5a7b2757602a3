import { Button } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, call } from '../../api/http';
import type { ImportJob } from '../../api/models';
import { ConfirmDialog } from '../../components/confirm-dialog';
import { notify } from '../../lib/notify';

/** Stops an import that waits or runs. Stays when that has ended: the dialog may still be fading away. */
export function StopImport({ job: { id, fileName, finishedAt } }: { job: ImportJob }) {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const [asked, setAsked] = useState(false);

  const stop = async () => {
    try {
      const stopped = await call(
        api.POST('/api/v1/openings/imports/{id}/cancel', { params: { path: { id } } }),
      );
      cache.setQueryData(['import', id], stopped);
      notify(t('imports.hasStopped'));
    } finally {
      // Also when it has ended meanwhile: what came of it shows behind the refusal.
      await cache.invalidateQueries({ queryKey: ['import', id] });
      await cache.invalidateQueries({ queryKey: ['imports'] });
    }
  };
  return (
    <>
      {!finishedAt && (
        <Button variant="outline" color="red.9" w="fit-content" onClick={() => setAsked(true)}>
          {t('imports.stop')}
        </Button>
      )}
      <ConfirmDialog
        opened={asked}
        title={t('imports.askStop', { file: fileName ?? t('imports.unnamed') })}
        confirmText={t('imports.stop')}
        danger
        onConfirm={stop}
        onClose={() => setAsked(false)}
      >
        {t('imports.stopKeeps')}
      </ConfirmDialog>
    </>
  );
}
