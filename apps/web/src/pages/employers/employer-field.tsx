import { Button, Group, Select } from '@mantine/core';
import { useDebouncedValue, useDisclosure } from '@mantine/hooks';
import { IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, call } from '../../api/http';
import type { Employer } from '../../api/models';
import { type FieldProps, useFormScope, useSearchedSelect } from '../../forms/form-scope';
import { NewEmployerDialog } from './new-employer-dialog';

const option = ({ id, legalName, registrationNo }: Employer) => ({
  value: id,
  label: registrationNo ? `${legalName} (${registrationNo})` : legalName,
});

function useEmployers(words: string, chosen: string | null) {
  const found = useQuery({
    queryKey: ['employers', words],
    queryFn: () =>
      call(
        api.GET('/api/v1/openings/employers', { params: { query: { q: words || undefined, limit: 20 } } }),
      ),
  });
  const present = useQuery({
    queryKey: ['employer', chosen],
    enabled: Boolean(chosen),
    queryFn: () => call(api.GET('/api/v1/openings/employers/{id}', { params: { path: { id: chosen! } } })),
  });
  const options = new Map((found.data?.items ?? []).map((employer) => [employer.id, option(employer)]));
  if (present.data) options.set(present.data.id, option(present.data));
  return [...options.values()];
}

/** The employer of a posting, found by name or registration number, or registered on the spot. */
export function EmployerField(field: FieldProps) {
  const { t } = useTranslation();
  const { form } = useFormScope();
  const { key, props, chosen } = useSearchedSelect(field);
  const [typed, setTyped] = useState('');
  const [words] = useDebouncedValue(typed, 250);
  const [opened, { open, close }] = useDisclosure(false);
  const options = useEmployers(withoutNumber(words), chosen);
  return (
    <Group align="flex-start" gap="sm">
      <Select
        key={key}
        data={options}
        searchable
        clearable
        style={{ flex: '1 1 18rem' }}
        placeholder={t('officer.employerPlaceholder')}
        nothingFoundMessage={t('form.nothingFound')}
        filter={({ options: all }) => all}
        searchValue={typed}
        onSearchChange={setTyped}
        {...props}
      />
      <Button
        variant="default"
        mt={{ base: 0, sm: 28 }}
        leftSection={<IconPlus size={18} aria-hidden />}
        onClick={open}
      >
        {t('officer.newEmployer')}
      </Button>
      <NewEmployerDialog
        opened={opened}
        onClose={close}
        onSaved={(employer) => {
          form.setFieldValue(field.path, employer.id);
          close();
        }}
      />
    </Group>
  );
}

/** The label of the chosen option is put into the search box: only its name is searched for. */
const withoutNumber = (words: string) => words.replace(/\s*\([^)]*\)$/, '');
