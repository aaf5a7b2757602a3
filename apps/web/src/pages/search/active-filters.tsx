import { Group, Pill } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { FacetValue } from '../../api/models';
import { useCommunes, useProvinces } from '../../api/reference';
import { focusHeadingIfLost } from '../../shell/navigation-focus';
import classes from './search.module.css';
import { activeFilters, type FilterName, type SearchState, valuesOf } from './search-state';
import { useFilterLabel } from './use-filter-label';

type Props = {
  state: SearchState;
  change: (patch: Partial<SearchState>) => void;
  facets: Record<string, FacetValue[]>;
};

/** The condition that had the focus is gone: the next one takes it, or the heading where none is left. */
function useFocusOnRemoved(count: number) {
  const pills = useRef<HTMLDivElement>(null);
  const before = useRef(count);
  useEffect(() => {
    const removed = count < before.current;
    before.current = count;
    if (!removed) return;
    if (document.activeElement === document.body) pills.current?.querySelector('button')?.focus();
    focusHeadingIfLost();
  }, [count]);
  return pills;
}

/** The conditions in force, each to be dropped with one press. */
export function ActiveFilters({ state, change, facets }: Props) {
  const { t } = useTranslation();
  const provinces = useProvinces();
  const communes = useCommunes(state.province);
  const labelOf = useFilterLabel();
  const active = activeFilters(state);
  const pills = useFocusOnRemoved(active.length);
  if (active.length === 0) return null;

  const name = (filter: FilterName): string => {
    const value = state[filter]!;
    if (filter === 'radiusKm') return t('search.km', { count: Number(value) });
    if (filter === 'payMin') {
      return `${t('search.filter.payMin')} ${t('search.million', { count: Number(value) / 1_000_000 })}`;
    }
    const known: { value: string; label: string | null }[] = [
      ...(facets[filter] ?? []),
      ...((filter === 'province' && provinces.data) || []),
      ...((filter === 'commune' && communes.data) || []),
    ];
    return valuesOf(state, filter)
      .map((code) =>
        labelOf(filter, known.find((entry) => entry.value === code) ?? { value: code, label: null }),
      )
      .join(', ');
  };
  return (
    <Group gap="xs" mb="sm" ref={pills}>
      {active.map((filter) => (
        <Pill
          key={filter}
          size="lg"
          className={classes.pill}
          withRemoveButton
          onRemove={() => change({ [filter]: undefined })}
          removeButtonProps={{
            'aria-label': t('search.removeFilter', { name: name(filter) }),
            'aria-hidden': undefined,
            tabIndex: 0,
          }}
        >
          {name(filter)}
        </Pill>
      ))}
    </Group>
  );
}
