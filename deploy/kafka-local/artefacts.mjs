// Kafka's jars: fetched once from Maven Central into the user's cache, which every clone of the project shares.
import { execFile, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { makeFolder } from '../../scripts/lib/make-folder.mjs';
import { Refusal, say, seconds } from '../../scripts/lib/say.mjs';

const POM = join(import.meta.dirname, 'pom.xml');
const JAVA = 17;

/** Folder of the jars that pom.xml names; another pom.xml has another folder. */
export function jarFolder() {
  const cache = process.env.XDG_CACHE_HOME || join(homedir(), '.cache');
  const content = createHash('sha256').update(readFileSync(POM)).digest('hex').slice(0, 12);
  return join(cache, 'noi-viec', `kafka-${content}`);
}

/** The folder gets its name when it is complete. */
export const isInstalled = () => existsSync(jarFolder());

/**
 * Fetches the jars when they are not there (45 MB).
 * @throws Refusal when Java or Maven are missing, or Maven Central cannot be reached
 */
export async function install() {
  await findJava();
  const folder = jarFolder();
  if (isInstalled()) return say('Apache Kafka is installed already');
  const since = Date.now();
  let next;
  try {
    makeFolder(dirname(folder));
    next = mkdtempSync(`${folder}-next-`);
  } catch (error) {
    throw new Refusal(
      `Kafka's files cannot be written to ${folder} (${error.code}): make that folder writable for your account, or set XDG_CACHE_HOME to one that is.`,
    );
  }
  try {
    say('fetching Apache Kafka from Maven Central ...');
    await runMaven(['dependency:copy-dependencies', '-DincludeScope=runtime', `-DoutputDirectory=${next}`]);
    if (!isInstalled()) renameSync(next, folder);
  } catch (error) {
    // Another clone may have been quicker.
    if (!isInstalled()) throw error;
  } finally {
    rmSync(next, { recursive: true, force: true });
  }
  say(`Apache Kafka is installed (${seconds(since)})`);
}

/** @returns {Promise<string>} a Java of at least version 17; JAVA_HOME's comes before the path's */
export async function findJava() {
  const java = process.env.JAVA_HOME ? join(process.env.JAVA_HOME, 'bin', 'java') : 'java';
  // `java -version` answers on standard error: openjdk version "17.0.15" 2025-04-15
  const { stderr } = await promisify(execFile)(java, ['-version']).catch(() => ({ stderr: '' }));
  const version = Number(/version "(\d+)/.exec(stderr)?.[1] ?? 0);
  if (version >= JAVA) return java;
  throw new Refusal(
    `Kafka needs Java ${JAVA} or newer and ${version > 0 ? `found Java ${version}` : 'found none'}: install one (Debian: \`apt-get install openjdk-${JAVA}-jre-headless\`), or set JAVA_HOME.`,
  );
}

function runMaven(args) {
  return new Promise((resolve, reject) => {
    const child = spawn(
      'mvn',
      ['--batch-mode', '--no-transfer-progress', '--quiet', '-Dstyle.color=never', '-f', POM, ...args],
      {
        stdio: ['ignore', 'pipe', 'pipe'],
        shell: process.platform === 'win32',
      },
    );
    let output = '';
    const collect = (chunk) => (output = (output + chunk).slice(-20_000));
    child.stdout.on('data', collect);
    child.stderr.on('data', collect);
    child.once('error', () =>
      reject(
        new Refusal(
          'Kafka is fetched by Maven, which is not installed: install it (Debian: `apt-get install maven`), then run the same command again.',
        ),
      ),
    );
    child.once('close', (code) => {
      if (code === 0) return resolve();
      reject(
        new Refusal(
          'Maven could not fetch Kafka for the reason above: check the network, or the proxy or mirror in ~/.m2/settings.xml, then run the same command again.',
          output.trim(),
        ),
      );
    });
  });
}
