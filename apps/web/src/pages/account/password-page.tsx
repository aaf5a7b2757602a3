import { Button, Card, Container, Stack, TextInput } from '@mantine/core';
import { isNotEmpty, useForm } from '@mantine/form';
import { notify } from '../../lib/notify';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { api, call } from '../../api/http';
import { session } from '../../api/session';
import { useMe } from '../../api/use-session';
import { PageHeader } from '../../components/page-header';
import { focusFirstError, SubmitError } from '../../forms/form-errors';
import { useSaving } from '../../forms/use-saving';
import { homeOf } from '../../shell/navigation';
import { PasswordField } from '../../forms/password-field';

/** With an account: change the password. Without: set one with the one-time code from the administrator. */
export default function PasswordPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const me = useMe();
  const form = useForm({
    mode: 'uncontrolled',
    initialValues: { email: '', code: '', currentPassword: '', password: '' },
    validate: {
      email: (value) => (me || value ? null : t('required')),
      code: (value) => (me || value ? null : t('required')),
      currentPassword: (value) => (!me || value ? null : t('required')),
      password: isNotEmpty(t('required')),
    },
  });
  const saving = useSaving(form, { newPassword: 'password' });
  const submit = form.onSubmit(
    ({ email, code, currentPassword, password }) =>
      void saving.run(async () => {
        if (me) {
          await call(
            api.POST('/api/v1/identity/me/password', { body: { currentPassword, newPassword: password } }),
          );
          notify(t('account.password.changed'));
          await navigate(homeOf(me.role));
        } else {
          const body = { email: email.trim(), code: code.trim(), password };
          await call(api.POST('/api/v1/identity/passwords', { body }));
          const user = await session.signIn(body.email, password);
          await navigate(homeOf(user.role));
        }
      }),
    focusFirstError,
  );
  return (
    <Container size={480} pt="md">
      <PageHeader
        title={t(me ? 'account.password.change' : 'account.password.set')}
        lead={me ? undefined : t('account.password.setLead')}
      />
      <Card>
        <form onSubmit={submit} noValidate>
          <Stack>
            {me ? (
              <PasswordField
                label={t('account.password.current')}
                autoComplete="current-password"
                key={form.key('currentPassword')}
                {...form.getInputProps('currentPassword')}
              />
            ) : (
              <>
                <TextInput
                  label={t('account.signIn.email')}
                  type="email"
                  autoComplete="username"
                  required
                  key={form.key('email')}
                  {...form.getInputProps('email')}
                />
                <TextInput
                  label={t('account.password.code')}
                  autoComplete="one-time-code"
                  required
                  key={form.key('code')}
                  {...form.getInputProps('code')}
                />
              </>
            )}
            <PasswordField
              label={t('account.password.new')}
              description={t('account.password.rule')}
              autoComplete="new-password"
              key={form.key('password')}
              {...form.getInputProps('password')}
            />
            <SubmitError error={saving.error} form={form} />
            <Button type="submit" loading={saving.busy}>
              {t('save')}
            </Button>
          </Stack>
        </form>
      </Card>
    </Container>
  );
}
