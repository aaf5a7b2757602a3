import { Button, Stack, Text, TextInput } from '@mantine/core';
import { isEmail, isNotEmpty, useForm } from '@mantine/form';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api, call } from '../../api/http';
import { profileKey } from '../../api/use-profile';
import { session } from '../../api/session';
import { focusFirstError, SubmitError } from '../../forms/form-errors';
import { useSaving } from '../../forms/use-saving';
import { PasswordField } from '../../forms/password-field';

/** First step: an account, signed in at once. */
export function AccountStep() {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const form = useForm({
    mode: 'uncontrolled',
    initialValues: { fullName: '', email: '', password: '', passwordAgain: '' },
    validate: {
      fullName: isNotEmpty(t('account.register.fullNameMissing')),
      email: isEmail(t('account.register.emailInvalid')),
      password: (value) => (value.length < 10 ? t('account.register.passwordShort') : null),
      passwordAgain: (value, { password }) =>
        value === password ? null : t('account.register.passwordDiffers'),
    },
  });
  const saving = useSaving(form);
  const submit = form.onSubmit(
    ({ fullName, email, password }) =>
      void saving.run(async () => {
        const body = { fullName: fullName.trim(), email: email.trim(), password };
        await call(api.POST('/api/v1/identity/registrations', { body }));
        // A new account has no profile: nobody needs to ask.
        cache.setQueryData(profileKey, null);
        await session.signIn(body.email, password);
      }),
    focusFirstError,
  );
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        <TextInput
          label={t('account.register.fullName')}
          autoComplete="name"
          required
          key={form.key('fullName')}
          {...form.getInputProps('fullName')}
        />
        <TextInput
          label={t('account.signIn.email')}
          type="email"
          autoComplete="username"
          required
          key={form.key('email')}
          {...form.getInputProps('email')}
        />
        <PasswordField
          label={t('account.signIn.password')}
          description={t('account.register.passwordHint')}
          autoComplete="new-password"
          key={form.key('password')}
          {...form.getInputProps('password')}
        />
        <PasswordField
          label={t('account.register.passwordAgain')}
          autoComplete="new-password"
          key={form.key('passwordAgain')}
          {...form.getInputProps('passwordAgain')}
        />
        <SubmitError error={saving.error} form={form} />
        <Button type="submit" loading={saving.busy} fullWidth>
          {t('account.register.submit')}
        </Button>
        <Text size="sm" c="dimmed">
          {t('account.register.intro')}
        </Text>
      </Stack>
    </form>
  );
}
