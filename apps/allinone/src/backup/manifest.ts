import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { POSTGRES_MAJOR } from '#embedded-postgres';
import { BackupError } from './backup-error.js';

/** The first entry of a backup: what made it. */
const manifestSchema = z.object({
  format: z.literal('noi-viec-backup'),
  formatVersion: z.number().int(),
  platformVersion: z.string(),
  /** Server version, "18.4". */
  postgresVersion: z.string(),
  /** Operating system and processor, "linux-x64": a copy of PostgreSQL's files is bound to both. */
  system: z.string(),
  createdAt: z.iso.datetime(),
});
export type Manifest = z.infer<typeof manifestSchema>;

export const MANIFEST = 'manifest.json';
/** The last entry: a line per file before it, as `sha256sum` writes and checks them. */
export const CHECKSUMS = 'SHA256SUMS';
const FORMAT_VERSION = 1;

export function manifestOf(postgresVersion: string): Manifest {
  return {
    format: 'noi-viec-backup',
    formatVersion: FORMAT_VERSION,
    platformVersion: platformVersion(),
    postgresVersion,
    system: `${process.platform}-${process.arch}`,
    createdAt: new Date().toISOString(),
  };
}

/**
 * The manifest of a backup that this release can restore.
 * @throws BackupError `not-a-backup`, `other-version`, `other-system`, each with the way out
 */
export function readManifest(text: string): Manifest {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    json = undefined;
  }
  const result = manifestSchema.safeParse(json);
  if (!result.success) {
    throw new BackupError(
      'backup.not-a-backup',
      'Tệp này không phải bản sao lưu của nền tảng: phần mô tả không đọc được.',
    );
  }
  const manifest = result.data;
  const own = platformVersion();
  const from = `Bản sao lưu thuộc phiên bản ${manifest.platformVersion}`;
  if (manifest.formatVersion > FORMAT_VERSION || isNewer(manifest.platformVersion, own)) {
    throw new BackupError(
      'backup.other-version',
      `${from}, mới hơn bản đang chạy (${own}): hãy khôi phục bằng phiên bản ${manifest.platformVersion} trở lên.`,
    );
  }
  const major = manifest.postgresVersion.split('.')[0];
  if (major !== POSTGRES_MAJOR) {
    throw new BackupError(
      'backup.other-version',
      `${from} với PostgreSQL ${major}, còn bản đang chạy có PostgreSQL ${POSTGRES_MAJOR}: hãy khôi phục bằng phiên bản ${manifest.platformVersion}, rồi chuyển dữ liệu theo mục "Upgrades" của docs/operations.md.`,
    );
  }
  const system = `${process.platform}-${process.arch}`;
  if (manifest.system !== system) {
    throw new BackupError(
      'backup.other-system',
      `Bản sao lưu được tạo trên ${manifest.system}, máy này (${system}) không dùng được tệp cơ sở dữ liệu của nó: hãy khôi phục trên máy ${manifest.system}.`,
    );
  }
  return manifest;
}

/** Of the nearest package.json: the sources and the build lie at different depths below it. */
function platformVersion(): string {
  let folder = import.meta.dirname;
  while (!existsSync(join(folder, 'package.json'))) folder = dirname(folder);
  return (JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { version: string }).version;
}

function isNewer(one: string, other: string): boolean {
  return one.localeCompare(other, 'en', { numeric: true }) > 0;
}
