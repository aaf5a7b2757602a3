import { afterEach, describe, expect, it } from '@jest/globals';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Kafka, logLevel } from 'kafkajs';
import { eventually, freePort } from '#platform/testing';
import { isAlive } from './lib/processes.mjs';

const MAIN = resolve(import.meta.dirname, '../deploy/kafka-local/main.mjs');
const WAIT = { timeoutMs: 90_000 };

interface Run {
  process: ChildProcess;
  output: () => string;
  ended: Promise<unknown>;
}

describe('npm run kafka', () => {
  const folder = mkdtempSync(join(tmpdir(), 'noi-viec-kafka-'));
  let runs: Run[] = [];
  let other: Server | undefined;

  const start = (...args: string[]): Run => {
    const child = spawn(process.execPath, [MAIN, '--data', folder, ...args], { env: process.env });
    let output = '';
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
    const run = { process: child, output: () => output, ended: once(child, 'close') };
    runs.push(run);
    return run;
  };
  const ready = (run: Run, port: number) =>
    eventually(() => Promise.resolve(run.output().includes(`KAFKA_BROKERS=127.0.0.1:${port}`)), WAIT);
  const javas = (): number[] =>
    (JSON.parse(readFileSync(join(folder, 'kafka.json'), 'utf8')) as { pids?: number[] }).pids ?? [];
  const topics = async (port: number, create?: string): Promise<string[]> => {
    const admin = new Kafka({ brokers: [`127.0.0.1:${port}`], logLevel: logLevel.NOTHING }).admin();
    await admin.connect();
    if (create) await admin.createTopics({ topics: [{ topic: create }] });
    const names = await admin.listTopics();
    await admin.disconnect();
    return names;
  };

  afterEach(async () => {
    for (const { process: child, ended } of runs) {
      child.kill('SIGTERM');
      await ended;
    }
    runs = [];
    other?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it('keeps its data, refuses a second one, and leaves no Java behind, killed or not', async () => {
    const port = await freePort();
    const first = start('--port', String(port));
    await ready(first, port);
    await topics(port, 'kept');

    const second = start('--port', String(await freePort()));
    await second.ended;
    expect(second.output()).toContain(`Kafka runs from ${folder} already, at 127.0.0.1:${port}`);

    const [java = 0] = javas();
    first.process.kill('SIGTERM');
    await first.ended;
    expect([first.process.exitCode, isAlive(java), javas()]).toEqual([0, false, []]);

    const again = start('--port', String(port));
    await ready(again, port);
    expect(await topics(port)).toContain('kept');
    const [orphan = 0] = javas();
    again.process.kill('SIGKILL');
    await again.ended;
    expect(isAlive(orphan)).toBe(true);

    const last = start('--port', String(port));
    await ready(last, port);
    expect(last.output()).toContain('ending the brokers that an earlier run left behind');
    expect(isAlive(orphan)).toBe(false);
    expect(await topics(port)).toContain('kept');
  }, 240_000);

  it('starts from a folder whose id, chosen before it was formatted, looks like an option', async () => {
    const clusterId = '-bcdefghijklmnopqrstuA';
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'kafka.json'), JSON.stringify({ clusterId, brokers: 1 }));
    const port = await freePort();
    await ready(start('--port', String(port)), port);
    expect(readFileSync(join(folder, 'broker-1', 'log', 'meta.properties'), 'utf8')).toContain(
      `cluster.id=${clusterId}\n`,
    );
    await topics(port, 'made');
  }, 120_000);

  it('says that the data folder cannot be made', async () => {
    const refused = start('--data', '/proc/nope');
    await refused.ended;
    expect(refused.output()).toMatch(/The folder \/proc\/nope cannot be written \(E[A-Z]+\): choose another/);
    expect(refused.process.exitCode).toBe(1);
  });

  it('says that a port is taken', async () => {
    other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as { port: number };
    const refused = start('--port', String(port));
    await refused.ended;
    expect(refused.output()).toContain(`Port ${port} is taken: end what uses it, or choose another one`);
    expect(refused.process.exitCode).toBe(1);
  });
});
