import { Button, Group, Stack } from '@mantine/core';
import { useForm } from '@mantine/form';
import { notify } from '../../lib/notify';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { api, call, ifMatch } from '../../api/http';
import { useIdempotencyKey } from '../../api/idempotency';
import type { JobOpening } from '../../api/models';
import { ApiError } from '../../api/problem';
import { ConflictDialog } from '../../components/conflict-dialog';
import { DraftNotice, DraftStatus } from '../../forms/draft-notice';
import { focusFirstError, SubmitError } from '../../forms/form-errors';
import { FormScope } from '../../forms/form-scope';
import { useDraft } from '../../forms/use-draft';
import { useSaving } from '../../forms/use-saving';
import {
  ContractSection,
  JobSection,
  PaySection,
  PlaceSection,
  RecruitSection,
  RequirementSection,
} from './opening-fields';
import { useOpeningRules } from './opening-rules';
import { emptyOpening, openingBody, openingValues, type OpeningValues } from './opening-values';

function useOpeningForm(opening: JobOpening | undefined, changed: (values: OpeningValues) => void) {
  return useForm<OpeningValues>({
    mode: 'uncontrolled',
    initialValues: opening ? openingValues(opening) : emptyOpening,
    validate: useOpeningRules(),
    onValuesChange: changed,
  });
}

const fetchStored = (id: string) =>
  call(api.GET('/api/v1/openings/job-openings/{id}', { params: { path: { id } } }));

/** Mẫu 01, new or to be edited; what is half-typed survives the session, the tab and the machine. */
export function OpeningForm({ opening }: { opening?: JobOpening }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const cache = useQueryClient();
  const key = useIdempotencyKey();
  const draft = useDraft(`opening.${opening?.id ?? 'new'}`);
  const version = useRef(opening?.version ?? 0);
  // Known once it is stored: what is refused afterwards is corrected in the same opening, not in another one.
  const storedId = useRef(opening?.id);
  const [conflict, setConflict] = useState(false);
  const form = useOpeningForm(opening, (values) => draft.changed(values));
  const saving = useSaving(form);
  const intent = useRef<'save' | 'submit'>('save');

  useEffect(() => {
    draft.restore(form, opening?.version);
    version.current = draft.baseVersion() ?? opening?.version ?? 0;
    // once, when the form is opened: what was typed before comes back
  }, []);

  const load = (values: OpeningValues, fresh?: JobOpening) => {
    version.current = fresh?.version ?? 0;
    form.setInitialValues(values);
    form.setValues(values);
    draft.drop();
  };

  /** The stored opening, as it is now: its version is what the next step is based on. */
  const store = async (): Promise<{ id: string; version: number }> => {
    const body = openingBody(form.getValues());
    if (!storedId.current) {
      const params = { header: key(body) };
      const { id } = await call(api.POST('/api/v1/openings/job-openings', { body, params }));
      storedId.current = id;
      return fetchStored(id);
    }
    const params = { path: { id: storedId.current }, header: ifMatch({ version: version.current }) };
    return call(api.PATCH('/api/v1/openings/job-openings/{id}', { params, body }));
  };

  const save = () =>
    saving.run(async () => {
      try {
        const stored = await store();
        const { id } = stored;
        version.current = stored.version;
        if (intent.current === 'submit') {
          const params = { path: { id, action: 'submit' as const }, header: ifMatch(stored) };
          await call(api.POST('/api/v1/openings/job-openings/{id}/{action}', { params, body: {} }));
        }
        draft.drop();
        await cache.invalidateQueries({ queryKey: ['job-openings'] });
        await cache.invalidateQueries({ queryKey: ['job-opening', id] });
        notify(t(intent.current === 'submit' ? 'officer.submitted' : 'saved'));
        await navigate(`/can-bo/tin-tuyen-dung/${id}`);
      } catch (error) {
        if (error instanceof ApiError && error.status === 412) setConflict(true);
        throw error;
      }
    });

  const canSubmit = !opening || ['draft', 'returned'].includes(opening.status);

  return (
    <FormScope form={form} texts="officer.field">
      <DraftNotice
        draft={draft}
        onDiscard={() => load(opening ? openingValues(opening) : emptyOpening, opening)}
      />
      <form onSubmit={form.onSubmit(() => void save(), focusFirstError)} noValidate>
        <Stack gap="md">
          <JobSection />
          <PlaceSection />
          <PaySection />
          <RequirementSection />
          <ContractSection />
          <RecruitSection />
          <SubmitError error={saving.error} form={form} />
          <Group>
            {canSubmit && (
              <Button type="submit" loading={saving.busy} onClick={() => (intent.current = 'submit')}>
                {t('officer.saveAndSubmit')}
              </Button>
            )}
            <Button
              type="submit"
              variant={canSubmit ? 'default' : 'filled'}
              loading={saving.busy}
              onClick={() => (intent.current = 'save')}
            >
              {t(canSubmit ? 'officer.saveDraft' : 'save')}
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
          void fetchStored(storedId.current!).then((fresh) => {
            version.current = fresh.version;
            return save();
          });
        }}
        onTakeTheirs={() => {
          setConflict(false);
          void fetchStored(storedId.current!).then((fresh) => load(openingValues(fresh), fresh));
        }}
      />
    </FormScope>
  );
}
