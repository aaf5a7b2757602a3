import { Card, Stack, Text, Title } from '@mantine/core';
import { type ReactNode, useId } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './facts.module.css';

export type Fact = { label: string; value: ReactNode };

const unsaid = ({ value }: Fact) => value === undefined || value === null || value === '';

/** Facts that are known one by one; those that are not, named together in one line, so that silence is visible. */
export function Facts({ title, facts, children }: { title: string; facts: Fact[]; children?: ReactNode }) {
  const { t } = useTranslation();
  const id = useId();
  const known = facts.filter((fact) => !unsaid(fact));
  const unknown = facts.filter(unsaid);
  return (
    <Card component="section" aria-labelledby={id}>
      <Stack gap="sm">
        <Title order={2} id={id}>
          {title}
        </Title>
        {children}
        {known.length > 0 && (
          <dl className={classes.facts}>
            {known.map(({ label, value }) => (
              <div key={label}>
                <dt>{label}</dt>
                <dd>{value}</dd>
              </div>
            ))}
          </dl>
        )}
        {unknown.length > 0 && (
          <Text size="sm" c="dimmed">
            {t('opening.unsaid', { what: unknown.map(({ label }) => label.toLowerCase()).join(', ') })}
          </Text>
        )}
      </Stack>
    </Card>
  );
}
