// Looks at everything under deploy/ that can be looked at without a cluster: `npm run check -- deploy`.
//
//   node scripts/check-deploy.mjs --install    fetches the programs first
//
// A program that is not there is named in one line; with REQUIRE_DEPLOY_TOOLS=1 that is a failure.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connectionFaults, extraFaults, fileFaults, ingressFaults } from './lib/chart-faults.mjs';
import { composeFaults } from './lib/compose-faults.mjs';
import { findTools, installTools } from './lib/deploy-tools.mjs';
import { policyFaults } from './lib/network-policies.mjs';
import { inRoot } from './lib/paths.mjs';

if (process.argv.includes('--install')) installTools();
const tools = findTools();
const work = mkdtempSync(join(tmpdir(), 'noiviec-deploy-'));
const failures = [];
const missing = [];

/** Runs a program and returns what it printed; a failure is noted with its words. */
function run(name, args, { about }) {
  if (!tools[name]) {
    missing.push(name);
    return undefined;
  }
  const result = spawnSync(tools[name], args, {
    cwd: inRoot(),
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  if (result.status === 0) return result.stdout;
  failures.push(`${about}:\n${result.error?.message ?? result.stdout + result.stderr}`);
  return undefined;
}

function checkCompose() {
  const overlays = [[], ['deploy/compose/replicated.yml'], ['deploy/compose/postgres-search.yml']];
  for (const overlay of overlays) {
    const files = ['docker-compose.yml', ...overlay];
    const about = files.join(' + ');
    const config = run(
      'compose',
      [...files.flatMap((file) => ['-f', file]), '--profile', 'tools', 'config', '--format', 'json'],
      { about },
    );
    if (config) failures.push(...composeFaults(JSON.parse(config)).map((fault) => `${about}: ${fault}`));
  }
  sameKafka();
}

/** The specs run on the version that the compose file starts. */
function sameKafka() {
  const versionIn = (file, pattern) => pattern.exec(readFileSync(inRoot(file), 'utf8'))?.[1];
  const started = versionIn('docker-compose.yml', /image: apache\/kafka:(\S+)/);
  const tested = versionIn(
    'deploy/kafka-local/pom.xml',
    /<artifactId>kafka_[\d.]+<\/artifactId>\s*<version>([^<]+)/,
  );
  if (!started || started !== tested)
    failures.push(`docker-compose.yml starts Kafka ${started}, deploy/kafka-local/pom.xml has ${tested}.`);
}

/** Values of each kind of installation that the chart knows. */
const INSTALLATIONS = {
  default: {},
  'own-meilisearch-and-secured-kafka': {
    meilisearch: { url: 'https://search.example.vn' },
    kafka: {
      ssl: true,
      caSecret: 'kafka-ca',
      sasl: { mechanism: 'scram-sha-512', username: 'noiviec', existingSecret: 'kafka-user' },
    },
    keys: { existingClaim: 'keys' },
    otlpEndpoint: 'https://collector.example.vn',
  },
  'postgres-search': {
    meilisearch: { engine: 'postgres' },
    networkPolicy: { enabled: false },
    ingress: { enabled: false },
    database: { superuserSecret: '' },
    otlpEndpoint: 'http://collector:4318',
  },
  'more-of-everything': {
    database: { pool: 10 },
    services: { matching: { maxReplicas: 20 } },
    otlpEndpoint: 'http://collector',
    extraEnv: [
      { name: 'DATA_LICENCE', value: 'CC BY 4.0' },
      {
        name: 'OTEL_EXPORTER_OTLP_HEADERS',
        valueFrom: { secretKeyRef: { name: 'collector', key: 'headers' } },
      },
    ],
  },
};

async function checkChart() {
  run('helm', ['lint', '--strict', '--quiet', 'deploy/helm/noiviec'], { about: 'helm lint' });
  for (const [name, values] of Object.entries(INSTALLATIONS)) {
    const file = join(work, `${name}.json`);
    writeFileSync(file, JSON.stringify(values));
    const manifests = run(
      'helm',
      ['template', 'noiviec', 'deploy/helm/noiviec', '--kube-version', '1.34.0', '-f', file],
      {
        about: `chart, ${name}`,
      },
    );
    if (!manifests) continue;
    // Helm deletes a hook's object before it makes it again: the keys would be lost with it.
    for (const manifest of manifests.split('\n---\n'))
      if (/^kind: PersistentVolumeClaim$/m.test(manifest) && manifest.includes('helm.sh/hook'))
        failures.push(`chart, ${name}: a claim is a hook.`);
    const rendered = join(work, `${name}.yaml`);
    writeFileSync(rendered, manifests);
    run('kubernetes-validate', ['--strict', '--quiet', rendered], { about: `manifests, ${name}` });
    await checkObjects(name, values, manifests);
  }
}

/** From where other namespaces come in, as values.yaml has them. */
const DOORS = [
  { namespace: 'ingress-nginx', pod: 'noiviec-edge', port: 8080 },
  { namespace: 'monitoring', pod: 'noiviec-edge', port: 9090 },
  { namespace: 'monitoring', pod: 'noiviec-matching', port: 9090 },
];

async function checkObjects(name, values, manifests) {
  // Nothing may be installed yet where only the programs are fetched.
  const { parseAllDocuments } = await import('yaml');
  const objects = parseAllDocuments(manifests)
    .map((document) => document.toJS())
    .filter(Boolean);
  const faults = [
    ...fileFaults(objects),
    ...connectionFaults(objects, { fit: name === 'default' }),
    ...extraFaults(objects, values.extraEnv ?? []),
    ...ingressFaults(objects),
    ...(values.networkPolicy?.enabled === false ? [] : policyFaults(objects, DOORS)),
  ];
  failures.push(...faults.map((fault) => `chart, ${name}: ${fault}`));
}

function checkMonitoring() {
  run('promtool', ['check', 'rules', 'deploy/monitoring/alerts.yml'], { about: 'alerts.yml' });
  run('promtool', ['test', 'rules', 'deploy/monitoring/alerts.test.yml'], { about: 'alerts.test.yml' });
}

try {
  run('hadolint', ['deploy/Dockerfile'], { about: 'deploy/Dockerfile' });
  checkCompose();
  await checkChart();
  checkMonitoring();
} finally {
  rmSync(work, { recursive: true, force: true });
}
for (const failure of failures) console.error(failure);
const absent = [...new Set(missing)];
if (absent.length > 0)
  console.error(
    `Not run, because they are not installed (\`node scripts/check-deploy.mjs --install\`; promtool: Debian's package prometheus): ${absent.join(', ')}.`,
  );
process.exitCode =
  failures.length > 0 || (absent.length > 0 && process.env.REQUIRE_DEPLOY_TOOLS === '1') ? 1 : 0;
