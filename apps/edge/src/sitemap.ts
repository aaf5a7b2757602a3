import type { FastifyInstance } from 'fastify';
import type { EdgeOptions } from './edge.js';

/** Addresses in one sitemap file; the protocol allows 50,000. */
const PAGE = 10_000;

interface SitemapPage {
  total: number;
  items: { id: string; updatedAt: string }[];
}

/** `robots.txt` and the sitemap of all published openings. */
export function serveSitemap(edge: FastifyInstance, { backends, publicUrl }: EdgeOptions): void {
  const read = async (page: number): Promise<SitemapPage | undefined> => {
    const answer = await backends.get('openings')?.get(`/public/sitemap?page=${page}&size=${PAGE}`);
    return answer?.status === 200 ? (JSON.parse(answer.body) as SitemapPage) : undefined;
  };
  edge.get('/robots.txt', (_, reply) =>
    reply
      .type('text/plain')
      .send(`User-agent: *\nDisallow: /api/\nDisallow: /can-bo/\nSitemap: ${publicUrl}/sitemap.xml\n`),
  );
  edge.get('/sitemap.xml', async (_, reply) => {
    const first = await read(0);
    if (!first) return reply.status(503).send();
    const files = Array.from({ length: Math.max(1, Math.ceil(first.total / PAGE)) }, (__, page) => page);
    return reply.type('application/xml').send(
      document(
        'sitemapindex',
        files.map((page) => `<sitemap><loc>${publicUrl}/sitemap-${page}.xml</loc></sitemap>`),
      ),
    );
  });
  edge.get<{ Params: { page: string } }>('/sitemap-:page(\\d{1,5}).xml', async (request, reply) => {
    const page = await read(Number(request.params.page));
    if (!page) return reply.status(503).send();
    if (page.items.length === 0 && page.total > 0) return reply.status(404).send();
    return reply.type('application/xml').send(
      document(
        'urlset',
        page.items.map(
          ({ id, updatedAt }) =>
            `<url><loc>${publicUrl}/viec-lam/${id}</loc><lastmod>${updatedAt}</lastmod></url>`,
        ),
      ),
    );
  });
}

function document(root: string, entries: readonly string[]): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n<${root} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n${entries.join('\n')}\n</${root}>\n`;
}
