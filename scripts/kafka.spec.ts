import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { chmodSync, existsSync, readdirSync } from 'node:fs';
import { Clone } from './test/clone.js';

describe('npm run kafka says in one sentence what it lacks', () => {
  let clone: Clone;
  beforeEach(() => {
    clone = new Clone({}, ['deploy/kafka-local']);
  });
  afterEach(() => clone.remove());

  /** With no programs but those given, as shell scripts, and an empty cache. */
  const kafka = async (
    args: string[],
    programs: Record<string, string> = {},
    cache = clone.path('cache'),
  ) => {
    for (const [name, script] of Object.entries({ none: '', ...programs })) {
      clone.write({ [`bin/${name}`]: `#!/bin/sh\n${script}` });
      chmodSync(clone.path('bin', name), 0o755);
    }
    const { code, output } = await clone.run(['deploy/kafka-local/main.mjs', ...args], {
      ...{ PATH: clone.path('bin'), JAVA_HOME: '', XDG_CACHE_HOME: cache },
    });
    return { code, lines: output.trim().split('\n') };
  };
  const java = (version: string) => `echo 'openjdk version "${version}" 2025-04-15' >&2`;
  const refusal = (text: string) => ({ code: 1, lines: [expect.stringContaining(text)] });

  it('when it was not installed', async () => {
    expect(await kafka([])).toEqual(refusal('`npm run kafka -- --install` does it once'));
  });

  it('when Java is missing or too old', async () => {
    expect(await kafka(['--install'])).toEqual(refusal('needs Java 17 or newer and found none: install one'));
    expect(await kafka(['--install'], { java: java('11.0.2') })).toEqual(
      refusal('needs Java 17 or newer and found Java 11: install one'),
    );
  });

  it('when its files cannot be kept', async () => {
    expect(await kafka(['--install'], { java: java('17.0.15') }, '/proc/nope')).toEqual(
      refusal("Kafka's files cannot be written to /proc/nope/noi-viec/kafka-"),
    );
  });

  it('when Maven is missing', async () => {
    expect((await kafka(['--install'], { java: java('17.0.15') })).lines.at(-1)).toContain(
      'Maven, which is not installed: install it',
    );
  });

  it('when Maven Central cannot be reached, and leaves nothing half-installed', async () => {
    const mvn = 'echo "Unknown host repo.maven.apache.org"; exit 1';
    const { code, lines } = await kafka(['--install'], { java: java('21.0.1'), mvn });
    expect({ code, lines: lines.slice(1) }).toEqual({
      code: 1,
      lines: [
        'Unknown host repo.maven.apache.org',
        expect.stringContaining('Maven could not fetch Kafka for the reason above: check the network'),
      ],
    });
    expect(existsSync(clone.path('cache/noi-viec')) && readdirSync(clone.path('cache/noi-viec'))).toEqual([]);
  });

  it('when an option is none', async () => {
    expect(await kafka(['--port', 'x'])).toEqual(refusal('--port is a number from 1 to 65535, not x'));
    expect(await kafka(['--brokers', '2'])).toEqual(refusal('--brokers is 1 or 3, not 2'));
    expect(await kafka(['--broker'])).toEqual(refusal("Unknown option '--broker'"));
  });
});
