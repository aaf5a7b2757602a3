import type { Command } from 'commander';
import { type Api, ApiError } from './api.js';
import type { Output } from './output.js';

interface AccountRow {
  id: string;
  version: number;
  email: string;
  fullName: string;
  role: string;
  organisationName: string | null;
  areas: string[];
  status: string;
}

interface OrganisationRow {
  id: string;
  version: number;
  kind: string;
  name: string;
  areas: string[];
  status: string;
}

interface Page<T> {
  items: T[];
  total: number;
}

interface PasswordCode {
  code: string;
  expiresAt: string;
}

const list = (value: string): string[] => value.split(',').map((part) => part.trim());

/** Accounts and organisations, for an administrator. */
export function identityCommands(program: Command, api: Api, output: () => Output): void {
  accountCommands(program.command('accounts').description('những người được đăng nhập'), api, output);
  organisationCommands(
    program
      .command('organisations')
      .description('trung tâm, đơn vị tuyển dụng, trường, doanh nghiệp dịch vụ, sở'),
    api,
    output,
  );
}

function accountCommands(accounts: Command, api: Api, output: () => Output): void {
  accounts
    .command('list')
    .description('mới nhất trước')
    .option('--q <text>', 'một phần họ tên hoặc thư điện tử')
    .option('--role <role>')
    .option('--status <status>', 'active hoặc locked')
    .option('--limit <n>', 'nhiều nhất 100', '20')
    .action(async (options: Record<string, string>) => {
      const page = await api.call<Page<AccountRow>>(`/identity/accounts?${new URLSearchParams(options)}`);
      const out = output();
      out.result(page, () => out.table(page.items.map(accountRow), 'Không có tài khoản nào như vậy.'));
    });

  accounts
    .command('create')
    .description('lập tài khoản và mã dùng một lần để người đó đặt mật khẩu')
    .requiredOption('--email <email>')
    .requiredOption('--name <name>', 'họ tên')
    .requiredOption('--role <role>')
    .option('--organisation <id>', 'bắt buộc, trừ người tìm việc và quản trị viên')
    .option('--areas <codes>', 'mã tỉnh, cách nhau bằng dấu phẩy: phần địa bàn của cán bộ', list)
    .action(
      async (given: {
        email: string;
        name: string;
        role: string;
        organisation?: string;
        areas?: string[];
      }) => {
        const account = await api.call<AccountRow>('/identity/accounts', {
          method: 'POST',
          body: {
            email: given.email,
            fullName: given.name,
            role: given.role,
            organisationId: given.organisation,
            narrowedAreas: given.areas,
          },
        });
        const code = await codeFor(api, account.id);
        output().result({ account, ...code }, () => `${account.id}\n${sentence(account, code)}`);
      },
    );

  accounts
    .command('code <email>')
    .description('mã dùng một lần để người đó đặt mật khẩu mới')
    .action(async (email: string) => {
      const account = await accountOf(api, email);
      const code = await codeFor(api, account.id);
      output().result({ account, ...code }, () => sentence(account, code));
    });

  for (const [name, status] of [
    ['lock', 'locked'],
    ['unlock', 'active'],
  ] as const) {
    accounts
      .command(`${name} <email>`)
      .description(name === 'lock' ? 'đăng xuất khỏi mọi nơi và không cho vào' : 'cho vào lại')
      .action(async (email: string) => {
        const { id, version } = await accountOf(api, email);
        const account = await edit<AccountRow>(api, `/identity/accounts/${id}`, version, { status });
        output().result(account, () => `${account.email}: ${account.status}`);
      });
  }
}

function organisationCommands(organisations: Command, api: Api, output: () => Output): void {
  organisations
    .command('list')
    .description('mới nhất trước')
    .option('--q <text>', 'một phần tên')
    .option('--kind <kind>')
    .option('--province <code>')
    .option('--limit <n>', 'nhiều nhất 100', '20')
    .action(async (options: Record<string, string>) => {
      const page = await api.call<Page<OrganisationRow>>(
        `/identity/organisations?${new URLSearchParams(options)}`,
      );
      const out = output();
      out.result(page, () => out.table(page.items.map(organisationRow), 'Không có tổ chức nào như vậy.'));
    });

  organisations
    .command('create')
    .requiredOption('--kind <kind>', 'centre, employer, school, agency hoặc department')
    .requiredOption('--name <name>')
    .requiredOption('--areas <codes>', 'mã tỉnh, cách nhau bằng dấu phẩy; * là cả nước', list)
    .option('--natural-person', 'hộ kinh doanh hoặc cá nhân tuyển dụng')
    .action(async (body: { kind: string; name: string; areas: string[]; naturalPerson?: boolean }) => {
      const organisation = await api.call<OrganisationRow>('/identity/organisations', {
        method: 'POST',
        body,
      });
      output().result(organisation, () => organisation.id);
    });

  for (const [name, status] of [
    ['suspend', 'suspended'],
    ['reinstate', 'active'],
  ] as const) {
    organisations
      .command(`${name} <id>`)
      .description(name === 'suspend' ? 'không cho người của tổ chức vào' : 'cho người của tổ chức vào lại')
      .action(async (id: string) => {
        const { version } = await api.call<OrganisationRow>(`/identity/organisations/${id}`);
        const path = `/identity/organisations/${id}`;
        const organisation = await edit<OrganisationRow>(api, path, version, { status });
        output().result(organisation, () => `${organisation.name}: ${organisation.status}`);
      });
  }
}

/** @throws ApiError when no account has exactly this e-mail */
async function accountOf(api: Api, email: string): Promise<AccountRow> {
  const wanted = email.trim().toLowerCase();
  const { items } = await api.call<Page<AccountRow>>(
    `/identity/accounts?limit=100&q=${encodeURIComponent(wanted)}`,
  );
  const account = items.find((item) => item.email === wanted);
  if (!account)
    throw new ApiError(
      404,
      'identity.account-not-found',
      `Không có tài khoản nào dùng thư điện tử ${wanted}.`,
    );
  return account;
}

function codeFor(api: Api, accountId: string): Promise<PasswordCode> {
  return api.call<PasswordCode>(`/identity/accounts/${accountId}/password-codes`, { method: 'POST' });
}

function edit<T>(api: Api, path: string, version: number, body: object): Promise<T> {
  return api.call<T>(path, { method: 'PATCH', body, headers: { 'if-match': `"${version}"` } });
}

function sentence({ email }: AccountRow, { code, expiresAt }: PasswordCode): string {
  return `Đưa cho ${email} mã này để đặt mật khẩu, dùng được đến ${expiresAt}: ${code}`;
}

function accountRow(account: AccountRow): Record<string, string> {
  const { id, email, fullName, role, organisationName, areas, status } = account;
  return {
    id,
    email,
    name: fullName,
    role,
    organisation: organisationName ?? '',
    areas: areas.join(','),
    status,
  };
}

function organisationRow({ id, kind, name, areas, status }: OrganisationRow): Record<string, string> {
  return { id, kind, name, areas: areas.join(','), status };
}
