/**
 * A process that runs the embedded server as the platform does, so that tests can kill it. Its argument is the
 * options as JSON; it writes one JSON line per event and stops on the line "stop".
 */
import { existsSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

// The sources run as they are: an import of ./x.js is the file x.ts.
registerHooks({
  resolve(specifier, context, next) {
    if (specifier.startsWith('.') && specifier.endsWith('.js')) {
      const source = new URL(specifier.replace(/\.js$/, '.ts'), context.parentURL);
      if (existsSync(fileURLToPath(source))) return next(source.href, context);
    }
    return next(specifier, context);
  },
});

const tell = (event) => console.log(JSON.stringify(event));
process.on('SIGINT', () => tell({ event: 'interrupted' }));

const { startEmbeddedPostgres } = await import('../index.js');
const log = (message) => tell({ event: 'log', message });
try {
  const server = await startEmbeddedPostgres({
    ...JSON.parse(process.argv[2]),
    logger: { info: log, warn: log, error: log },
  });
  const url = await server.ensureDatabase('openings', 'openings');
  tell({ event: 'ready', url, superuserUrl: server.superuserUrl });
  createInterface(process.stdin).once('line', async () => {
    await server.stop();
    process.exit(0);
  });
} catch (error) {
  tell({ event: 'error', code: error.code, message: error.message });
  process.exit(1);
}
