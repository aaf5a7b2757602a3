import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { errorCodes, type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { type Principal, Problem, Tokens } from '#platform';
import { LARGEST_IMPORT_MB } from '#reference';

const LARGEST_FILE = LARGEST_IMPORT_MB * 1024 * 1024;
/** Files that are taken in at the same time; each is in memory until it is stored. */
const AT_ONCE = 2;
const RETRY_SECONDS = 5;

/**
 * Takes CSV files as request bodies: only from those who may import, and only a few at a time, so that nobody
 * fills the memory. Of anything else handed in as an import nothing is kept: the controller says what it takes.
 */
export function acceptCsv(app: NestFastifyApplication): void {
  const fastify: FastifyInstance = app.getHttpAdapter().getInstance();
  const tokens = app.get(Tokens);
  const replies = new WeakMap<FastifyRequest, FastifyReply>();
  let underWay = 0;
  /** The guard refuses those who may not; what they send is not read. */
  const mayImport = async ({ headers }: FastifyRequest): Promise<boolean> => {
    const token = /^Bearer (.+)$/i.exec(headers.authorization ?? '')?.[1];
    const caller = token && (await tokens.verify(token, 'openings').catch(() => undefined));
    return caller ? isImporter(caller) : false;
  };
  fastify.addHook('onRequest', (request, reply, done) => {
    if (isImport(request)) replies.set(request, reply);
    done();
  });
  fastify.addContentTypeParser('*', async (request: FastifyRequest, payload: AsyncIterable<Buffer>) => {
    if (!isImport(request)) {
      if (request.is404) return undefined;
      throw new errorCodes.FST_ERR_CTP_INVALID_MEDIA_TYPE();
    }
    const response = replies.get(request)?.raw;
    // Nor is read what nobody waits for any more.
    if (!(await mayImport(request)) || !response || response.destroyed) return undefined;
    if (!isCsv(request)) return drop(payload);
    if (underWay >= AT_ONCE) throw busy();
    underWay += 1;
    response.once('close', () => (underWay -= 1));
    return read(payload);
  });
}

const isImport = ({ routeOptions: { method, url } }: FastifyRequest): boolean =>
  method === 'POST' && url?.endsWith('/imports') === true;

const isCsv = ({ headers }: FastifyRequest): boolean =>
  /^text\/csv\s*(;|$)/i.test(headers['content-type'] ?? '');

const isImporter = ({ role }: Principal): boolean => role === 'centreOfficer' || role === 'administrator';

/**
 * What is too large is read to its end and dropped: an answer in the middle of it breaks the upload off, and who
 * sends it, or an edge in between, would see a broken connection instead of the reason.
 */
async function read(payload: AsyncIterable<Buffer>): Promise<Buffer> {
  let chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of payload) {
    size += chunk.length;
    if (size > LARGEST_FILE) chunks = [];
    else chunks.push(chunk);
  }
  if (size > LARGEST_FILE) throw tooLarge();
  return Buffer.concat(chunks);
}

async function drop(payload: AsyncIterable<Buffer>): Promise<undefined> {
  for await (const _ of payload);
  return undefined;
}

function tooLarge(): Problem {
  return new Problem({
    status: 413,
    code: 'openings.import-too-large',
    title: { vi: 'Tệp quá lớn', en: 'The file is too large' },
    detail: {
      vi: `Tối đa ${LARGEST_IMPORT_MB} MB; hãy chia tệp.`,
      en: `At most ${LARGEST_IMPORT_MB} MB; split the file.`,
    },
  });
}

function busy(): Problem {
  return new Problem({
    status: 503,
    code: 'openings.import-busy',
    title: { vi: 'Đang nhận các tệp khác', en: 'Other files are being taken in' },
    detail: { vi: 'Hãy thử lại sau vài giây.', en: 'Try again in a few seconds.' },
    headers: { 'retry-after': String(RETRY_SECONDS) },
  });
}
