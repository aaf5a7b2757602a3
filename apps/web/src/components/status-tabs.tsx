import { ScrollArea, Tabs } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';

type Props = { statuses: readonly string[]; list: string; start: string; children: ReactNode };

/** One list by the state of its entries, kept in the address as `status`; the last tab has all of them. */
export function StatusTabs({ statuses, list, start, children }: Props) {
  const { t } = useTranslation();
  const [params, setParams] = useSearchParams();
  const status = params.get('status') ?? start;
  const choose = (next: string | null) => {
    const search = new URLSearchParams(params);
    search.set('status', next ?? start);
    setParams(search);
  };
  return (
    <Tabs value={status} onChange={choose} keepMounted={false}>
      <ScrollArea type="never">
        <Tabs.List style={{ flexWrap: 'nowrap' }} aria-label={t('officer.byStatus')}>
          {[...statuses, 'all'].map((value) => (
            <Tabs.Tab key={value} value={value} style={{ minHeight: 44 }}>
              {value === 'all' ? t('all') : t(`values.${list}.${value}`)}
            </Tabs.Tab>
          ))}
        </Tabs.List>
      </ScrollArea>
      <Tabs.Panel value={status} pt="md">
        {children}
      </Tabs.Panel>
    </Tabs>
  );
}
