import { basename } from 'node:path';
import { say } from '../../../../scripts/lib/say.mjs';

/**
 * Jest's global teardown: the indexes and search keys that platforms of this run made on the Meilisearch server of
 * MEILI_URL. All of them begin with the name of the run's folder. A server that is away by then fails no run.
 */
export default async function dropIndexes() {
  const { MEILI_URL, MEILI_KEY, NOIVIEC_TEST_RUN_DIR } = process.env;
  if (!MEILI_URL || !NOIVIEC_TEST_RUN_DIR) return;
  const run = basename(NOIVIEC_TEST_RUN_DIR);
  const ask = (method, path) =>
    fetch(new URL(path, MEILI_URL.replace(/\/*$/, '/')), {
      method,
      headers: MEILI_KEY ? { authorization: `Bearer ${MEILI_KEY}` } : {},
      signal: AbortSignal.timeout(10_000),
    });
  const all = async (what) => (await (await ask('GET', `${what}?limit=10000`)).json()).results ?? [];
  try {
    for (const { uid } of await all('indexes'))
      if (uid.startsWith(run)) await ask('DELETE', `indexes/${uid}`);
    for (const { uid, name } of await all('keys'))
      if (name?.startsWith(`search ${run}`)) await ask('DELETE', `keys/${uid}`);
  } catch (error) {
    say(`indexes of this run may be left on the Meilisearch server of MEILI_URL: ${error.message}`);
  }
}
