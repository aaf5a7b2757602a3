import { Button, Select, Stack, UnstyledButton } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { FacetValue } from '../../api/models';
import { useCommunes, useProvinces } from '../../api/reference';
import { useFormats } from '../../lib/use-formats';
import { activeFilters, type FilterName, type SearchState, toggled, valuesOf } from './search-state';
import classes from './search.module.css';
import { useFilterLabel } from './use-filter-label';

type Change = (patch: Partial<SearchState>) => void;
type Facets = Record<string, FacetValue[]>;

const payMinimums = [5, 7, 10, 15, 20, 30, 50];
const radii = ['5', '10', '20', '50'];
const shownAtFirst = 6;

function FacetList({
  name,
  values,
  state,
  change,
}: {
  name: FilterName;
  values: FacetValue[];
  state: SearchState;
  change: Change;
}) {
  const { t } = useTranslation();
  const { locale } = useFormats();
  const [all, setAll] = useState(false);
  const labelOf = useFilterLabel();
  const chosen = valuesOf(state, name);
  if (values.length === 0) return null;
  const shown = all
    ? values
    : values.filter(({ value }, index) => index < shownAtFirst || chosen.includes(value));
  const rest = values.length - shown.length;
  return (
    <fieldset className={classes.facet}>
      <legend>{t(`search.filter.${name}`)}</legend>
      {shown.map(({ value, label, count }) => (
        <UnstyledButton
          key={value}
          className={classes.value}
          aria-pressed={chosen.includes(value)}
          onClick={() => change(toggled(state, name, value))}
        >
          <span>{labelOf(name, { value, label })}</span>
          <span className={classes.count}>{count.toLocaleString(locale === 'vi' ? 'vi-VN' : 'en-GB')}</span>
        </UnstyledButton>
      ))}
      {(rest > 0 || all) && (
        <Button variant="subtle" size="sm" px="xs" aria-expanded={all} onClick={() => setAll(!all)}>
          {all ? t('search.fewerValues') : t('search.moreValues', { count: rest })}
        </Button>
      )}
    </fieldset>
  );
}

function PlaceFilter({
  state,
  change,
  counts,
}: {
  state: SearchState;
  change: Change;
  counts: FacetValue[];
}) {
  const { t } = useTranslation();
  const provinces = useProvinces();
  const communes = useCommunes(state.province);
  const countOf = new Map(counts.map(({ value, count }) => [value, count]));
  const known = provinces.data ?? counts.map(({ value, label }) => ({ value, label: label ?? value }));
  const options = known.map(({ value, label }) => ({
    value,
    label: countOf.has(value) ? `${label} (${countOf.get(value)})` : label,
  }));
  return (
    <>
      <Select
        label={t('search.filter.province')}
        placeholder={t('search.anyProvince')}
        data={options}
        value={state.province ?? null}
        onChange={(value) => change({ province: value ?? undefined })}
        searchable
        clearable
        nothingFoundMessage={t('search.empty.title')}
      />
      {state.province && (
        <Select
          label={t('search.filter.commune')}
          placeholder={t('search.anyCommune')}
          data={communes.data ?? []}
          value={state.commune ?? null}
          onChange={(value) => change({ commune: value ?? undefined })}
          searchable
          clearable
          limit={60}
          nothingFoundMessage={t('search.empty.title')}
        />
      )}
      {state.commune && (
        <Select
          label={t('search.filter.radiusKm')}
          data={radii.map((value) => ({ value, label: t('search.km', { count: Number(value) }) }))}
          value={state.radiusKm ?? null}
          onChange={(value) => change({ radiusKm: value ?? undefined })}
          allowDeselect={false}
        />
      )}
    </>
  );
}

type Props = { state: SearchState; change: Change; facets: Facets };

export function Filters({ state, change, facets }: Props) {
  const { t } = useTranslation();
  const lists: FilterName[] = ['occupation', 'level', 'experience', 'kind'];
  return (
    <Stack gap="lg">
      <PlaceFilter state={state} change={change} counts={facets['province'] ?? []} />
      <Select
        label={t('search.filter.payMin')}
        placeholder={t('search.anyPay')}
        data={payMinimums.map((count) => ({
          value: String(count * 1_000_000),
          label: t('search.million', { count }),
        }))}
        value={state.payMin ?? null}
        onChange={(value) => change({ payMin: value ?? undefined })}
        clearable
      />
      {lists.map((name) => (
        <FacetList key={name} name={name} values={facets[name] ?? []} state={state} change={change} />
      ))}
      {activeFilters(state).length > 0 && (
        <Button variant="default" onClick={() => change(noFilters)}>
          {t('search.clearFilters')}
        </Button>
      )}
    </Stack>
  );
}

export const noFilters: Partial<SearchState> = {
  province: undefined,
  commune: undefined,
  radiusKm: undefined,
  occupation: undefined,
  level: undefined,
  experience: undefined,
  kind: undefined,
  payMin: undefined,
};
