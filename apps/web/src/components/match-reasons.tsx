import { Button, Group, Progress, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconAlertCircle, IconCircleCheck, IconCircleDashed, IconCircleX } from '@tabler/icons-react';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import type { Criterion } from '../api/models';
import { useComparedValues } from './compared-values';
import classes from './match-reasons.module.css';

const icons = {
  met: IconCircleCheck,
  partial: IconAlertCircle,
  missing: IconCircleX,
  unknown: IconCircleDashed,
} as const;

/** The score as a bar with its number; a number alone says little, so the reasons always follow. */
export function MatchScore({ score }: { score: number }) {
  const { t } = useTranslation();
  return (
    <Group gap="sm" wrap="nowrap">
      <Progress value={score} w={110} size="lg" radius="xl" aria-label={t('match.score')} color="song.7" />
      <Text fw={650}>{t('match.points', { score })}</Text>
    </Group>
  );
}

/** Which side asks: of pay and place it is the person, of the rest the opening. */
const askedByPerson = new Set(['occupation', 'distance', 'pay']);

/** How many reasons are seen before one asks for more; fewer than two more are not worth a press. */
const AT_FIRST = 4;

type Props = { criteria: Criterion[]; provinces: string[] };

/** Why it fits and why not: each criterion with its outcome and the two values that were compared. */
export function MatchReasons({ criteria, provinces }: Props) {
  const { t } = useTranslation();
  const values = useComparedValues(criteria, provinces);
  const [unfolded, { toggle }] = useDisclosure(false);
  const list = useId();
  const folds = criteria.length > AT_FIRST + 1;
  const shown = folds && !unfolded ? criteria.slice(0, AT_FIRST) : criteria;
  return (
    <div className={classes.reasons}>
      <ul className={classes.list} id={list}>
        {shown.map(({ criterion, outcome, wanted, offered, points, maxPoints, missing }) => {
          const Icon = icons[outcome];
          const side = askedByPerson.has(criterion) ? 'person' : 'opening';
          return (
            <li key={criterion} className={classes.reason} data-outcome={outcome}>
              <Icon size={22} className={classes.icon} aria-hidden />
              <div className={classes.said}>
                <div className={classes.head}>
                  <span>
                    <Text fw={600} span>
                      {t(`match.criterion.${criterion}`, { defaultValue: criterion })}
                    </Text>
                    {': '}
                    <Text span className={classes.outcome}>
                      {t(`match.outcome.${outcome}`)}
                    </Text>
                  </span>
                  <Text size="sm" c="dimmed" span className={classes.points}>
                    {t('match.of', { points, maxPoints })}
                    <span className="nv-visually-hidden"> {t('match.unit')}</span>
                  </Text>
                </div>
                {criterion !== 'fairShare' && (
                  <dl className={classes.values}>
                    <div>
                      <dt>{t(`match.wantedBy.${criterion === 'freshness' ? 'freshness' : side}`)}</dt>
                      <dd>{values.say(criterion, wanted) ?? t('notStated')}</dd>
                    </div>
                    <div>
                      <dt>{t(`match.offeredTo.${criterion === 'freshness' ? 'freshness' : side}`)}</dt>
                      <dd>{values.say(criterion, offered) ?? t('unknown')}</dd>
                    </div>
                  </dl>
                )}
                {missing && missing.length > 0 && (
                  <Text size="sm">{t('match.missing', { what: values.skills(missing) })}</Text>
                )}
              </div>
            </li>
          );
        })}
      </ul>
      {folds && (
        <Button
          variant="subtle"
          size="compact-md"
          mt="xs"
          mih={44}
          className={classes.more}
          aria-expanded={unfolded}
          aria-controls={list}
          onClick={toggle}
        >
          {unfolded ? t('match.fewer') : t('match.more', { count: criteria.length - AT_FIRST })}
        </Button>
      )}
    </div>
  );
}
