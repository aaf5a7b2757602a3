import { Select } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useCommunes, useProvinces } from '../api/reference';
import { useSelectField, useFieldValue, useFormScope } from './form-scope';

type Props = { path?: string; required?: boolean };

/** Province, and the communes of the chosen one, at `<path>.provinceCode` and `<path>.communeCode`. */
export function PlaceFields({ path, required }: Props) {
  const { t } = useTranslation();
  const { form } = useFormScope();
  const at = (name: string) => (path ? `${path}.${name}` : name);
  const province = useSelectField({ path: at('provinceCode'), required });
  const commune = useSelectField({ path: at('communeCode') });
  const chosen = useFieldValue<string | null>(at('provinceCode'));
  const provinces = useProvinces();
  const communes = useCommunes(chosen);
  return (
    <>
      <Select
        key={province.key}
        data={provinces.data ?? []}
        searchable
        clearable={!required}
        placeholder={t('form.choose')}
        nothingFoundMessage={t('form.nothingFound')}
        {...province.props}
        onChange={(value) => {
          province.props.onChange(value);
          form.setFieldValue(at('communeCode'), null);
        }}
      />
      <Select
        key={commune.key}
        data={communes.data ?? []}
        searchable
        clearable
        limit={80}
        disabled={!chosen}
        placeholder={chosen ? t('form.choose') : t('form.provinceFirst')}
        nothingFoundMessage={t('form.nothingFound')}
        {...commune.props}
      />
    </>
  );
}
