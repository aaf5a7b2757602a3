// Apache Kafka on this machine, without Docker: one broker or three, on loopback, with their data in a folder.
import { randomBytes } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { makeFolder } from '../../scripts/lib/make-folder.mjs';
import { commandOf, endProcess, isAlive } from '../../scripts/lib/processes.mjs';
import { Refusal, say } from '../../scripts/lib/say.mjs';
import { findJava, isInstalled, jarFolder } from './artefacts.mjs';
import { Broker, freePorts, isFree, propertiesFile } from './broker.mjs';

/** See kafka-local.d.mts. */
export function findKafka(what) {
  if (isInstalled() || process.env.REQUIRE_KAFKA) return true;
  // At the end, where it is not lost among what the tests say.
  process.once('exit', () => say(`${what} did not run: ${NOT_INSTALLED}`));
  return false;
}

const NOT_INSTALLED =
  'Kafka is not installed; `npm run kafka -- --install` does it once (needs Java 17 and Maven).';

/**
 * What a data folder says of itself.
 * @typedef {{clusterId: string, brokers: number, bootstrap?: string, starter?: number, pids?: number[]}} State
 */
const stateFile = (dataDir) => join(dataDir, 'kafka.json');
const readState = (dataDir) => {
  try {
    return /** @type {State} */ (JSON.parse(readFileSync(stateFile(dataDir), 'utf8')));
  } catch {
    return undefined;
  }
};

/** See kafka-local.d.mts. */
export async function requireKafka() {
  if (!isInstalled()) throw new Refusal(NOT_INSTALLED);
  return { java: await findJava(), jars: jarFolder() };
}

/** See kafka-local.d.mts. */
export async function startKafka({ brokers: count = 1, dataDir: folder, ports, properties = {} }) {
  const programs = await requireKafka();
  const dataDir = resolve(folder);
  const state = claim(dataDir, count);
  for (const port of ports ?? []) {
    if (!(await isFree(port)))
      throw new Refusal(`Port ${port} is taken: end what uses it, or choose another one (--port).`);
  }
  const free = await freePorts(ports ? count : 2 * count);
  const own = ports ?? free.slice(count);
  const bootstrap = own.map((port) => `127.0.0.1:${port}`).join(',');
  const brokers = own.map(
    (port, n) =>
      new Broker({
        ...{ id: n + 1, port, dataDir, ...programs, clusterId: state.clusterId },
        heap: count > 1 ? '384m' : '512m',
        properties: { ...propertiesOf(n, own, free), ...properties },
        launched: () => record({ bootstrap, starter: process.pid, pids: brokers.map(({ pid }) => pid) }),
      }),
  );
  const killAll = () => brokers.forEach((broker) => broker.killNow());
  process.once('exit', killAll);
  const record = (more) => writeFileSync(stateFile(dataDir), JSON.stringify({ ...state, ...more }, null, 2));
  let stopping = false;
  const stop = async () => {
    stopping = true;
    await Promise.all(brokers.map((broker) => broker.stop()));
    process.off('exit', killAll);
    record({});
  };
  try {
    record({});
    await Promise.all(brokers.map((broker) => broker.prepare()));
    for (const broker of brokers) broker.launch();
    await Promise.all(brokers.map((broker) => broker.ready()));
  } catch (error) {
    killAll();
    await stop();
    throw error;
  }
  const keep = (pauseAfter, signal) => {
    const isStopping = () => stopping || signal.aborted;
    for (const broker of brokers) void keepRunning(broker, pauseAfter, isStopping);
  };
  return { bootstrap, brokers, keep, stop };
}

/** Launches a broker again each time that it has ended, until `isStopping`. */
async function keepRunning(broker, pauseAfter, isStopping) {
  for (let since = Date.now(); ; since = Date.now()) {
    const how = await broker.ended();
    if (isStopping()) return;
    await sleep(pauseAfter(how, (Date.now() - since) / 1000));
    if (isStopping()) return;
    try {
      broker.launch();
    } catch (error) {
      say(`Kafka's broker ${broker.id} could not be started: ${error.message}`); // a full disk may have room later
    }
  }
}

/** Takes the folder for this process, or refuses; ends what a starter that was killed left running there. */
function claim(dataDir, count) {
  try {
    makeFolder(dataDir);
    writeFileSync(join(dataDir, '.writable'), '');
  } catch (error) {
    throw new Refusal(`The folder ${dataDir} cannot be written (${error.code}): choose another (--data).`);
  }
  const state = readState(dataDir);
  if (!state) return { clusterId: randomBytes(16).toString('base64url'), brokers: count };
  const running = runningIn(dataDir, state);
  if (running.length > 0 && isAlive(state.starter)) {
    throw new Refusal(
      `Kafka runs from ${dataDir} already, at ${state.bootstrap} (process ${state.starter}): use that one, or end it first.`,
    );
  }
  if (running.length > 0) say('ending the brokers that an earlier run left behind ...');
  for (const pid of running) endProcess(pid, ['SIGTERM', 'SIGKILL'], 12_000);
  if (state.brokers !== count) {
    throw new Refusal(
      `The folder ${dataDir} holds ${state.brokers} broker(s), not ${count}: start with --brokers ${state.brokers}, or choose another folder (--data).`,
    );
  }
  return { clusterId: state.clusterId, brokers: count };
}

/** Brokers that run with their data in this folder. */
function runningIn(dataDir, state) {
  return (state.pids ?? []).filter(
    (pid, n) => isAlive(pid) && commandOf(pid).includes(propertiesFile(dataDir, n + 1)),
  );
}

/** Ends at once what runs with its data in this folder, which nobody needs any more. */
export function endAbandoned(dataDir) {
  const state = readState(resolve(dataDir));
  if (state) for (const pid of runningIn(resolve(dataDir), state)) endProcess(pid, ['SIGKILL'], 2_000);
}

/** Properties of the n-th broker: a broker and a controller in one, reachable from this machine only. */
function propertiesOf(n, ports, controllerPorts) {
  const voters = controllerPorts.slice(0, ports.length).map((port, i) => `${i + 1}@127.0.0.1:${port}`);
  const copies = ports.length;
  const inSync = copies > 1 ? 2 : 1;
  return {
    'process.roles': 'broker,controller',
    'node.id': n + 1,
    'controller.quorum.voters': voters.join(','),
    listeners: `PLAINTEXT://127.0.0.1:${ports[n]},CONTROLLER://127.0.0.1:${controllerPorts[n]}`,
    'advertised.listeners': `PLAINTEXT://127.0.0.1:${ports[n]}`,
    'controller.listener.names': 'CONTROLLER',
    'listener.security.protocol.map': 'PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT',
    'auto.create.topics.enable': false,
    'default.replication.factor': copies,
    'min.insync.replicas': inSync,
    'offsets.topic.replication.factor': copies,
    // Kafka's 50 are for hundreds of groups; a few make the first start of a group quick.
    'offsets.topic.num.partitions': 6,
    'transaction.state.log.replication.factor': copies,
    'transaction.state.log.min.isr': inSync,
    'transaction.state.log.num.partitions': 6,
    'share.coordinator.state.topic.replication.factor': copies,
    'share.coordinator.state.topic.min.isr': inSync,
    'group.initial.rebalance.delay.ms': 0,
  };
}
