import { Card, Group, Text, Title } from '@mantine/core';
import { IconBriefcase, IconCash, IconMapPin } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { ListedOpening } from '../api/models';
import { useFormats } from '../lib/use-formats';
import { MarkedText } from './marked-text';
import classes from './opening-card.module.css';

type Props = {
  opening: ListedOpening;
  children?: ReactNode;
  headingRef?: React.Ref<HTMLAnchorElement>;
  order?: 2 | 3;
};

/** One opening in a list; the whole card leads to it, the title is the link. */
export function OpeningCard({ opening, children, headingRef, order = 2 }: Props) {
  const { t } = useTranslation();
  const format = useFormats();
  const { experience } = opening;
  const asksExperience = experience && (experience.minMonths !== null || experience.maxMonths !== null);
  return (
    <Card component="article" className={classes.card}>
      <Title order={order} className={classes.title}>
        <Link to={`/viec-lam/${opening.id}`} ref={headingRef} className={classes.link}>
          <MarkedText text={opening.titleHighlighted ?? opening.title} />
        </Link>
      </Title>
      {opening.employerName && <Text c="dimmed">{opening.employerName}</Text>}
      <ul className={classes.facts}>
        <li className={classes.pay}>
          <IconCash size={18} aria-hidden /> {format.pay(opening.pay)}
        </li>
        <li>
          <IconMapPin size={18} aria-hidden /> {format.places(opening.workplaces, opening.otherPlacesCount)}
        </li>
        {asksExperience && (
          <li>
            <IconBriefcase size={18} aria-hidden /> {format.experience(experience)}
          </li>
        )}
      </ul>
      <Group gap="xs" justify="space-between" mt="xs" align="center">
        <Text size="sm" c="dimmed" lineClamp={1}>
          {opening.occupationName ?? ''}
        </Text>
        <Text size="sm" c="dimmed">
          {[
            opening.publishedAt && t('search.posted', { when: format.ago(opening.publishedAt) }),
            opening.deadline && format.deadline(opening.deadline),
          ]
            .filter(Boolean)
            .join(' · ')}
        </Text>
      </Group>
      {children && <div className={classes.extra}>{children}</div>}
    </Card>
  );
}
