import { Button, Stack, TextInput } from '@mantine/core';
import { isEmail, isNotEmpty, useForm } from '@mantine/form';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Me } from '../../api/models';
import { session } from '../../api/session';
import { ErrorState } from '../../components/error-state';
import { PasswordField } from '../../forms/password-field';

type Props = { email?: string; onSignedIn: (me: Me) => void };

export function SignInForm({ email = '', onSignedIn }: Props) {
  const { t } = useTranslation();
  const [error, setError] = useState<unknown>();
  const [busy, setBusy] = useState(false);
  const form = useForm({
    mode: 'uncontrolled',
    initialValues: { email, password: '' },
    validate: {
      email: isEmail(t('account.register.emailInvalid')),
      password: isNotEmpty(t('required')),
    },
  });

  const submit = form.onSubmit(async (values) => {
    setBusy(true);
    setError(undefined);
    try {
      onSignedIn(await session.signIn(values.email.trim(), values.password));
    } catch (refused) {
      setError(refused);
    } finally {
      setBusy(false);
    }
  });

  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        {error !== undefined && <ErrorState error={error} />}
        <TextInput
          label={t('account.signIn.email')}
          type="email"
          autoComplete="username"
          inputMode="email"
          required
          key={form.key('email')}
          {...form.getInputProps('email')}
        />
        <PasswordField
          label={t('account.signIn.password')}
          autoComplete="current-password"
          data-autofocus={email ? true : undefined}
          key={form.key('password')}
          {...form.getInputProps('password')}
        />
        <Button type="submit" loading={busy} fullWidth>
          {t('account.signIn.submit')}
        </Button>
      </Stack>
    </form>
  );
}
