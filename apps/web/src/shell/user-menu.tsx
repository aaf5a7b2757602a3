import { Avatar, Menu, Text, UnstyledButton } from '@mantine/core';
import { IconKey, IconLogout } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import { session } from '../api/session';
import { useMe, useMenuRole } from '../api/use-session';

/** The last word of a Vietnamese name is the given name. */
const initial = (name: string) =>
  name
    .split(/\s+/)
    .findLast((word) => /^\p{L}/u.test(word))
    ?.charAt(0)
    .toUpperCase() ?? '?';

export function UserMenu() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const me = useMe();
  const expected = useMenuRole() !== undefined;
  if (!me) return expected ? <div style={{ width: 44 }} aria-hidden /> : null;

  const leave = async () => {
    await session.signOut();
    await navigate('/');
  };
  return (
    <Menu position="bottom-end" withArrow width={260}>
      <Menu.Target>
        <UnstyledButton aria-label={`${t('shell.account')}: ${me.name}`} mih={44} miw={44}>
          <Avatar color="song.8" variant="filled" radius="xl">
            {initial(me.name)}
          </Avatar>
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>
          <Text fw={600} c="var(--mantine-color-text)">
            {me.name}
          </Text>
          <Text size="sm">{me.email}</Text>
          <Text size="sm">
            {t(`values.role.${me.role}`)}
            {me.organisation ? ` · ${me.organisation.name}` : ''}
          </Text>
        </Menu.Label>
        <Menu.Divider />
        <Menu.Item component={Link} to="/mat-khau" leftSection={<IconKey size={18} />}>
          {t('account.password.change')}
        </Menu.Item>
        <Menu.Item leftSection={<IconLogout size={18} />} onClick={() => void leave()}>
          {t('shell.signOut')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
