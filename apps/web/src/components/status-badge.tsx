import { Badge } from '@mantine/core';
import { useTranslation } from 'react-i18next';

/** Dark text on a light ground, all at least 5:1; the word says it, the colour only helps. */
const tones = {
  good: { color: '#124f2d', background: '#dff3e6' },
  waiting: { color: '#6a4300', background: '#fdeecb' },
  bad: { color: '#8f1d14', background: '#fde6e2' },
  quiet: { color: '#3d4f54', background: '#e8eeef' },
};

const toneOf: Record<string, keyof typeof tones> = {
  published: 'good',
  approved: 'good',
  done: 'good',
  active: 'good',
  pending: 'waiting',
  running: 'waiting',
  queued: 'waiting',
  returned: 'bad',
  rejected: 'bad',
  suspended: 'bad',
  failed: 'bad',
  locked: 'bad',
};

type StatusList =
  'openingStatus' | 'verificationStatus' | 'importStatus' | 'accountStatus' | 'organisationStatus';
type Props = { list: StatusList; status: string };

export function StatusBadge({ list, status }: Props) {
  const { t } = useTranslation();
  return (
    <Badge
      size="lg"
      radius="sm"
      style={{ ...tones[toneOf[status] ?? 'quiet'], maxWidth: 'none', width: 'max-content' }}
    >
      {t(`values.${list}.${status}`, { defaultValue: status })}
    </Badge>
  );
}
