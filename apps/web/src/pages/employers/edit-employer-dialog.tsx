import { isNotEmpty, useForm } from '@mantine/form';
import { useQueryClient } from '@tanstack/react-query';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { api, call, ifMatch } from '../../api/http';
import type { Employer, EmployerInput } from '../../api/models';
import { EditDialog } from '../../forms/edit-dialog';
import { fromInputs } from '../../forms/values';
import { EmployerFields, valuesOfEmployer } from './employer-form';

/** Puts right what an employer said of itself, over the version that was looked at and no other. */
export function EditEmployerDialog({ employer, onClose }: { employer: Employer; onClose: () => void }) {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const version = useRef(employer.version);
  const path = { id: employer.id };
  const form = useForm({
    mode: 'uncontrolled',
    initialValues: valuesOfEmployer(employer),
    validate: { legalName: isNotEmpty(t('required')), employerType: isNotEmpty(t('required')) },
  });
  const save = async () => {
    const body = fromInputs(form.getValues()) as unknown as EmployerInput;
    const params = { path, header: ifMatch({ version: version.current }) };
    const saved = await call(api.PATCH('/api/v1/openings/employers/{id}', { params, body }));
    cache.setQueryData(['employer', employer.id], saved);
    await cache.invalidateQueries({ queryKey: ['employers'] });
  };
  const onConflict = async (keepMine: boolean) => {
    const fresh = await call(api.GET('/api/v1/openings/employers/{id}', { params: { path } }));
    version.current = fresh.version;
    if (!keepMine) form.setValues(valuesOfEmployer(fresh));
  };
  return (
    <EditDialog
      title={t('employer.edit')}
      texts="employer.field"
      form={form}
      save={save}
      onConflict={onConflict}
      onClose={onClose}
      size="lg"
    >
      <EmployerFields />
    </EditDialog>
  );
}
