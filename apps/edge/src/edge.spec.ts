import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { TestEdge } from '../test/edge.fixture.js';

let edge: TestEdge;
beforeAll(async () => {
  edge = await new TestEdge().start();
});
afterAll(() => edge.stop());

describe('Calls of the API', () => {
  it('go to the service that their path names, also under a further name of it', async () => {
    for (const [path, service] of [
      ['/api/v1/openings/job-openings?status=draft', 'openings'],
      ['/api/v1/matching', 'matching'],
      ['/api/v1/reference/occupations', 'matching'],
    ] as const) {
      expect(await (await edge.fetch(path, { method: 'POST' })).json()).toEqual({ service });
      expect(edge.seen.at(-1)).toMatchObject({ service, url: path, method: 'POST' });
    }
  });

  it('carry the client’s address in the edge’s header, whatever the client wrote there', async () => {
    await edge.fetch('/api/v1/openings/feed', { headers: { 'x-noiviec-edge': '203.0.113.1' } });
    expect(edge.seen.at(-1)?.edgeHeader).toBe('127.0.0.1');
    await edge.fetch('/api/v1/openings/feed', { headers: { 'x-forwarded-for': '203.0.113.1' } });
    expect(edge.seen.at(-1)?.edgeHeader).toBe('127.0.0.1');
  });

  it('carry the address that the trusted proxy saw, not the one that the client claims', async () => {
    const behind = await new TestEdge().start({ trustedProxies: 1 });
    try {
      await behind.fetch('/api/v1/openings/feed', {
        headers: { 'x-forwarded-for': '192.0.2.66, 203.0.113.9', 'x-noiviec-edge': '192.0.2.66' },
      });
      expect(behind.seen.at(-1)?.edgeHeader).toBe('203.0.113.9');
    } finally {
      await behind.stop();
    }
  });

  it('of a service that there is not are refused as a problem', async () => {
    for (const path of ['/api/v1/payroll/slips', '/api/v1/openingsx', '/api/v2/openings', '/api/']) {
      const answer = await edge.fetch(`${path}?a=1`);
      expect(answer.status).toBe(404);
      expect(answer.headers.get('content-type')).toBe('application/problem+json; charset=utf-8');
      expect(await answer.json()).toMatchObject({ code: 'edge.no-such-service', instance: path });
    }
    const english = await edge.fetch('/api/', { headers: { 'accept-language': 'en' } });
    expect(await english.json()).toMatchObject({ title: 'There is no such service' });
  });
});

describe('The web', () => {
  it('is one page for every address that it has something for', async () => {
    for (const path of ['/', '/viec-lam?q=tho.han', '/Viec-lam/', '/can-bo/tin-tuyen-dung/7/sua?a=/b/c']) {
      const answer = await edge.fetch(path);
      expect(answer.status).toBe(200);
      expect(answer.headers.get('content-type')).toBe('text/html; charset=utf-8');
      expect(answer.headers.get('cache-control')).toBe('no-cache');
      expect(await answer.text()).toContain('<div id="root">');
    }
    expect((await edge.fetch('/viec-lam', { method: 'HEAD' })).status).toBe(200);
  });

  it('says 404 with its page, which explains it, where there is nothing', async () => {
    for (const path of ['/khong-co-trang-nay', '/can-bo', '/can-bo/tin-tuyen-dung/7/xoa', '/viec-lam-moi']) {
      const answer = await edge.fetch(path);
      expect(answer.status).toBe(404);
      expect(await answer.text()).toContain('<div id="root">');
    }
    expect((await edge.fetch('/khong-co-trang-nay', { method: 'HEAD' })).status).toBe(404);
  });

  it('shows before any script where things will be, on the front page with its banner', async () => {
    const [front, other] = await Promise.all(
      ['/', '/can-bo/tin-tuyen-dung'].map(async (path) => (await edge.fetch(path)).text()),
    );
    expect(front).toContain('<div class="nv-waiting-hero"');
    expect(other).not.toContain('<div class="nv-waiting-hero"');
    for (const html of [front, other])
      expect(html).toMatch(/<noscript>\s*<p[^>]*>\s*Trang này cần JavaScript/);
  });

  it('keeps built files for a year, and the others for no longer than they stay the same', async () => {
    const built = await edge.fetch('/assets/index-Bx3f.js');
    expect(built.status).toBe(200);
    expect(built.headers.get('content-type')).toContain('javascript');
    expect(built.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    expect((await edge.fetch('/favicon.svg')).headers.get('cache-control')).toBe('no-cache');
  });

  it('answers an address that cannot be read as a problem', async () => {
    const answer = await edge.fetch('/viec-lam/%E0%A4%A');
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({ code: 'platform.url-invalid' });
  });

  it('does not answer a missing file, or a form sent to a page, with the page', async () => {
    for (const path of ['/assets/index-0ld.js', '/wp-login.php', '/apple-touch-icon.png?v=2']) {
      const answer = await edge.fetch(path);
      expect(answer.status).toBe(404);
      expect(answer.headers.get('content-type')).toContain('text/plain');
    }
    const form = await edge.fetch('/viec-lam', { method: 'POST' });
    expect(form.status).toBe(405);
    expect(form.headers.get('allow')).toBe('GET, HEAD');
  });

  it('lets no script run that is not a file of its own', async () => {
    const answer = await edge.fetch('/');
    const policy = answer.headers.get('content-security-policy') ?? '';
    for (const rule of [
      "default-src 'self'",
      "script-src 'self'",
      "object-src 'none'",
      "base-uri 'none'",
      "frame-ancestors 'none'",
      'upgrade-insecure-requests',
    ]) {
      expect(policy.split(';')).toContain(rule);
    }
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
    expect(answer.headers.get('strict-transport-security')).toContain('max-age=');
    const html = await answer.text();
    const scripts = html.match(/<script\b[^>]*>/g) ?? [];
    expect(scripts.filter((script) => !/ src="\//.test(script))).toEqual([]);
    expect(html).not.toMatch(/ on[a-z]+="/);
  });

  it('sends nobody to https when it is reached without', async () => {
    const local = await new TestEdge().start({ publicUrl: 'http://127.0.0.1:8080' });
    try {
      const { headers } = await local.fetch('/');
      expect(headers.get('content-security-policy')).not.toContain('upgrade-insecure-requests');
      expect(headers.get('strict-transport-security')).toBeNull();
    } finally {
      await local.stop();
    }
  });

  it('that was never built is a sentence that says what to do', async () => {
    await expect(new TestEdge().start({ webFolder: '/nowhere' })).rejects.toThrow('run npm run build');
  });
});

describe('The change feed', () => {
  it('is the openings service’s, under a short address', async () => {
    edge.answers.set('/feed?after=7&limit=2', { status: 200, body: '{"items":[],"nextAfter":7}' });
    const answer = await edge.fetch('/feed?after=7&limit=2');
    expect(answer.headers.get('content-type')).toBe('application/json; charset=utf-8');
    expect(answer.headers.get('cache-control')).toBe('no-cache');
    expect(await answer.json()).toEqual({ items: [], nextAfter: 7 });
    edge.answers.set('/feed', { status: 200, body: '{"items":[],"nextAfter":0}' });
    expect((await edge.fetch('/feed')).status).toBe(200);
  });

  it('passes on what the service refuses', async () => {
    edge.answers.set('/feed?after=x', { status: 422, body: '{"code":"openings.invalid"}' });
    const answer = await edge.fetch('/feed?after=x');
    expect(answer.status).toBe(422);
    expect(answer.headers.get('content-type')).toBe('application/problem+json; charset=utf-8');
    expect(await answer.json()).toEqual({ code: 'openings.invalid' });
  });

  it('says that it is not there for the moment when the service is not, and not why', async () => {
    edge.answers.set('/feed?after=9', new Error('connect ECONNREFUSED 10.0.0.3:3001'));
    const answer = await edge.fetch('/feed?after=9');
    expect(answer.status).toBe(503);
    const body = await answer.text();
    expect(JSON.parse(body)).toMatchObject({ status: 503, code: 'edge.unavailable', instance: '/feed' });
    expect(body).not.toContain('10.0.0.3');
  });
});

describe('Readiness', () => {
  it('is yes or no, and never from a cache', async () => {
    const yes = await edge.fetch('/health/ready');
    expect([yes.status, await yes.json()]).toEqual([200, { status: 'ready' }]);
    expect(yes.headers.get('cache-control')).toBe('no-store');
    edge.ready = false;
    const no = await edge.fetch('/health/ready');
    expect([no.status, await no.json()]).toEqual([503, { status: 'not ready' }]);
    edge.ready = true;
  });
});
