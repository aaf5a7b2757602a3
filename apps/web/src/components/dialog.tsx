import { type MantineSize, Modal } from '@mantine/core';
import { memo, type ReactNode, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { focusHeadingIfLost } from '../shell/navigation-focus';

/** Goes on showing what it last showed for as long as it is `still`. */
const Held = memo(
  ({ children }: { still: boolean; children: ReactNode }) => children,
  (_, next) => next.still,
);

type Props = {
  opened: boolean;
  title: string;
  size?: MantineSize;
  /** off while another dialog lies over it, which Escape is meant for */
  closeOnEscape?: boolean;
  onClose: () => void;
  /** after it has faded away */
  onClosed?: () => void;
  children: ReactNode;
};

/**
 * While it fades away it keeps its words and its fields as they were, and takes no more input. The focus goes back
 * to what opened it; where that is gone, to the page's heading.
 */
export function Dialog({ opened, title, onClosed, children, ...modal }: Props) {
  const { t } = useTranslation();
  return (
    <Modal
      {...modal}
      opened={opened}
      title={<Held still={!opened}>{title}</Held>}
      closeButtonProps={{ 'aria-label': t('close') }}
      onExitTransitionEnd={() => {
        focusHeadingIfLost();
        onClosed?.();
      }}
    >
      <div inert={!opened}>
        <Held still={!opened}>{children}</Held>
      </div>
    </Modal>
  );
}

/**
 * For a dialog that exists only while it is shown: it opens once it is there, so that it knows where the focus came
 * from, and its owner may drop it (`onGone`) when it has faded away.
 */
export function useShownDialog(onGone: () => void) {
  const [opened, setOpened] = useState(false);
  useEffect(() => setOpened(true), []);
  const close = () => setOpened(false);
  return { close, dialog: { opened, onClose: close, onClosed: onGone } };
}
