// One installation or build at a time per clone. The lock is a listening socket, because the operating system
// takes it back when its holder dies, kill -9 included; a lock file would stay. `npm ci` and Vite inherit the
// socket (see run.mjs), so when only the bootstrap is killed, the next one waits until its orphan has ended too.
import { createHash } from 'node:crypto';
import { rmSync, realpathSync } from 'node:fs';
import net from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from './paths.mjs';
import { say, seconds, showProgress } from './say.mjs';

const name = `noi-viec-${createHash('sha256').update(realpathSync(root)).digest('hex').slice(0, 16)}`;
const address =
  process.platform === 'linux'
    ? `\0${name}`
    : process.platform === 'win32'
      ? `\\\\.\\pipe\\${name}`
      : join(tmpdir(), `${name}.sock`);

let server;

/** The descriptor that children inherit to keep the lock while they live; undefined when not locked (or on Windows). */
export const lockDescriptor = () => (server?._handle?.fd >= 0 ? server._handle.fd : undefined);

function tryListen() {
  return new Promise((resolve, reject) => {
    const candidate = net.createServer((socket) => socket.destroy());
    candidate.once('error', (error) => (error.code === 'EADDRINUSE' ? resolve(undefined) : reject(error)));
    candidate.listen(address, () => resolve(candidate));
  });
}

/** A socket file whose holder died (neither Linux nor Windows has such) is removed. */
function removeIfAbandoned() {
  if (process.platform === 'linux' || process.platform === 'win32') return undefined;
  return new Promise((resolve) => {
    const probe = net.connect(address);
    probe.once('connect', () => resolve(probe.destroy()));
    probe.once('error', (error) => {
      if (error.code === 'ECONNREFUSED') rmSync(address, { force: true });
      resolve();
    });
  });
}

/** Runs `work` while holding this clone's lock, waiting for other holders first. */
export async function withLock(work) {
  const since = Date.now();
  let endProgress;
  while (!(server = await tryListen())) {
    if (!endProgress) {
      say('another npm command is installing or building in this folder; waiting for it ...');
      endProgress = showProgress(() => `waiting for the other npm command: ${seconds(since)}`, 10_000);
    }
    await removeIfAbandoned();
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  endProgress?.();
  try {
    return await work();
  } finally {
    server.close();
    server = undefined;
  }
}
