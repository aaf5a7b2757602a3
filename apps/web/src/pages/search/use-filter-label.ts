import { useFormats } from '../../lib/use-formats';
import type { FilterName } from './search-state';

const lists: Partial<Record<FilterName, string>> = {
  level: 'positionLevel',
  experience: 'experienceBand',
  kind: 'employmentForm',
};

/** What a value of a filter is called: by its value list, else as the service named it. */
export function useFilterLabel() {
  const format = useFormats();
  return (name: FilterName, { value, label }: { value: string; label: string | null }): string => {
    const list = lists[name];
    return (list && format.value(list, value)) ?? label ?? value;
  };
}
