import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Problem, Tokens } from '#platform';

/** An import of about half a million postings, bytes. */
const LARGEST_FILE = 64 * 1024 * 1024;

/** Takes CSV files as request bodies: only from people who are signed in, so that nobody else fills the memory. */
export function acceptCsv(app: NestFastifyApplication): void {
  const fastify: FastifyInstance = app.getHttpAdapter().getInstance();
  const tokens = app.get(Tokens);
  fastify.addContentTypeParser(
    'text/csv',
    async (request: FastifyRequest, payload: AsyncIterable<Buffer>) => {
      const token = /^Bearer (.+)$/i.exec(request.headers.authorization ?? '')?.[1];
      const caller = token && (await tokens.verify(token, 'openings').catch(() => undefined));
      // The guard refuses the request; what it carries is not read.
      if (!caller) return undefined;
      const chunks: Buffer[] = [];
      let size = 0;
      for await (const chunk of payload) {
        size += chunk.length;
        if (size > LARGEST_FILE) {
          throw new Problem({
            status: 413,
            code: 'openings.import-too-large',
            title: { vi: 'Tệp quá lớn', en: 'The file is too large' },
            detail: { vi: 'Tối đa 64 MB; hãy chia tệp.', en: 'At most 64 MB; split the file.' },
          });
        }
        chunks.push(chunk);
      }
      return Buffer.concat(chunks);
    },
  );
}
