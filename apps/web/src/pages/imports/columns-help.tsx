import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import classes from '../../components/facts.module.css';

/** The columns of an import file; what each may hold is in docs/imports.md too. */
export const columns = [
  'source_id',
  'title',
  'employer_key',
  'locations',
  'salary_text',
  'experience_text',
  'posted_ago',
] as const;

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
        {columns.map((column) => (
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
