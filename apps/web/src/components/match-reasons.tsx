import { Group, Progress, Text } from '@mantine/core';
import { IconAlertCircle, IconCircleCheck, IconCircleDashed, IconCircleX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Criterion } from '../api/models';
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

/** Why it fits and why not: each criterion with its outcome and the two values that were compared. */
export function MatchReasons({
  criteria,
  offeredBy,
}: {
  criteria: Criterion[];
  offeredBy: 'jobseeker' | 'opening';
}) {
  const { t } = useTranslation();
  return (
    <ul className={classes.list}>
      {criteria.map(({ criterion, outcome, wanted, offered, points, maxPoints, note }) => {
        const Icon = icons[outcome];
        return (
          <li key={criterion} className={classes.reason} data-outcome={outcome}>
            <Icon size={22} className={classes.icon} aria-hidden />
            <div>
              <Text fw={600} span>
                {t(`match.criterion.${criterion}`, { defaultValue: criterion })}
              </Text>
              {': '}
              <Text span className={classes.outcome}>
                {t(`match.outcome.${outcome}`)}
              </Text>
              <Text size="sm" c="dimmed" span ml={8}>
                {t('match.of', { points, maxPoints })}
              </Text>
              <dl className={classes.values}>
                <div>
                  <dt>{t('match.wanted')}</dt>
                  <dd>{wanted ?? t('notStated')}</dd>
                </div>
                <div>
                  <dt>{t(offeredBy === 'jobseeker' ? 'match.offeredByYou' : 'match.offered')}</dt>
                  <dd>{offered ?? t('unknown')}</dd>
                </div>
              </dl>
              {note && <Text size="sm">{note}</Text>}
            </div>
          </li>
        );
      })}
    </ul>
  );
}
