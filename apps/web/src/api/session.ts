import { dropPersonalDrafts } from '../forms/drafts';
import { currentLanguage } from '../i18n';
import { ApiError, problemFrom, unreachable } from './problem';
import type { Me, Role } from './models';

export type SessionState =
  /** the first refresh is still under way: all that is known is who was signed in here last, if anybody */
  | { status: 'starting'; lastRole?: Role }
  | { status: 'anonymous' }
  | { status: 'signedIn'; me: Me }
  /** the session ended under an open page: a dialog asks to sign in again, the page stays as it is */
  | { status: 'expired'; me: Me };

const identity = '/api/v1/identity';
/**
 * Only says that a refresh cookie may exist, so that visitors without an account cause no refused calls, and the role
 * it is for, so that the menu stands before the answer has come. Nothing is allowed by it.
 */
const hintKey = 'nv.session';

let state: SessionState = {
  status: 'starting',
  lastRole: (localStorage.getItem(hintKey) as Role | null) || undefined,
};
/** Lives in memory only; a reload gets a new one by the httpOnly refresh cookie. */
let accessToken: string | undefined;
let refreshing: Promise<boolean> | undefined;
let waiting: { resolve: () => void; reject: (error: unknown) => void }[] = [];
const listeners = new Set<() => void>();

function become(next: SessionState): void {
  state = next;
  for (const listener of listeners) listener();
}

function signedIn(me: Me): void {
  localStorage.setItem(hintKey, me.role);
  become({ status: 'signedIn', me });
}

async function ask(path: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(identity + path, {
      ...init,
      credentials: 'same-origin',
      headers: { 'Accept-Language': currentLanguage(), ...init.headers },
    });
  } catch {
    throw unreachable();
  }
}

async function refusal(response: Response): Promise<ApiError> {
  const body: unknown = await response.json().catch(() => undefined);
  const wait = Number(response.headers.get('Retry-After'));
  return new ApiError(problemFrom(response.status, body), wait > 0 ? wait : undefined);
}

async function takeToken(response: Response): Promise<void> {
  accessToken = ((await response.json()) as { accessToken: string }).accessToken;
}

async function loadMe(): Promise<Me> {
  const response = await ask('/me', { headers: { Authorization: `Bearer ${accessToken}` } });
  if (!response.ok) throw await refusal(response);
  return (await response.json()) as Me;
}

/** The refresh token rotates: tabs take turns, or the second would present a spent one. */
async function refreshOnce(): Promise<boolean> {
  const run = async () => {
    const response = await ask('/tokens/refresh', { method: 'POST' });
    if (response.ok) await takeToken(response);
    else if (response.status >= 500 || response.status === 429) throw await refusal(response);
    return response.ok;
  };
  return navigator.locks ? await navigator.locks.request('nv-refresh', run) : await run();
}

function settle(outcome: 'resolve' | 'reject'): void {
  const pending = waiting;
  waiting = [];
  const ended = new ApiError({ status: 401, code: 'web.session-ended' });
  for (const { resolve, reject } of pending) outcome === 'resolve' ? resolve() : reject(ended);
}

export const session = {
  get: (): SessionState => state,
  token: (): string | undefined => accessToken,
  subscribe(listener: () => void): () => void {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },

  /** Tries the refresh cookie once; ends in `signedIn` or `anonymous`, never throws. */
  async start(): Promise<void> {
    window.addEventListener('storage', (event) => {
      if (event.key === hintKey && event.newValue === null) session.forget();
    });
    try {
      if (localStorage.getItem(hintKey)) {
        if (await session.refresh()) return signedIn(await loadMe());
        // Emptied, not removed: that would sign out the other tabs, with what is typed there.
        localStorage.setItem(hintKey, '');
      }
    } catch {
      // the server is down: the page says so where it needs the server
    }
    become({ status: 'anonymous' });
  },

  /** Single-flight silent refresh; false when the cookie is no longer accepted. */
  refresh(): Promise<boolean> {
    refreshing ??= refreshOnce().finally(() => (refreshing = undefined));
    return refreshing;
  },

  async signIn(email: string, password: string): Promise<Me> {
    const response = await ask('/tokens', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ email, password }),
    });
    if (!response.ok) throw await refusal(response);
    await takeToken(response);
    const me = await loadMe();
    signedIn(me);
    settle('resolve');
    return me;
  },

  async signOut(): Promise<void> {
    if ('me' in state) dropPersonalDrafts(localStorage, state.me.id);
    await ask('/tokens', { method: 'DELETE', headers: { Authorization: `Bearer ${accessToken}` } }).catch(
      () => {},
    );
    session.forget();
  },

  /** Drops everything known about the user in this tab and lets waiting calls fail. */
  forget(): void {
    accessToken = undefined;
    localStorage.removeItem(hintKey);
    become({ status: 'anonymous' });
    settle('reject');
  },

  /** Resolves once the user signed in again over the open page; rejects when they chose not to. */
  whenSignedInAgain(): Promise<void> {
    if (state.status === 'signedIn') become({ status: 'expired', me: state.me });
    return new Promise((resolve, reject) => waiting.push({ resolve, reject }));
  },
};
