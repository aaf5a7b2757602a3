import { Alert, Button, Card, Container, Group, Stack, TextInput } from '@mantine/core';
import { isNotEmpty, useForm } from '@mantine/form';
import { notify } from '../../lib/notify';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import { api, call } from '../../api/http';
import { profileKey } from '../../api/use-profile';
import { useMe } from '../../api/use-session';
import { PageHeader } from '../../components/page-header';
import { SubmitError } from '../../forms/form-errors';
import { useSaving } from '../../forms/use-saving';

export default function ClaimPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const cache = useQueryClient();
  const me = useMe();
  const form = useForm({
    mode: 'uncontrolled',
    initialValues: { claimCode: '' },
    validate: { claimCode: isNotEmpty(t('required')) },
  });
  const saving = useSaving(form);
  const submit = form.onSubmit(
    ({ claimCode }) =>
      void saving.run(async () => {
        const body = { claimCode: claimCode.trim().toUpperCase() };
        await call(api.POST('/api/v1/jobseekers/claims', { body }));
        await cache.invalidateQueries({ queryKey: profileKey });
        notify(t('account.claim.done'));
        await navigate('/ho-so');
      }),
  );
  return (
    <Container size={520} pt="md">
      <PageHeader title={t('account.claim.title')} lead={t('account.claim.intro')} />
      {me?.role !== 'jobseeker' ? (
        <Alert variant="light">
          <Stack>
            {t('account.claim.signInFirst')}
            <Group>
              <Button component={Link} to="/dang-nhap?tiep=%2Fnhan-ho-so">
                {t('shell.signIn')}
              </Button>
              <Button component={Link} to="/dang-ky" variant="default">
                {t('shell.register')}
              </Button>
            </Group>
          </Stack>
        </Alert>
      ) : (
        <Card>
          <form onSubmit={submit} noValidate>
            <Stack>
              <TextInput
                label={t('account.claim.code')}
                description={t('account.claim.codeHint')}
                autoComplete="one-time-code"
                autoCapitalize="characters"
                spellCheck={false}
                required
                styles={{ input: { letterSpacing: '0.12em', fontWeight: 600 } }}
                key={form.key('claimCode')}
                {...form.getInputProps('claimCode')}
              />
              <SubmitError error={saving.error} form={form} />
              <Button type="submit" loading={saving.busy}>
                {t('account.claim.submit')}
              </Button>
            </Stack>
          </form>
        </Card>
      )}
    </Container>
  );
}
