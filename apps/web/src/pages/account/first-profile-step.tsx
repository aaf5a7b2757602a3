import { Anchor, Button, Group, Stack, Text } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { api, call } from '../../api/http';
import { useIdempotencyKey } from '../../api/idempotency';
import { profileKey } from '../../api/use-profile';
import { useMe } from '../../api/use-session';
import { CodeField, DateField, NumberField, TagsField, TextField } from '../../forms/fields';
import { FormScope } from '../../forms/form-scope';
import { focusFirstError, SubmitError } from '../../forms/form-errors';
import { OccupationsField } from '../../forms/occupation-field';
import { PlaceFields } from '../../forms/place-fields';
import { useSaving } from '../../forms/use-saving';
import { useConsentText } from '../../api/use-consent-text';
import { today } from '../../lib/format-date';
import { ConsentChoice } from '../profile/consent-choice';
import { useProfileRules } from '../profile/profile-rules';
import { emptyProfile, profileBody } from '../profile/profile-values';

/** Second step: the few things that first suggestions need; the rest is filled in later. */
export function FirstProfileStep({ onDone }: { onDone: (profileId: string) => void }) {
  const { t } = useTranslation();
  const me = useMe();
  const key = useIdempotencyKey();
  const cache = useQueryClient();
  const text = useConsentText();
  const [consent, setConsent] = useState(false);
  const form = useForm({
    mode: 'uncontrolled',
    initialValues: { ...emptyProfile, fullName: me?.name ?? '', email: me?.email ?? '' },
    validate: useProfileRules(),
  });
  const saving = useSaving(form);
  const submit = form.onSubmit(
    (values) =>
      void saving.run(async () => {
        const given =
          consent && text.version ? [{ purpose: 'matching' as const, textVersion: text.version }] : undefined;
        const body = { ...profileBody(values), ...(given && { consents: given }) };
        const profile = await call(
          api.POST('/api/v1/jobseekers/jobseekers', { body, params: { header: key(body) } }),
        );
        await cache.invalidateQueries({ queryKey: profileKey });
        onDone(profile.id);
      }),
    focusFirstError,
  );
  return (
    <FormScope form={form} texts="profile.field">
      <form onSubmit={submit} noValidate>
        <Stack gap="md">
          <Text>{t('account.register.profileIntro')}</Text>
          <TextField path="fullName" required autoComplete="name" />
          <Group grow preventGrowOverflow={false} align="flex-start">
            <DateField path="birthDate" max={today()} />
            <CodeField path="gender" list="gender" />
          </Group>
          <TextField path="phone" type="tel" autoComplete="tel" />
          <PlaceFields />
          <CodeField path="technicalLevel" list="technicalLevel" />
          <TextField path="desiredTitle" hint />
          <OccupationsField path="desiredOccupationCodes" />
          <NumberField path="desiredPayMin" suffix=" đ" hint />
          <TagsField path="softSkills" name="skills" />
          <ConsentChoice checked={consent} onChange={setConsent} />
          <SubmitError error={saving.error} form={form} />
          <Button type="submit" loading={saving.busy} fullWidth>
            {t('account.register.profileSubmit')}
          </Button>
          <Group justify="space-between">
            <Anchor component={Link} to="/nhan-ho-so">
              {t('account.register.claimInstead')}
            </Anchor>
            <Anchor component={Link} to="/">
              {t('account.register.later')}
            </Anchor>
          </Group>
        </Stack>
      </form>
    </FormScope>
  );
}
