import { Anchor, Card, Container, Stack, Text, Title } from '@mantine/core';
import { IconUsers } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { api, call } from '../../api/http';
import type { MatchedJobseeker } from '../../api/models';
import { useJobOpening } from '../../api/use-job-opening';
import { useUnitNames } from '../../api/reference';
import { useList } from '../../api/use-list';
import { ListView } from '../../components/list-view';
import { MatchReasons, MatchScore } from '../../components/match-reasons';
import { useFormats } from '../../lib/use-formats';
import { PageHeader } from '../../components/page-header';

function Candidate({ match, provinces }: { match: MatchedJobseeker; provinces: string[] }) {
  const { t } = useTranslation();
  const format = useFormats();
  const { jobseeker, fullName, score, criteria } = match;
  const own = jobseeker.provinceCode ? [jobseeker.provinceCode] : [];
  const around = [...new Set([...provinces, ...own])];
  const names = useUnitNames(around);
  const place = [jobseeker.communeCode, jobseeker.provinceCode]
    .map((code) => names.get(code ?? ''))
    .filter(Boolean);
  const known = [
    jobseeker.desiredTitle,
    format.value('technicalLevel', jobseeker.technicalLevel),
    place.join(', '),
  ];
  return (
    <Card component="article">
      <Stack gap="sm">
        <div>
          <Title order={2} size="h3">
            <Anchor component={Link} to={`/can-bo/nguoi-tim-viec/${jobseeker.id}`} inherit>
              {fullName ?? t('officer.nameWithheld')}
            </Anchor>
          </Title>
          <Text c="dimmed">{known.filter(Boolean).join(' · ') || t('unknown')}</Text>
        </div>
        <MatchScore score={score} />
        <MatchReasons criteria={criteria} provinces={around} />
      </Stack>
    </Card>
  );
}

export default function CandidatesPage() {
  const { t } = useTranslation();
  const id = useParams()['id']!;
  const opening = useJobOpening(id);
  const provinces = [
    ...new Set((opening.data?.workplaces ?? []).flatMap(({ provinceCode }) => provinceCode ?? [])),
  ];
  const people = useList(['candidates', id], () =>
    call(
      api.GET('/api/v1/matching/openings/{id}/jobseekers', {
        params: { path: { id }, query: { limit: 20 } },
      }),
    ),
  );
  return (
    <Container size="lg">
      <PageHeader
        title={t('officer.candidates')}
        lead={
          opening.data ? `${opening.data.title}. ${t('officer.candidatesLead')}` : t('officer.candidatesLead')
        }
        backTo={`/can-bo/tin-tuyen-dung/${id}`}
        backText={t('officer.backToOpening')}
      />
      <ListView
        of={people}
        icon={IconUsers}
        emptyTitle={t('officer.noCandidates')}
        emptyText={t('officer.noCandidatesText')}
      >
        {(matches) => (
          <Stack component="ul" gap="md" p={0} m={0} style={{ listStyle: 'none' }}>
            {matches.map((match) => (
              <li key={match.jobseeker.id}>
                <Candidate match={match} provinces={provinces} />
              </li>
            ))}
          </Stack>
        )}
      </ListView>
    </Container>
  );
}
