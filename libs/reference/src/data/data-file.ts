import { existsSync, readFileSync } from 'node:fs';
import { parseCsv } from './csv.js';

/**
 * The data files lie beside the sources. The compiler copies only TypeScript, so from `dist/libs/reference/src/data`
 * they are read from the package's own `libs/reference/src/data`, five folders up.
 */
const FOLDERS = [
  new URL('./', import.meta.url),
  new URL('../../../../../libs/reference/src/data/', import.meta.url),
];

/** The text of a committed data file of this library. */
export function readDataFile(name: string): string {
  const folder = FOLDERS.find((candidate) => existsSync(new URL(name, candidate)));
  if (!folder) throw new Error(`Reference data ${name} is missing; looked in ${FOLDERS.join(' and ')}`);
  return readFileSync(new URL(name, folder), 'utf8');
}

/** The rows of a committed CSV file, by column name. */
export function readDataRows<Column extends string>(name: string): Record<Column, string>[] {
  return parseCsv(readDataFile(name));
}

/** Computes once, at first use: nothing is read or indexed before somebody asks. */
export function lazy<T>(compute: () => T): () => T {
  let value: { it: T } | undefined;
  return () => (value ??= { it: compute() }).it;
}
