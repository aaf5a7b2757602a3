import { Select } from '@mantine/core';
import { isEmail, isNotEmpty, useForm } from '@mantine/form';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { api, call, ifMatch } from '../../api/http';
import { useIdempotencyKey } from '../../api/idempotency';
import type { Account, NewAccount, Organisation, Role } from '../../api/models';
import { CodeField, TextField } from '../../forms/fields';
import { type FieldProps, useFieldValue, useSelectField } from '../../forms/form-scope';
import { AreasField } from './areas-field';
import { EditDialog } from '../../forms/edit-dialog';

/** The kind of organisation that a role belongs to; the others stand alone. */
const kindOf: Partial<Record<Role, Organisation['kind']>> = {
  centreOfficer: 'centre',
  employer: 'employer',
  school: 'school',
  agency: 'agency',
  departmentOfficer: 'department',
};

function OrganisationField({ kind, ...field }: FieldProps & { kind: Organisation['kind'] }) {
  const { t } = useTranslation();
  const { key, props } = useSelectField(field);
  const { data } = useQuery({
    queryKey: ['organisations', 'of-kind', kind],
    queryFn: () =>
      call(api.GET('/api/v1/identity/organisations', { params: { query: { kind, limit: 100 } } })),
  });
  const options = data?.items.map(({ id, name }) => ({ value: id, label: name })) ?? [];
  return (
    <Select
      key={key}
      data={options}
      searchable
      placeholder={t('form.choose')}
      nothingFoundMessage={t('form.nothingFound')}
      {...props}
    />
  );
}

function RoleFields() {
  const role = useFieldValue<Role>('role');
  const kind = kindOf[role];
  return (
    <>
      {kind && <OrganisationField path="organisationId" kind={kind} required />}
      {(role === 'centreOfficer' || role === 'departmentOfficer') && <AreasField path="narrowedAreas" hint />}
    </>
  );
}

const valuesOf = (account?: Account) => ({
  email: account?.email ?? '',
  fullName: account?.fullName ?? '',
  role: account?.role ?? 'centreOfficer',
  organisationId: account?.organisationId ?? '',
  narrowedAreas: account?.narrowedAreas ?? ([] as string[]),
  status: account?.status ?? 'active',
});

/** A new account, or one to be edited. The person sets the password with a one-time code. */
export function AccountDialog({ account, onClose }: { account?: Account; onClose: () => void }) {
  const { t } = useTranslation();
  const key = useIdempotencyKey();
  const cache = useQueryClient();
  const version = useRef(account?.version ?? 0);
  const form = useForm({
    mode: 'uncontrolled',
    initialValues: valuesOf(account),
    validate: {
      email: isEmail(t('account.register.emailInvalid')),
      fullName: isNotEmpty(t('account.register.fullNameMissing')),
    },
  });

  const save = async () => {
    const { status, organisationId, narrowedAreas, role, ...rest } = form.getValues();
    const body: NewAccount = {
      ...rest,
      role,
      organisationId: kindOf[role] ? organisationId || null : null,
      narrowedAreas: narrowedAreas.length ? narrowedAreas : null,
    };
    if (account) {
      const params = { path: { id: account.id }, header: ifMatch({ version: version.current }) };
      await call(api.PATCH('/api/v1/identity/accounts/{id}', { params, body: { ...body, status } }));
    } else {
      await call(api.POST('/api/v1/identity/accounts', { body, params: { header: key(body) } }));
    }
    await cache.invalidateQueries({ queryKey: ['accounts'] });
  };
  const onConflict = async (keepMine: boolean) => {
    const params = { path: { id: account!.id } };
    const fresh = await call(api.GET('/api/v1/identity/accounts/{id}', { params }));
    version.current = fresh.version;
    if (!keepMine) form.setValues(valuesOf(fresh));
  };
  return (
    <EditDialog
      title={account ? account.fullName : t('admin.newAccount')}
      texts="admin.field"
      form={form}
      save={save}
      onConflict={onConflict}
      onClose={onClose}
    >
      <TextField path="fullName" required data-autofocus />
      <TextField path="email" type="email" required />
      <CodeField path="role" list="role" required />
      <RoleFields />
      {account && <CodeField path="status" list="accountStatus" required />}
    </EditDialog>
  );
}
