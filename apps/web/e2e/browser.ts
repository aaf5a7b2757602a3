import { existsSync } from 'node:fs';
import { expect } from '@jest/globals';
import axe from 'axe-core';
import { type Browser, chromium, type Page } from 'playwright-core';

const places = [
  process.env['CHROMIUM_PATH'],
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/snap/bin/chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe',
];

/**
 * The installed Chromium or Chrome, or undefined after saying in one line that the browser tests do not run.
 * @throws where `REQUIRE_BROWSER` says that leaving them out is a failure (CI)
 */
export function findBrowser(): string | undefined {
  const found = places.find((path) => path && existsSync(path));
  if (found) return found;
  const said =
    'Browser tests did not run: no Chromium or Chrome is installed (CHROMIUM_PATH names one elsewhere).';
  if (process.env['REQUIRE_BROWSER']) throw new Error(said);
  process.stderr.write(`${said}\n`);
  return undefined;
}

export const launch = (executablePath: string): Promise<Browser> =>
  chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-background-networking'] });

/** A phone, 390 px wide, or a desk; Vietnamese, on a machine whose clock is elsewhere. */
export async function openPage(browser: Browser, device: 'phone' | 'desk'): Promise<Page> {
  const context = await browser.newContext({
    viewport: device === 'phone' ? { width: 390, height: 844 } : { width: 1440, height: 900 },
    locale: 'vi-VN',
    timezoneId: 'America/New_York',
  });
  const page = await context.newPage();
  page.setDefaultTimeout(20_000);
  return page;
}

/** No serious or critical finding of axe, and nothing wider than the screen. */
export async function expectAccessible(page: Page): Promise<void> {
  await page.evaluate(axe.source);
  const findings = await page.evaluate<string[]>(
    `axe.run(document).then(({ violations }) => violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .map(({ id, nodes }) => id + ': ' + nodes[0].html.slice(0, 200)))`,
  );
  expect(findings).toEqual([]);
  const wider = 'document.documentElement.scrollWidth - document.documentElement.clientWidth';
  expect(await page.evaluate<number>(wider)).toBeLessThanOrEqual(0);
}
