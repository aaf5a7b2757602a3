import { Button, Group, type MantineSize, Modal, Stack } from '@mantine/core';
import { notify } from '../lib/notify';
import { type FormEvent, type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError } from '../api/problem';
import { ConflictDialog } from '../components/conflict-dialog';
import { focusFirstError, SubmitError } from './form-errors';
import { type AnyForm, FormScope } from './form-scope';
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

/** A short form in a dialog, for one entry of a list. */
export function EditDialog({ title, texts, form, save, onConflict, onClose, size, children }: Props) {
  const { t } = useTranslation();
  const saving = useSaving(form);
  const [conflict, setConflict] = useState(false);
  const run = () =>
    saving.run(async () => {
      try {
        await save();
        notify(t('saved'));
        onClose();
      } catch (error) {
        if (error instanceof ApiError && error.status === 412) setConflict(true);
        throw error;
      }
    });
  const submit = form.onSubmit(() => void run(), focusFirstError);
  return (
    <Modal opened onClose={onClose} size={size} title={title} closeButtonProps={{ 'aria-label': t('close') }}>
      <FormScope form={form} texts={texts}>
        <form noValidate onSubmit={(event: FormEvent<HTMLFormElement>) => submit(event)}>
          <Stack gap="md">
            {children}
            <SubmitError error={saving.error} form={form} />
            <Group justify="flex-end">
              <Button variant="default" onClick={onClose}>
                {t('cancel')}
              </Button>
              <Button type="submit" loading={saving.busy}>
                {t('save')}
              </Button>
            </Group>
          </Stack>
        </form>
      </FormScope>
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
    </Modal>
  );
}
