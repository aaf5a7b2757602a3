import { ActionIcon, Button, Combobox, Group, Text, TextInput, useCombobox } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconSearch, IconX } from '@tabler/icons-react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, call } from '../../api/http';
import classes from './search.module.css';

function useSuggestions(words: string) {
  const [settled] = useDebouncedValue(words.trim(), 150);
  return useQuery({
    queryKey: ['typeahead', settled],
    enabled: settled.length >= 2,
    placeholderData: keepPreviousData,
    staleTime: 300_000,
    retry: false,
    queryFn: ({ signal }) =>
      call(api.GET('/api/v1/matching/openings/typeahead', { params: { query: { q: settled } }, signal })),
  });
}

type Props = { words: string; onSearch: (words: string) => void };

/** The search box: suggestions as one types, Enter searches for what was typed. */
export function SearchBox({ words, onSearch }: Props) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState(words);
  const input = useRef<HTMLInputElement>(null);
  const combobox = useCombobox({ onDropdownClose: () => combobox.resetSelectedOption() });
  useEffect(() => setTyped(words), [words]);
  const { data } = useSuggestions(typed);
  const suggestions = typed.trim().length >= 2 ? (data?.items ?? []) : [];

  const search = (value: string) => {
    setTyped(value);
    combobox.closeDropdown();
    onSearch(value.trim());
  };

  return (
    <form
      role="search"
      className={classes.box}
      onSubmit={(event) => {
        event.preventDefault();
        search(typed);
      }}
    >
      <Combobox store={combobox} onOptionSubmit={search} withinPortal={false} offset={4}>
        <Combobox.Target withExpandedAttribute autoComplete="off">
          <TextInput
            ref={input}
            className={classes.input}
            size="lg"
            type="search"
            enterKeyHint="search"
            aria-label={t('search.label')}
            aria-autocomplete="list"
            placeholder={t('search.placeholder')}
            value={typed}
            leftSection={<IconSearch size={22} aria-hidden />}
            rightSection={
              typed && (
                <ActionIcon
                  variant="subtle"
                  size="lg"
                  aria-label={t('search.clear')}
                  onClick={() => {
                    setTyped('');
                    input.current?.focus();
                  }}
                >
                  <IconX size={18} />
                </ActionIcon>
              )
            }
            onChange={(event) => {
              setTyped(event.currentTarget.value);
              combobox.openDropdown();
              combobox.resetSelectedOption();
            }}
            onBlur={() => combobox.closeDropdown()}
          />
        </Combobox.Target>
        {/* It stands inside the dark head of the page, whose white letters it would inherit. */}
        <Combobox.Dropdown hidden={suggestions.length === 0} c="var(--mantine-color-text)">
          <Combobox.Options aria-label={t('search.suggestions')}>
            {suggestions.map(({ text, kind }) => (
              <Combobox.Option key={kind + text} value={text} py={10}>
                <Group justify="space-between" wrap="nowrap">
                  <Text>{text}</Text>
                  <Text size="sm" opacity={0.8}>
                    {t(`search.kindOf.${kind}`)}
                  </Text>
                </Group>
              </Combobox.Option>
            ))}
          </Combobox.Options>
        </Combobox.Dropdown>
      </Combobox>
      <Button type="submit" size="lg" className={classes.submit}>
        <IconSearch size={22} className={classes.glass} aria-hidden />
        <span className={classes.verb}>{t('search.submit')}</span>
      </Button>
    </form>
  );
}
