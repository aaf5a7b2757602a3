// `npm run kafka`: see README.md ("Kafka on this machine").
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { inRoot } from '../../scripts/lib/paths.mjs';
import { Refusal, say, seconds } from '../../scripts/lib/say.mjs';
import { install } from './artefacts.mjs';
import { startKafka } from './kafka-local.mjs';

const USAGE = `npm run kafka -- [--install] [--brokers 1|3] [--port 9092] [--data FOLDER]
  --install       fetches Apache Kafka (45 MB, once per user; needs Java 17 and Maven) and ends
  --brokers 3     three brokers, replication 3, min.insync.replicas 2; ports PORT, PORT+1, PORT+2
  --port PORT     port of the first broker on 127.0.0.1, default 9092
  --data FOLDER   where the data stay, default kafka-1 or kafka-3 under DATA_DIR (.data)`;

function readOptions() {
  let values;
  try {
    ({ values } = parseArgs({
      options: {
        install: { type: 'boolean' },
        help: { type: 'boolean' },
        brokers: { type: 'string', default: '1' },
        port: { type: 'string', default: '9092' },
        data: { type: 'string' },
      },
    }));
  } catch (error) {
    throw new Refusal(`${error.message.split('. ')[0]}; \`npm run kafka -- --help\` lists the options.`);
  }
  const [brokers, port] = [Number(values.brokers), Number(values.port)];
  if (brokers !== 1 && brokers !== 3)
    throw new Refusal(`--brokers is 1 or 3, not ${values.brokers}: three is the least that outlives one.`);
  if (!Number.isInteger(port) || port < 1 || port + brokers - 1 > 65535)
    throw new Refusal(`--port is a number from 1 to ${65536 - brokers}, not ${values.port}.`);
  const dataDir = values.data ?? join(process.env.DATA_DIR ?? inRoot('.data'), `kafka-${brokers}`);
  return { ...values, brokers, dataDir, ports: Array.from({ length: brokers }, (_, n) => port + n) };
}

/** Resolves when this is asked to end; also when npm, which started it, is gone without a word. */
function asked() {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, resolve);
    const { ppid, env } = process;
    setInterval(() => env.npm_lifecycle_event === 'kafka' && process.ppid !== ppid && resolve(), 500);
  });
}

try {
  const options = readOptions();
  if (options.help) console.log(USAGE);
  else if (options.install) await install();
  else {
    const since = Date.now();
    const ending = asked();
    // Asked to end in the middle of its start, it exits, and the brokers end with this process.
    const kafka = await Promise.race([startKafka(options), ending.then(() => undefined)]);
    if (kafka) {
      say(`Kafka is ready in ${seconds(since)}, data in ${options.dataDir}; Ctrl-C ends it`);
      console.log(`KAFKA_BROKERS=${kafka.bootstrap}`);
      await ending;
      await kafka.stop();
      say('Kafka has ended');
    }
  }
  process.exit(0);
} catch (error) {
  if (!(error instanceof Refusal)) throw error;
  if (error.details) console.error(error.details);
  say(error.message);
  process.exit(1);
}
