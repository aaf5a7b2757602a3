import { fileURLToPath } from 'node:url';
import { join } from 'node:path';

/** Root of the repository. */
export const root = fileURLToPath(new URL('../..', import.meta.url)).replace(/[\\/]$/, '');
export const inRoot = (...parts) => join(root, ...parts);
