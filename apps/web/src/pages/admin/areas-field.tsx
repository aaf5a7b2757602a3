import { MultiSelect } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useProvinces } from '../../api/reference';
import { type FieldProps, useField } from '../../forms/form-scope';

/** Provinces that somebody is responsible for; `*` is the whole country. */
export function AreasField(field: FieldProps) {
  const { t } = useTranslation();
  const { key, props } = useField(field);
  const provinces = useProvinces();
  const data = [{ value: '*', label: t('admin.wholeCountry') }, ...(provinces.data ?? [])];
  return <MultiSelect key={key} data={data} searchable clearable hidePickedOptions {...props} />;
}
