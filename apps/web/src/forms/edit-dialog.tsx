import type { MantineSize } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError } from '../api/problem';
import { ConflictDialog } from '../components/conflict-dialog';
import { useShownDialog } from '../components/dialog';
import { notify } from '../lib/notify';
import { FormDialog } from './form-dialog';
import type { AnyForm } from './form-scope';
import { useSaving } from './use-saving';

type Props = {
  title: string;
  texts: string;
  form: AnyForm;
  save: () => Promise<void>;
  /** after somebody else's save: read the newest version; `keepMine` saves this form over it */
  onConflict?: (keepMine: boolean) => Promise<void>;
  onClose: () => void;
  size?: MantineSize;
  children: ReactNode;
};

/** A short form in a dialog, for one entry of a list; it is there only while it is open. */
export function EditDialog({ title, texts, form, save, onConflict, onClose, size, children }: Props) {
  const { t } = useTranslation();
  const { close, dialog } = useShownDialog(onClose);
  const saving = useSaving(form);
  const [conflict, setConflict] = useState(false);
  const run = () =>
    saving.run(async () => {
      try {
        await save();
        notify(t('saved'));
        close();
      } catch (error) {
        if (error instanceof ApiError && error.status === 412) setConflict(true);
        throw error;
      }
    });
  return (
    <>
      <FormDialog
        {...dialog}
        closeOnEscape={!conflict}
        size={size}
        title={title}
        texts={texts}
        form={form}
        saving={saving}
        onSave={() => void run()}
      >
        {children}
      </FormDialog>
      <ConflictDialog
        opened={conflict}
        onClose={() => setConflict(false)}
        onKeepMine={() => {
          setConflict(false);
          void onConflict?.(true).then(run);
        }}
        onTakeTheirs={() => {
          setConflict(false);
          void onConflict?.(false);
        }}
      />
    </>
  );
}
