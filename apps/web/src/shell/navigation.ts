import type { Role } from '../api/models';

export type NavigationItem = { to: string; text: string };

const search: NavigationItem = { to: '/viec-lam', text: 'nav.search' };
const openings: NavigationItem = { to: '/can-bo/tin-tuyen-dung', text: 'nav.openings' };

const employers: NavigationItem = { to: '/can-bo/doanh-nghiep', text: 'nav.employers' };
const imports: NavigationItem = { to: '/can-bo/nhap-tin', text: 'nav.imports' };

/** Who places people, and so may see them. */
export const placing: readonly Role[] = ['centreOfficer'];
/** Who verifies employers and brings in files. */
export const keepers: readonly Role[] = ['centreOfficer', 'administrator'];
export const posting: readonly Role[] = [...keepers, 'employer'];

const byRole: Partial<Record<Role, NavigationItem[]>> = {
  jobseeker: [
    { to: '/viec-phu-hop', text: 'nav.matches' },
    { to: '/ho-so', text: 'nav.profile' },
  ],
  centreOfficer: [
    openings,
    employers,
    { to: '/can-bo/nguoi-tim-viec', text: 'nav.jobseekers' },
    { to: '/can-bo/ho-so-trung', text: 'nav.duplicates' },
    imports,
  ],
  employer: [openings],
  administrator: [
    openings,
    employers,
    imports,
    { to: '/quan-tri/tai-khoan', text: 'nav.accounts' },
    { to: '/quan-tri/to-chuc', text: 'nav.organisations' },
  ],
};

export const navigationFor = (role: Role | undefined): NavigationItem[] => [
  search,
  ...((role && Object.hasOwn(byRole, role) && byRole[role]) || []),
];

/** Where a role starts after signing in. */
export function homeOf(role: Role): string {
  if (role === 'jobseeker') return '/viec-phu-hop';
  return posting.includes(role) ? '/can-bo/tin-tuyen-dung' : '/';
}
