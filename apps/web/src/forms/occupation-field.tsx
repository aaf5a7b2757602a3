import { MultiSelect, Select } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useOccupationNames, useOccupations } from '../api/reference';
import { type FieldProps, useField, useFieldValue, useSearchedSelect } from './form-scope';

type Option = { value: string; label: string };

/** Options found for the words typed, and the chosen ones, whose names are fetched by code. */
function useOccupationOptions(chosen: string[]) {
  const { i18n } = useTranslation();
  const [typed, setTyped] = useState('');
  const [words] = useDebouncedValue(typed, 200);
  // The label of the chosen one stands in the box: its code is not searched for.
  const found = useOccupations(words.replace(/\s*\(\d+\)$/, ''));
  const names = useOccupationNames(chosen);
  const name = (vi: string, en?: string | null) => (i18n.language === 'en' && en ? en : vi);
  const options = new Map<string, Option>();
  for (const code of chosen)
    options.set(code, { value: code, label: `${names.get(code) ?? code} (${code})` });
  for (const { code, nameVi, nameEn } of found.data?.items ?? []) {
    if (code.length === 4) options.set(code, { value: code, label: `${name(nameVi, nameEn)} (${code})` });
  }
  return { options: [...options.values()], typed, setTyped };
}

/** An occupation (ISCO-08 unit group) found by any of its Vietnamese or English titles. */
export function OccupationField(field: FieldProps) {
  const { t } = useTranslation();
  const { key, props, chosen } = useSearchedSelect(field);
  const { options, typed, setTyped } = useOccupationOptions(chosen ? [chosen] : []);
  return (
    <Select
      key={key}
      data={options}
      searchable
      clearable
      placeholder={t('form.occupationPlaceholder')}
      nothingFoundMessage={typed.length < 2 ? t('form.typeToSearch') : t('form.nothingFound')}
      filter={({ options: all }) => all}
      searchValue={typed}
      onSearchChange={setTyped}
      {...props}
    />
  );
}

export function OccupationsField(field: FieldProps) {
  const { t } = useTranslation();
  const { key, props } = useField(field);
  const chosen = useFieldValue<string[]>(field.path) ?? [];
  const { options, typed, setTyped } = useOccupationOptions(chosen);
  return (
    <MultiSelect
      key={key}
      data={options}
      searchable
      maxValues={10}
      placeholder={chosen.length ? undefined : t('form.occupationPlaceholder')}
      nothingFoundMessage={typed.length < 2 ? t('form.typeToSearch') : t('form.nothingFound')}
      filter={({ options: all }) => all}
      onSearchChange={setTyped}
      {...props}
    />
  );
}
