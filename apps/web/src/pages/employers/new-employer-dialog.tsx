import { Button, Group, Modal, Stack } from '@mantine/core';
import { isNotEmpty, useForm } from '@mantine/form';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api, call } from '../../api/http';
import { useIdempotencyKey } from '../../api/idempotency';
import type { EmployerInput } from '../../api/models';
import { FormScope } from '../../forms/form-scope';
import { focusFirstError, SubmitError } from '../../forms/form-errors';
import { useSaving } from '../../forms/use-saving';
import { fromInputs } from '../../forms/values';
import { EmployerFields, emptyEmployer } from './employer-form';

type Props = { opened: boolean; onClose: () => void; onSaved: (employer: { id: string }) => void };

/** Registers an employer without leaving the posting. */
export function NewEmployerDialog({ opened, onClose, onSaved }: Props) {
  const { t } = useTranslation();
  const key = useIdempotencyKey();
  const cache = useQueryClient();
  const form = useForm({
    mode: 'uncontrolled',
    initialValues: emptyEmployer,
    validate: { legalName: isNotEmpty(t('required')), employerType: isNotEmpty(t('required')) },
  });
  const saving = useSaving(form);
  const save = form.onSubmit(
    (values) =>
      void saving.run(async () => {
        const body = fromInputs(values) as unknown as EmployerInput;
        const employer = await call(
          api.POST('/api/v1/openings/employers', { body, params: { header: key(body) } }),
        );
        await cache.invalidateQueries({ queryKey: ['employers'] });
        form.reset();
        onSaved(employer);
      }),
    focusFirstError,
  );
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      size="lg"
      title={t('officer.newEmployer')}
      closeButtonProps={{ 'aria-label': t('close') }}
    >
      <FormScope form={form} texts="employer.field">
        {/* React hands events of a portal to the form around it: this one must not be submitted with it. */}
        <form
          noValidate
          onSubmit={(event) => {
            event.stopPropagation();
            save(event);
          }}
        >
          <Stack gap="md">
            <EmployerFields />
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
    </Modal>
  );
}
