import { describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { expectAccessible } from './browser.js';
import { inBrowser } from './site.js';

/** Holds up the answers to what matches until the returned function is called. */
async function hold(page: Page, what: RegExp): Promise<() => void> {
  let release!: () => void;
  const released = new Promise<void>((resolve) => (release = resolve));
  await page.route(what, async (route) => {
    await released;
    await route.continue();
  });
  return release;
}

/** Adds up how much of what is seen has moved since the page came (the browser's layout shift score). */
const watchShifts = (page: Page): Promise<unknown> =>
  page.addInitScript(`
    window.shifted = 0;
    new PerformanceObserver((list) => list.getEntries().forEach((entry) => (shifted += entry.value)))
      .observe({ type: 'layout-shift', buffered: true });`);

const brandBox = (page: Page) => page.getByRole('link', { name: 'Nối Việc' }).boundingBox();

inBrowser(240_000, (site) => {
  describe.each(['phone', 'desk'] as const)('a page on a %s', (device) => {
    it.each(['/', '/viec-lam?q=tho+han', '/dang-nhap'])(
      'shows whose it is before scripts and styles have come, and nothing moves when they do: %s',
      async (path) => {
        const page = await site.open(device);
        await watchShifts(page);
        const release = await hold(page, /\/assets\//);
        await page.goto(site.url + path, { waitUntil: 'commit' });
        await page.locator('.nv-waiting-card').first().waitFor();
        const before = await brandBox(page);
        expect(await page.locator('.nv-waiting-hero').count()).toBe(path === '/' ? 1 : 0);
        await expectAccessible(page);
        release();
        await page.getByRole('heading', { level: 1 }).waitFor();
        expect(await brandBox(page)).toEqual(before);
        await page.waitForLoadState('networkidle');
        expect(await page.evaluate<number>('shifted')).toBeLessThan(0.02);
        expect(await page.locator('#shell').count()).toBe(0);
        // The library's own colours do not come after ours.
        const text = `getComputedStyle(document.documentElement).getPropertyValue('--mantine-color-text')`;
        expect(await page.evaluate(text)).toBe('#16272b');
        await page.context().close();
      },
      60_000,
    );

    it('says in Vietnamese that it needs JavaScript where there is none', async () => {
      const page = await site.openWithoutScripts();
      await page.goto(site.url);
      const note = page.locator('noscript .nv-note');
      expect(await note.isVisible()).toBe(true);
      expect(await note.innerText()).toContain('Trang này cần JavaScript');
      expect(await page.locator('.nv-waiting').isVisible()).toBe(false);
      await page.close();
    }, 60_000);

    it('has the menu of its user at once when it is loaded again', async () => {
      const page = await site.open(device);
      await site.signIn(page, 'centreOfficer');
      await page.getByRole('table').waitFor();
      await watchShifts(page);
      const release = await hold(page, /\/tokens\/refresh/);
      await page.reload({ waitUntil: 'commit' });
      await page.getByText('Đang tải…').waitFor();
      const boxes = `JSON.stringify([...document.querySelectorAll('header li, header button:not([aria-haspopup])')]
        .map((item) => [item.textContent, item.getBoundingClientRect()]))`;
      const before = await page.evaluate<string>(boxes);
      expect(before).toContain('Người tìm việc');
      release();
      await page.getByRole('table').waitFor();
      expect(await page.evaluate<string>(boxes)).toBe(before);
      expect(await page.evaluate<number>('shifted')).toBeLessThan(0.02);
      await page.context().close();
    }, 60_000);
  });
});
