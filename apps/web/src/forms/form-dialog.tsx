import { Button, Group, Stack } from '@mantine/core';
import type { ComponentProps, FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { Dialog } from '../components/dialog';
import { focusFirstError, SubmitError } from './form-errors';
import { type AnyForm, FormScope } from './form-scope';
import type { useSaving } from './use-saving';

type Props = ComponentProps<typeof Dialog> & {
  /** the labels of the fields are `<texts>.<field>` */
  texts: string;
  form: AnyForm;
  saving: ReturnType<typeof useSaving>;
  /** runs when the fields are in order */
  onSave: () => void;
};

/** A short form in a dialog: its fields, why it was refused, and the two ways out. */
export function FormDialog({ texts, form, saving, onSave, children, ...dialog }: Props) {
  const { t } = useTranslation();
  const submit = form.onSubmit(onSave, focusFirstError);
  return (
    <Dialog {...dialog}>
      <FormScope form={form} texts={texts}>
        <form
          noValidate
          onSubmit={(event: FormEvent<HTMLFormElement>) => {
            // React hands events of a portal to the form around it: that one must not be sent with this one.
            event.stopPropagation();
            submit(event);
          }}
        >
          <Stack gap="md">
            {children}
            <SubmitError error={saving.error} form={form} />
            <Group justify="flex-end">
              <Button variant="default" onClick={dialog.onClose}>
                {t('cancel')}
              </Button>
              <Button type="submit" loading={saving.busy}>
                {t('save')}
              </Button>
            </Group>
          </Stack>
        </form>
      </FormScope>
    </Dialog>
  );
}
