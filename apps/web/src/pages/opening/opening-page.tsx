import { Alert, Anchor, Button, Card, Container, Group, Stack, Text, Title } from '@mantine/core';
import {
  IconArrowLeft,
  IconBriefcase,
  IconCalendarEvent,
  IconCash,
  IconClockOff,
  IconMapPin,
} from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { api, call } from '../../api/http';
import type { PublicOpening } from '../../api/models';
import { ApiError } from '../../api/problem';
import { useOccupationNames } from '../../api/reference';
import { usePlaceNames } from '../../api/use-place-names';
import { EmptyState } from '../../components/empty-state';
import { ErrorState } from '../../components/error-state';
import { useHeadingFocus, usePageTitle } from '../../components/page-header';
import { PageSkeleton } from '../../components/skeletons';
import { useFormats } from '../../lib/use-formats';
import { NotFoundPage } from '../../shell/status-pages';
import { ApplyCard } from './apply-card';
import { FitCard } from './fit-card';
import classes from './opening.module.css';
import { OpeningSections } from './opening-sections';

function KeyFacts({ opening }: { opening: PublicOpening }) {
  const format = useFormats();
  const places = usePlaceNames(opening.workplaces);
  return (
    <ul className={classes.key}>
      <li className={classes.pay}>
        <IconCash size={22} aria-hidden /> {format.pay(opening.pay)}
      </li>
      <li>
        <IconMapPin size={22} aria-hidden /> {format.places(places, opening.otherPlacesCount, 5)}
      </li>
      <li>
        <IconBriefcase size={22} aria-hidden /> {format.experience(opening.experience)}
      </li>
      <li>
        <IconCalendarEvent size={22} aria-hidden /> {format.deadline(opening.deadline)}
      </li>
    </ul>
  );
}

function Ended() {
  const { t } = useTranslation();
  usePageTitle(t('opening.ended'));
  return (
    <Container size="sm" pt="xl">
      <EmptyState
        heading
        icon={IconClockOff}
        title={t('opening.ended')}
        action={
          <Button component={Link} to="/viec-lam">
            {t('opening.findOthers')}
          </Button>
        }
      >
        {t('opening.endedText')}
      </EmptyState>
    </Container>
  );
}

export default function OpeningPage() {
  const { t } = useTranslation();
  const id = useParams()['id']!;
  const {
    data: opening,
    error,
    refetch,
  } = useQuery({
    queryKey: ['opening', id],
    queryFn: () => call(api.GET('/api/v1/openings/public/job-openings/{id}', { params: { path: { id } } })),
  });
  if (error instanceof ApiError && error.status === 410) return <Ended />;
  if (error instanceof ApiError && (error.status === 404 || error.status === 400)) return <NotFoundPage />;
  if (error) {
    return (
      <Container size="sm" pt="xl">
        <ErrorState error={error} onRetry={() => void refetch()} />
      </Container>
    );
  }
  if (!opening) return <PageSkeleton />;
  return <Opening opening={opening} backText={t('opening.backToSearch')} />;
}

function Opening({ opening, backText }: { opening: PublicOpening; backText: string }) {
  const { t } = useTranslation();
  const format = useFormats();
  const heading = useHeadingFocus();
  const code = opening.occupationCode;
  const occupation = useOccupationNames(code ? [code] : []).get(code ?? '');
  const ended = opening.status !== 'published';
  usePageTitle(opening.title);
  return (
    <Container size="lg" pt="lg">
      <Anchor component={Link} to="/viec-lam" size="sm" fw={550} display="inline-block" mb="sm">
        <Group gap={6} wrap="nowrap">
          <IconArrowLeft size={16} aria-hidden />
          {backText}
        </Group>
      </Anchor>
      {ended && (
        <Alert
          color="yellow"
          icon={<IconClockOff aria-hidden />}
          title={t('opening.ended')}
          mb="md"
          role="status"
        >
          {t('opening.endedText')}
        </Alert>
      )}
      <div className={classes.columns}>
        <Stack component="article" gap="md">
          <Card>
            <Title order={1} className={classes.title} {...heading}>
              {opening.title}
            </Title>
            <Text size="lg" mt={4}>
              {opening.employer.name ?? t('opening.employerUnknown')}
            </Text>
            <KeyFacts opening={opening} />
            <Text size="sm" c="dimmed" mt="sm">
              {[
                opening.publishedAt && t('search.posted', { when: format.ago(opening.publishedAt) }),
                opening.source && t('opening.fromSource', { source: opening.source }),
                opening.sourceId && t('opening.sourceId', { id: opening.sourceId }),
              ]
                .filter(Boolean)
                .join(' · ')}
            </Text>
          </Card>
          <OpeningSections opening={opening} occupation={occupation} />
        </Stack>
        <aside className={classes.aside} aria-label={t('opening.apply')}>
          <Stack gap="md">
            {!ended && <FitCard openingId={opening.id} />}
            <ApplyCard opening={opening} ended={ended} />
          </Stack>
        </aside>
      </div>
    </Container>
  );
}
