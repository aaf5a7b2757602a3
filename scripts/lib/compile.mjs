// Compiles the TypeScript of apps/, libs/ and bench/ with SWC, in this process and without type checking
// (`npm run typecheck` does that), and copies their other files beside, so that `new URL('../data/x.csv',
// import.meta.url)` means the same file in the sources and in dist.
import { constants } from 'node:fs';
import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import { basename, dirname, join, relative } from 'node:path';
import { inRoot } from './paths.mjs';
import { Refusal } from './say.mjs';

const NOT_SHIPPED = /\.(spec|e2e|faults|cluster|meili)\.ts$|\.d\.ts$|\.md$|\/test\//;

/** Is this a file of the server's build (the web pages have a bundler of their own)? */
export const isServerSource = (path) => !path.startsWith('apps/web/') && !NOT_SHIPPED.test(path);

/**
 * @param {string} outDir absolute
 * @param {string[]} paths sources from the root; those outside apps, libs and bench only belong to the stamp
 */
export async function compileServer(outDir, paths) {
  const { transformFile } = await import('@swc/core');
  const sources = paths.filter((path) => /^(apps|libs|bench)\//.test(path));
  await Promise.all(
    [...new Set(sources.map((path) => dirname(path)))].map((d) =>
      mkdir(join(outDir, d), { recursive: true }),
    ),
  );
  const failures = [];
  const emit = async (path) => {
    if (!path.endsWith('.ts')) return copyFile(inRoot(path), join(outDir, path), constants.COPYFILE_FICLONE);
    const to = join(outDir, path.replace(/\.ts$/, '.js'));
    try {
      // The map names the source as seen from dist, where the file ends up, not from the folder it is built in.
      const sourceFileName = relative(inRoot('dist', dirname(path)), inRoot(path));
      const { code, map } = await transformFile(inRoot(path), {
        configFile: inRoot('.swcrc'),
        sourceFileName,
      });
      await writeFile(to, `${code}\n//# sourceMappingURL=${basename(to)}.map\n`);
      await writeFile(`${to}.map`, map);
    } catch (error) {
      failures.push(`${path}: ${error.message}`);
    }
  };
  await Promise.all(sources.map(emit));
  if (failures.length > 0)
    throw new Refusal(
      `${failures.length} source file(s) do not compile, for the reasons above: correct them (or \`git checkout\` them), then run the same command again.`,
      failures.join('\n'),
    );
}
