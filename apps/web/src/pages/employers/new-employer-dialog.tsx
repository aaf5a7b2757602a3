import { isNotEmpty, useForm } from '@mantine/form';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api, call } from '../../api/http';
import { useIdempotencyKey } from '../../api/idempotency';
import type { EmployerInput } from '../../api/models';
import { FormDialog } from '../../forms/form-dialog';
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
  const save = () =>
    saving.run(async () => {
      const body = fromInputs(form.getValues()) as unknown as EmployerInput;
      const employer = await call(
        api.POST('/api/v1/openings/employers', { body, params: { header: key(body) } }),
      );
      await cache.invalidateQueries({ queryKey: ['employers'] });
      form.reset();
      onSaved(employer);
    });
  return (
    <FormDialog
      opened={opened}
      onClose={onClose}
      size="lg"
      title={t('officer.newEmployer')}
      texts="employer.field"
      form={form}
      saving={saving}
      onSave={() => void save()}
    >
      <EmployerFields />
    </FormDialog>
  );
}
