import { randomBytes } from 'node:crypto';
import {
  chownSync,
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { services } from './services.js';

// `secrets.js FOLDER`: the passwords of a Docker Compose deployment, a folder for each reader and a file for each
// password, made at the first start. What is there stays: to bring one of your own, put its file there before.

/** The unprivileged user of the image. */
const NODE_UID = 1000;

const random = (): string => randomBytes(24).toString('base64url');

function writeOnce(folder: string, name: string, content: () => string): void {
  const file = join(folder, name);
  if (existsSync(file)) return;
  const next = openSync(`${file}.next`, 'w', 0o400);
  writeSync(next, `${content()}\n`);
  fsyncSync(next);
  closeSync(next);
  if (process.getuid?.() === 0) chownSync(`${file}.next`, NODE_UID, NODE_UID);
  renameSync(`${file}.next`, file);
  console.log(`made ${name}`);
}

const [folder] = process.argv.slice(2);
if (!folder) {
  console.error('Say where: secrets.js FOLDER');
  process.exit(1);
}
const folderOf = (reader: string): string => {
  const own = join(folder, reader);
  mkdirSync(own, { recursive: true, mode: 0o711 });
  return own;
};
const superuser = folderOf('superuser');
writeOnce(superuser, 'postgres_password', random);
const password = encodeURIComponent(readFileSync(join(superuser, 'postgres_password'), 'utf8').trim());
writeOnce(superuser, 'database_url', () => `postgres://postgres:${password}@postgres:5432/postgres`);
writeOnce(folderOf('meilisearch'), 'meili_key', random);
writeOnce(folderOf('identity'), 'admin_password', random);
for (const { name } of services)
  writeOnce(folderOf(name), 'database_url', () => `postgres://${name}:${random()}@postgres:5432/${name}`);
