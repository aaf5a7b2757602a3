import { Button, Group, Stack } from '@mantine/core';
import { useForm } from '@mantine/form';
import { notify } from '../../lib/notify';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, call, ifMatch } from '../../api/http';
import type { Jobseeker } from '../../api/models';
import { ApiError } from '../../api/problem';
import { profileKey } from '../../api/use-profile';
import { ConflictDialog } from '../../components/conflict-dialog';
import { DraftNotice, DraftStatus } from '../../forms/draft-notice';
import { focusFirstError, SubmitError } from '../../forms/form-errors';
import { FormScope } from '../../forms/form-scope';
import { useDraft } from '../../forms/use-draft';
import { useSaving } from '../../forms/use-saving';
import { ProfileFields } from './profile-fields';
import { useProfileRules } from './profile-rules';
import { profileBody, profileValues } from './profile-values';
import { WishFields } from './wish-fields';

/** Mẫu 01a of one person, kept as a draft while it is typed and saved against the version it was read at. */
export function ProfileForm({ profile, onSaved }: { profile: Jobseeker; onSaved?: () => void }) {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const draft = useDraft(`person.profile.${profile.id}`);
  const version = useRef(profile.version);
  const [conflict, setConflict] = useState(false);
  const form = useForm({
    mode: 'uncontrolled',
    initialValues: profileValues(profile),
    validate: useProfileRules(),
    onValuesChange: (values) => draft.changed(values),
  });
  const saving = useSaving(form);

  useEffect(() => {
    draft.restore(form, profile.version);
    version.current = draft.baseVersion() ?? profile.version;
    // once, when the form is opened
  }, []);

  const load = (fresh: Jobseeker) => {
    version.current = fresh.version;
    form.setInitialValues(profileValues(fresh));
    form.setValues(profileValues(fresh));
    form.resetDirty();
    draft.drop();
  };
  const fetchFresh = () =>
    call(api.GET('/api/v1/jobseekers/jobseekers/{id}', { params: { path: { id: profile.id } } }));

  const save = () =>
    saving.run(async () => {
      try {
        const saved = await call(
          api.PATCH('/api/v1/jobseekers/jobseekers/{id}', {
            params: { path: { id: profile.id }, header: ifMatch({ version: version.current }) },
            body: profileBody(form.getValues()),
          }),
        );
        version.current = saved.version;
        draft.drop();
        await cache.invalidateQueries({ queryKey: profileKey });
        notify(t('saved'));
        onSaved?.();
      } catch (error) {
        if (error instanceof ApiError && error.status === 412) setConflict(true);
        throw error;
      }
    });
  return (
    <FormScope form={form} texts="profile.field">
      <DraftNotice draft={draft} onDiscard={() => load(profile)} />
      <form onSubmit={form.onSubmit(() => void save(), focusFirstError)} noValidate>
        <Stack gap="md">
          <ProfileFields masked={profile} />
          <WishFields />
          <SubmitError error={saving.error} form={form} />
          <Group>
            <Button type="submit" loading={saving.busy}>
              {t('profile.save')}
            </Button>
            <DraftStatus draft={draft} />
          </Group>
        </Stack>
      </form>
      <ConflictDialog
        opened={conflict}
        onClose={() => setConflict(false)}
        onKeepMine={() => {
          setConflict(false);
          void fetchFresh().then((fresh) => {
            version.current = fresh.version;
            return save();
          });
        }}
        onTakeTheirs={() => {
          setConflict(false);
          void fetchFresh().then(load);
        }}
      />
    </FormScope>
  );
}
