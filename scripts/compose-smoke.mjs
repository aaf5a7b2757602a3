// Tries docker-compose.yml for real: builds, starts, waits for health, posts an opening, finds it, and removes all.
//
//   npm run compose-smoke                        with images from their registries
//   npm run compose-smoke -- --replicated        three brokers, two instances of each service
//   npm run compose-smoke -- --postgres-search   without Meilisearch
//   npm run compose-smoke -- --stand-ins         with images of the same names made on this machine
//   npm run compose-smoke -- --keep              leaves it running and says where
//
// DOCKER_COMPOSE names the program when it is not the docker client's plugin.
import { spawnSync } from 'node:child_process';
import { randomBytes, randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { createServer } from 'node:net';
import { inRoot } from './lib/paths.mjs';
import { Refusal, say, seconds } from './lib/say.mjs';
import { buildStandIns } from './lib/stand-ins.mjs';

const { values: options } = parseArgs({
  options: {
    replicated: { type: 'boolean', default: false },
    'postgres-search': { type: 'boolean', default: false },
    'stand-ins': { type: 'boolean', default: false },
    keep: { type: 'boolean', default: false },
  },
});

const program = process.env.DOCKER_COMPOSE ? [process.env.DOCKER_COMPOSE] : ['docker', 'compose'];
const files = ['docker-compose.yml'];
const project = `noiviec-smoke-${process.pid}`;
const port = await freePort();
const url = `http://127.0.0.1:${port}`;
const environment = {
  ...process.env,
  PORT: String(port),
  PUBLIC_URL: url,
  ADMIN_EMAIL: 'admin@noiviec.example',
  // The images share all stages but the last: one after the other, the first makes them for all.
  COMPOSE_PARALLEL_LIMIT: '1',
};

function compose(args, { quiet = false } = {}) {
  const [command, ...first] = program;
  const all = [
    ...first,
    '-p',
    project,
    '--project-directory',
    inRoot(),
    ...files.flatMap((f) => ['-f', inRoot(f)]),
    ...args,
  ];
  const result = spawnSync(command, all, {
    env: environment,
    encoding: 'utf8',
    stdio: ['ignore', quiet ? 'pipe' : 'inherit', quiet ? 'pipe' : 'inherit'],
    maxBuffer: 64 * 1024 * 1024,
  });
  if (result.error || result.status !== 0) {
    throw new Refusal(
      `\`${[command, ...first].join(' ')} ${args.join(' ')}\` failed (${result.error?.code ?? `exit code ${result.status}`}).`,
      result.stderr ?? undefined,
    );
  }
  return result.stdout ?? '';
}

function freePort() {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port: free } = server.address();
      server.close(() => resolve(free));
    });
  });
}

async function call(method, path, { token, body } = {}) {
  const response = await fetch(`${url}${path}`, {
    method,
    headers: {
      ...(body && { 'content-type': 'application/json' }),
      ...(token && { authorization: `Bearer ${token}` }),
      ...(method === 'POST' && { 'idempotency-key': randomUUID() }),
    },
    body: body && JSON.stringify(body),
    signal: AbortSignal.timeout(10_000),
  });
  const text = await response.text();
  if (!response.ok) throw new Refusal(`${method} ${path} answered ${response.status}: ${text.slice(0, 500)}`);
  return { body: text.startsWith('{') ? JSON.parse(text) : text };
}

const PROVINCE = '19';

/** From the page to a posting and its search answer, through the published port only. */
async function walk(engine) {
  const { body: page } = await call('GET', '/');
  if (!page.includes('<div id="root"')) throw new Refusal('the page at / is not the web page.');
  const token = await officer();
  const word = `thuyền ${randomBytes(6).toString('hex')}`;
  const { body: employer } = await call('POST', '/api/v1/openings/employers', {
    token,
    body: { legalName: 'Công ty Đóng thuyền', employerType: 'nonState', provinceCode: PROVINCE },
  });
  await call('POST', `/api/v1/openings/employers/${employer.id}/approve`, { token, body: {} });
  const { body: opening } = await call('POST', '/api/v1/openings/job-openings', {
    token,
    body: {
      title: `Thợ đóng ${word}`,
      quantity: 2,
      employerId: employer.id,
      workplaces: [{ provinceCode: PROVINCE }],
      pay: { kind: 'monthly', min: 9_000_000, max: 14_000_000, currency: 'VND' },
    },
  });
  for (const action of ['submit', 'approve'])
    await call('POST', `/api/v1/openings/job-openings/${opening.id}/${action}`, { token, body: {} });
  const since = Date.now();
  for (const deadline = since + 60_000; ; await delay(100)) {
    const { body } = await call('GET', `/api/v1/matching/openings?q=${encodeURIComponent(word)}`);
    // A new index takes some seconds; until then PostgreSQL answers in its stead.
    if (body.items[0]?.id === opening.id && body.engine === engine) {
      say(`posted, approved and found after ${Date.now() - since} ms, by ${engine}`);
      break;
    }
    if (Date.now() > deadline)
      throw new Refusal(`the approved opening was not found by ${engine} within 60 s.`);
  }
  const { body: html } = await call('GET', `/viec-lam/${opening.id}`);
  if (!html.includes(word)) throw new Refusal('the page of the opening does not show it.');
}

/** A new officer's token: the first administrator makes the centre and the account, a one-time code its password. */
async function officer() {
  const password = compose(['exec', '-T', 'identity', 'cat', '/secrets/identity/admin_password'], {
    quiet: true,
  }).trim();
  const administrator = await signIn(environment.ADMIN_EMAIL, password);
  const email = 'officer@noiviec.example';
  const { body: centre } = await call('POST', '/api/v1/identity/organisations', {
    token: administrator,
    body: { kind: 'centre', name: 'Trung tâm Dịch vụ việc làm', areas: [PROVINCE] },
  });
  const { body: account } = await call('POST', '/api/v1/identity/accounts', {
    token: administrator,
    body: { email, fullName: 'Cán bộ', role: 'centreOfficer', organisationId: centre.id },
  });
  const { body: issued } = await call('POST', `/api/v1/identity/accounts/${account.id}/password-codes`, {
    token: administrator,
    body: {},
  });
  const own = randomBytes(15).toString('base64url');
  await call('POST', '/api/v1/identity/passwords', { body: { email, code: issued.code, password: own } });
  return signIn(email, own);
}

async function signIn(email, password) {
  const { body } = await call('POST', '/api/v1/identity/tokens', { body: { email, password } });
  return body.accessToken;
}

const since = Date.now();
try {
  let meilisearch = !options['postgres-search'];
  if (options['stand-ins']) {
    meilisearch = (await buildStandIns()) && meilisearch;
    if (!meilisearch && !options['postgres-search'])
      say('Meilisearch did not run: no stand-in for it without MEILI_BINARY; search is by PostgreSQL.');
    files.push('deploy/compose/stand-ins/build-network.yml');
  }
  if (options.replicated) files.push('deploy/compose/replicated.yml');
  if (!meilisearch) files.push('deploy/compose/postgres-search.yml');
  say(`building and starting as ${project} ...`);
  try {
    compose(['build', '--quiet']);
    compose(['up', '--detach', '--wait', '--wait-timeout', '300', '--quiet-pull']);
    say(`up and healthy (${seconds(since)})`);
    await walk(meilisearch ? 'meilisearch' : 'postgres');
    if (options.keep) say(`left running: ${url}; end it with \`${program.join(' ')} -p ${project} down -v\``);
  } catch (error) {
    process.stderr.write(compose(['logs', '--no-color', '--tail', '40'], { quiet: true }));
    throw error;
  } finally {
    if (!options.keep) compose(['down', '--volumes', '--timeout', '20'], { quiet: true });
  }
  say(`docker compose: all good (${seconds(since)})`);
} catch (error) {
  if (!(error instanceof Refusal)) throw error;
  if (error.details) console.error(error.details);
  say(error.message);
  process.exitCode = 1;
}
