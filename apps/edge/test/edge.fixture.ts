import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import type { Backend } from '../src/backend.js';
import { closeEdge, createEdge, type EdgeOptions } from '../src/edge.js';

/** What a service behind the edge got to see of a client's request. */
export interface Seen {
  service: string;
  method: string;
  url: string;
  edgeHeader: unknown;
}

export interface Answer {
  status: number;
  body: string;
}

const INDEX = join(import.meta.dirname, '../../web/index.html');

/** Addresses of pages, as the web's build lists them. */
const PATHS = ['/', '/viec-lam', '/viec-lam/:id', '/can-bo/tin-tuyen-dung', '/can-bo/tin-tuyen-dung/:id/sua'];

/** A folder with the web's page and addresses as its build writes them; who asks removes it. */
export async function builtWeb(): Promise<string> {
  const folder = await mkdtemp(join(process.env['NOIVIEC_TEST_RUN_DIR'] ?? tmpdir(), 'edge-'));
  await cp(INDEX, join(folder, 'index.html'));
  await writeFile(join(folder, 'paths.json'), JSON.stringify(PATHS));
  return folder;
}

/** The edge over HTTP before services that answer what the test says; the web is its page and two files. */
export class TestEdge {
  readonly seen: Seen[] = [];
  /** What the services were asked for the edge's own pages. */
  readonly read: string[] = [];
  /** Answers of the openings service by path; an Error is a service that cannot be reached. */
  readonly answers = new Map<string, Answer | Error>();
  ready = true;
  private edge?: FastifyInstance;
  private folder?: string;

  async start(options: Partial<EdgeOptions> = {}): Promise<this> {
    this.folder = await builtWeb();
    await mkdir(join(this.folder, 'assets'));
    await writeFile(join(this.folder, 'assets/index-Bx3f.js'), 'export {};');
    await writeFile(join(this.folder, 'favicon.svg'), '<svg xmlns="http://www.w3.org/2000/svg"/>');
    const openings = this.backend('openings');
    const matching = this.backend('matching');
    this.edge = await createEdge({
      backends: new Map([
        ['openings', openings],
        ['matching', matching],
        ['reference', matching],
      ]),
      ready: () => Promise.resolve(this.ready),
      webFolder: this.folder,
      publicUrl: 'https://viec.example',
      ...options,
    });
    await this.edge.listen({ host: '127.0.0.1', port: 0 });
    return this;
  }

  fetch(path: string, init?: RequestInit): Promise<Response> {
    const { port } = this.edge!.server.address() as AddressInfo;
    return fetch(`http://127.0.0.1:${port}${path}`, init);
  }

  async stop(): Promise<void> {
    if (this.edge) await closeEdge(this.edge);
    if (this.folder) await rm(this.folder, { recursive: true, force: true });
  }

  private backend(service: string): Backend {
    return {
      handle: (request, response) => {
        const { method = '', url = '', headers } = request;
        this.seen.push({ service, method, url, edgeHeader: headers['x-noiviec-edge'] });
        response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ service }));
      },
      get: (path) => {
        this.read.push(path);
        const answer = this.answers.get(path);
        if (answer instanceof Error) return Promise.reject(answer);
        return Promise.resolve(answer ?? { status: 404, body: '{"status":404}' });
      },
    };
  }
}
