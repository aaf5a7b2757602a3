import { Button, Container, Group, Stack } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, call } from '../../api/http';
import { useIdempotencyKey } from '../../api/idempotency';
import type { Registered } from '../../api/models';
import { PageHeader } from '../../components/page-header';
import { DraftNotice, DraftStatus } from '../../forms/draft-notice';
import { focusFirstError, SubmitError } from '../../forms/form-errors';
import { FormScope } from '../../forms/form-scope';
import { useDraft } from '../../forms/use-draft';
import { useSaving } from '../../forms/use-saving';
import { useConsentText } from '../../api/use-consent-text';
import { ConsentChoice } from '../profile/consent-choice';
import { ProfileFields } from '../profile/profile-fields';
import { useProfileRules } from '../profile/profile-rules';
import { emptyProfile, profileBody } from '../profile/profile-values';
import { WishFields } from '../profile/wish-fields';
import { ClaimCodeCard } from './claim-code-card';

type WalkIn = Registered & { fullName: string };

function WalkInForm({ onRegistered }: { onRegistered: (person: WalkIn) => void }) {
  const { t } = useTranslation();
  const key = useIdempotencyKey();
  const cache = useQueryClient();
  const draft = useDraft('person.new');
  const text = useConsentText();
  const [consent, setConsent] = useState(false);
  const form = useForm({
    mode: 'uncontrolled',
    initialValues: emptyProfile,
    validate: useProfileRules(),
    onValuesChange: (values) => draft.changed(values),
  });
  const saving = useSaving(form);

  useEffect(() => {
    draft.restore(form);
    // once, when the form is opened
  }, []);

  const submit = form.onSubmit(
    (values) =>
      void saving.run(async () => {
        const given =
          consent && text.version
            ? [{ purpose: 'matching' as const, textVersion: text.version, channel: 'paper' as const }]
            : undefined;
        const body = { ...profileBody(values), ...(given && { consents: given }) };
        const person = await call(
          api.POST('/api/v1/jobseekers/jobseekers', { body, params: { header: key(body) } }),
        );
        draft.drop();
        await cache.invalidateQueries({ queryKey: ['jobseekers'] });
        onRegistered({ ...person, fullName: values.fullName });
      }),
    focusFirstError,
  );
  const discard = () => {
    form.setValues(emptyProfile);
    draft.drop();
  };
  return (
    <FormScope form={form} texts="profile.field">
      <DraftNotice draft={draft} onDiscard={discard} />
      <form onSubmit={submit} noValidate>
        <Stack gap="md">
          <ProfileFields />
          <WishFields />
          <ConsentChoice onPaper checked={consent} onChange={setConsent} />
          <SubmitError error={saving.error} form={form} />
          <Group>
            <Button type="submit" loading={saving.busy}>
              {t('people.register')}
            </Button>
            <DraftStatus draft={draft} />
          </Group>
        </Stack>
      </form>
    </FormScope>
  );
}

export default function WalkInPage() {
  const { t } = useTranslation();
  const [person, setPerson] = useState<WalkIn>();
  return (
    <Container size="lg">
      <PageHeader
        title={t('people.walkIn')}
        lead={t('people.walkInLead')}
        backTo="/can-bo/nguoi-tim-viec"
        backText={t('nav.jobseekers')}
      />
      {person ? (
        <Stack>
          <ClaimCodeCard
            title={t('people.registered', { name: person.fullName })}
            id={person.id}
            code={person.claimCode ?? '—'}
            expiresAt={person.claimCodeExpiresAt}
          />
          <Button variant="subtle" w="fit-content" onClick={() => setPerson(undefined)}>
            {t('people.registerNext')}
          </Button>
        </Stack>
      ) : (
        <WalkInForm onRegistered={setPerson} />
      )}
    </Container>
  );
}
