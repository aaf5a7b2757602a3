import { Button, type ButtonProps, ScrollArea, Tabs } from '@mantine/core';
import { type ReactNode, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';

const ID = 'by-status';
const tabOf = (status: string) => document.getElementById(`${ID}-tab-${status}`);

/** Which tab is open is kept in the address, so that it can be passed on and come back to. */
function useChooseStatus() {
  const [params, setParams] = useSearchParams();
  return (status: string) => {
    const search = new URLSearchParams(params);
    search.set('status', status);
    setParams(search);
  };
}

type Props = { statuses: readonly string[]; list: string; start: string; children: ReactNode };

/** One list by the state of its entries; the last tab has all of them. */
export function StatusTabs({ statuses, list, start, children }: Props) {
  const { t } = useTranslation();
  const status = useSearchParams()[0].get('status') ?? start;
  const choose = useChooseStatus();
  // On a narrow screen the open tab may be beside it.
  useEffect(() => {
    tabOf(status)?.scrollIntoView({ block: 'nearest', inline: 'center' });
  }, [status]);
  return (
    <Tabs id={ID} value={status} onChange={(next) => choose(next ?? start)} keepMounted={false}>
      <ScrollArea type="never">
        <Tabs.List style={{ flexWrap: 'nowrap', minWidth: 'max-content' }} aria-label={t('officer.byStatus')}>
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

/** Leads from an empty tab to another one, which takes the focus. */
export function TabButton({ status, children, ...looks }: ButtonProps & { status: string }) {
  const choose = useChooseStatus();
  return (
    <Button
      {...looks}
      onClick={() => {
        choose(status);
        tabOf(status)?.focus();
      }}
    >
      {children}
    </Button>
  );
}

/** From a tab where nothing is, or nothing was found, to all entries. */
export function ShowAllButton() {
  const { t } = useTranslation();
  const [params] = useSearchParams();
  if (params.get('status') === 'all') return null;
  return (
    <TabButton status="all" variant="default">
      {t(params.get('q') ? 'searchAll' : 'showAll')}
    </TabButton>
  );
}
