// Adds to package-lock.json the optional platform packages that the registry in use could not show npm
// (a mirror may lack, say, the macOS builds): `npm ci` refuses a lockfile in which they are absent, although
// it would skip them on this platform anyway. Run after `npm install` whenever dependencies change.
import { readFileSync, writeFileSync } from 'node:fs';

const OS = {
  darwin: 'darwin',
  linux: 'linux',
  win32: 'win32',
  windows: 'win32',
  android: 'android',
  freebsd: 'freebsd',
  openbsd: 'openbsd',
  netbsd: 'netbsd',
  openharmony: 'openharmony',
  sunos: 'sunos',
  aix: 'aix',
};
const CPU = [
  'x64',
  'arm64',
  'arm',
  'ia32',
  'ppc64',
  'ppc64le',
  's390x',
  'riscv64',
  'wasm32',
  'loong64',
  'mips64el',
];

const file = new URL('../package-lock.json', import.meta.url);
const lock = JSON.parse(readFileSync(file, 'utf8'));
const added = [];
for (const [path, entry] of Object.entries(lock.packages)) {
  for (const [name, range] of Object.entries(entry.optionalDependencies ?? {})) {
    if (lock.packages[`node_modules/${name}`] ?? lock.packages[`${path}/node_modules/${name}`]) continue;
    const version = range.replace(/^[\^~]/, '');
    if (!/^\d+\.\d+\.\d+/.test(version)) throw new Error(`${name}: cannot place the range ${range}`);
    const words = name.split(/[/-]/);
    const os = words.map((w) => OS[w]).find(Boolean);
    const cpu = words.find((w) => CPU.includes(w)) ?? (words.includes('arm') ? 'arm' : undefined);
    if (!os && !cpu) throw new Error(`${name}: no platform in its name`);
    lock.packages[`node_modules/${name}`] = {
      version,
      ...(cpu && { cpu: [cpu] }),
      dev: true,
      optional: true,
      ...(os && { os: [os] }),
    };
    added.push(`${name}@${version}`);
  }
}
lock.packages = Object.fromEntries(Object.entries(lock.packages).sort(([a], [b]) => (a < b ? -1 : 1)));
writeFileSync(file, JSON.stringify(lock, null, 2) + '\n');
console.log(added.length ? `added ${added.length}: ${added.join(', ')}` : 'nothing was missing');
