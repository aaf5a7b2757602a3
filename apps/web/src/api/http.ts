import createClient from 'openapi-fetch';
import { currentLanguage } from '../i18n';
import { ApiError, problemFrom, unreachable } from './problem';
import type { paths } from './schema';
import { session } from './session';

async function send(request: Request): Promise<Response> {
  const token = session.token();
  if (token) request.headers.set('Authorization', `Bearer ${token}`);
  request.headers.set('Accept-Language', currentLanguage());
  try {
    return await fetch(request);
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    throw unreachable();
  }
}

/** A refused token is renewed silently; when that fails the user signs in over the page and the call is repeated. */
async function authorisedFetch(request: Request): Promise<Response> {
  const repeat = request.clone();
  const response = await send(request);
  const status = session.get().status;
  if (response.status !== 401 || (status !== 'signedIn' && status !== 'expired')) return response;
  if (status === 'expired' || !(await session.refresh())) await session.whenSignedInAgain();
  return send(repeat);
}

/** The typed client of every service; throws nothing itself, see {@link call}. */
export const api = createClient<paths>({ baseUrl: location.origin, fetch: authorisedFetch });

type Answer<T> = { data?: T; error?: unknown; response: Response };

/** The body of a successful answer; anything else is thrown as an {@link ApiError}. */
export async function call<T>(answer: Promise<Answer<T>>): Promise<T> {
  const { data, error, response } = await answer;
  if (response.ok) return data as T;
  const wait = Number(response.headers.get('Retry-After'));
  throw new ApiError(problemFrom(response.status, error), wait > 0 ? wait : undefined);
}

/** `If-Match` of an edit: the version that the user was looking at. */
export const ifMatch = (resource: { version: number }) => ({ 'If-Match': `"${resource.version}"` });
