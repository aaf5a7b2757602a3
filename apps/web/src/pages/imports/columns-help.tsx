import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { importColumns } from '../../../../../libs/reference/src/value-lists/import-columns';
import classes from '../../components/facts.module.css';

/** What each column holds, folded until it is asked for. */
export function ColumnsHelp() {
  const { t } = useTranslation();
  return (
    <details>
      <summary>{t('imports.columnsHelp')}</summary>
      <Text size="sm" my="xs">
        {t('imports.columnsHelpText')}
      </Text>
      <dl className={classes.facts}>
        {importColumns.map((column) => (
          <div key={column}>
            <dt>
              <code>{column}</code>
            </dt>
            <dd>{t(`imports.columnHelp.${column}`)}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
}
