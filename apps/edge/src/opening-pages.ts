import type { FastifyInstance } from 'fastify';
import type { JobOpeningState } from '#contracts';
import type { EdgeOptions } from './edge.js';
import { endedPage, openingPage } from './opening-page.js';
import { readTemplate, sendPage } from './web.js';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** Opening pages rendered on the server, so that search engines and slow phones read them without scripts. */
export function serveOpeningPages(
  edge: FastifyInstance,
  { backends, webFolder, publicUrl }: EdgeOptions,
): void {
  const template = readTemplate(webFolder);
  edge.get<{ Params: { id: string } }>('/viec-lam/:id', async (request, reply) => {
    const { id } = request.params;
    const openings = backends.get('openings');
    if (!openings || !UUID.test(id)) return sendPage(reply, 404, template.render({}));
    const answer = await openings.get(`/public/job-openings/${id.toLowerCase()}`);
    if (answer.status === 200) {
      const opening = JSON.parse(answer.body) as JobOpeningState;
      return sendPage(reply, 200, template.render(openingPage(opening, publicUrl)));
    }
    if (answer.status === 410) {
      const { openingTitle } = JSON.parse(answer.body) as { openingTitle?: string };
      return sendPage(reply, 410, template.render(endedPage(openingTitle ?? '')));
    }
    return sendPage(reply, answer.status === 404 ? 404 : 503, template.render({}));
  });
}
