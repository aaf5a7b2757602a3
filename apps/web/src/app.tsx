import { MantineProvider } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { QueryClientProvider } from '@tanstack/react-query';
import { useLayoutEffect } from 'react';
import { RouterProvider } from 'react-router/dom';
import { queryClient } from './api/query-client';
import { router } from './routes';
import { cssVariables, theme } from './theme/theme';

/** Before anything is painted: what index.html showed so far makes room. */
const useShellTakenAway = () => useLayoutEffect(() => document.getElementById('shell')?.remove(), []);

export function App() {
  useShellTakenAway();
  return (
    <MantineProvider theme={theme} cssVariablesResolver={cssVariables} forceColorScheme="light">
      <Notifications position="bottom-center" />
      <QueryClientProvider client={queryClient}>
        <RouterProvider router={router} />
      </QueryClientProvider>
    </MantineProvider>
  );
}
