import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import '@mantine/core/styles.css';
import '@mantine/notifications/styles.css';
import './theme/global.css';
import { App } from './app';
import { startI18n } from './i18n';
import { session } from './api/session';
import { router } from './routes';
import { giveFocusBackToButtons } from './shell/navigation-focus';

/** Until there is a page to show, the one that the server sent stays. */
const firstPage = new Promise<void>((resolve) => {
  if (router.state.initialized) return resolve();
  const stop = router.subscribe(({ initialized }) => {
    if (!initialized) return;
    stop();
    resolve();
  });
});

giveFocusBackToButtons();
void session.start();
await Promise.all([startI18n(), firstPage]);
createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
