import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { RunningPlatform } from '#platform/testing';
import { findBrowser, launch, openPage } from './browser.js';

/** A platform of its own and a browser that looks at it, for the tests of one file. */
class Site {
  platform: RunningPlatform;
  private browser: Browser;
  private starting?: Promise<void>;
  private stopping?: Promise<void>;

  /** Once, also when several specs that are run as one file ask for it. */
  start(executable: string): Promise<void> {
    return (this.starting ??= (async () => {
      this.browser = await launch(executable);
      this.platform = await RunningPlatform.start();
    })());
  }

  stop(): Promise<void> {
    return (this.stopping ??= (async () => {
      await this.browser?.close();
      await this.platform?.stop();
    })());
  }

  get url(): string {
    return this.platform.url;
  }

  open(device: 'phone' | 'desk'): Promise<Page> {
    return openPage(this.browser, device);
  }

  openWithoutScripts(): Promise<Page> {
    return this.browser.newPage({ javaScriptEnabled: false });
  }

  /** The demo account of a role. */
  async account(role: string): Promise<{ email: string; password: string }> {
    return (await this.platform.demoAccounts()).get(role)!;
  }

  /** Signs in by the page for it, as an account or as the demo account of a role, and waits until it has led elsewhere. */
  async signIn(page: Page, who: string | { email: string; password: string }): Promise<void> {
    const { email, password } = typeof who === 'string' ? await this.account(who) : who;
    await page.goto(`${this.url}/dang-nhap`);
    await page.getByRole('textbox', { name: 'Địa chỉ email' }).fill(email);
    await page.getByRole('textbox', { name: 'Mật khẩu' }).fill(password);
    await page.getByRole('button', { name: 'Đăng nhập' }).click();
    await page.waitForURL((at) => at.pathname !== '/dang-nhap');
  }
}

const site = new Site();

/** Tests of a site, which has so many ms to start. Where no browser is installed, one test says so instead. */
export function inBrowser(startsWithin: number, tests: (site: Site) => void): void {
  const executable = findBrowser();
  if (!executable) {
    it('needs an installed Chromium or Chrome, and there is none', () => expect(executable).toBeUndefined());
    return;
  }
  beforeAll(() => site.start(executable), startsWithin);
  afterAll(() => site.stop());
  tests(site);
}
