import { describe, expect, it } from '@jest/globals';
import { expectAccessible } from './browser.js';
import { inBrowser } from './site.js';

inBrowser(240_000, (site) => {
  describe('a visitor', () => {
    it('insists on what was typed, in an address that can be passed on', async () => {
      const page = await site.open('phone');
      await page.goto(`${site.url}/viec-lam?q=${encodeURIComponent('kế taon')}`);
      await page.getByText('Hiển thị kết quả cho').waitFor();
      await page.getByRole('link', { name: 'Tìm đúng “kế taon”' }).click();
      await page.waitForURL(/exact=true/);
      await page.getByText('Chỉ hiển thị kết quả đúng cho').waitFor();
      await expectAccessible(page);
      await page.reload();
      await page.getByRole('link', { name: 'Tìm cả từ gần giống' }).click();
      await page.getByText('Hiển thị kết quả cho').waitFor();
      expect(page.url()).not.toContain('exact');
      await page.context().close();
    }, 120_000);

    it('who has an account but no profile yet is led to one, on a narrow screen too', async () => {
      const account = { email: 'chua.co.ho.so@vidu.vn', password: 'mưa rơi trên mái lá' };
      const body = { ...account, fullName: 'Lê Chưa Có' };
      expect((await site.platform.call('POST', '/identity/registrations', { body })).status).toBe(201);
      const page = await site.open('phone');
      await site.signIn(page, account);
      await page.goto(`${site.url}/ho-so`);
      await page.getByRole('link', { name: 'Lập hồ sơ', exact: true }).waitFor();
      await expectAccessible(page);
      await page.context().close();
    }, 120_000);

    it('who registers is led by the keyboard to the field that was refused', async () => {
      const page = await site.open('phone');
      await page.goto(`${site.url}/dang-ky`);
      await page.getByRole('textbox', { name: 'Họ và tên' }).fill('Lê Thị Vội');
      await page.getByRole('textbox', { name: 'Địa chỉ email' }).fill('le.thi.voi@vidu.vn');
      await page.getByRole('textbox', { name: /^Mật khẩu/ }).fill('1234567890');
      await page.getByRole('textbox', { name: 'Nhập lại mật khẩu' }).fill('1234567890');
      await page.getByRole('button', { name: 'Tạo tài khoản' }).press('Enter');
      await page.locator('[data-path=password][aria-invalid=true]:focus').waitFor();
      expect(await page.locator(':focus').getAttribute('aria-describedby')).toContain('error');
      await expectAccessible(page);
      await page.context().close();
    }, 120_000);

    it('gets the focus back on a button that was busy, not on one that was left', async () => {
      const page = await site.open('desk');
      await page.goto(`${site.url}/dang-nhap`);
      const button = page.getByRole('button', { name: 'Đăng nhập' });
      const busyFor100ms = () =>
        button.evaluate(async (element: HTMLButtonElement) => {
          const later = () => new Promise((resolve) => setTimeout(resolve, 100));
          element.disabled = true;
          await later();
          element.disabled = false;
          await later();
          return document.activeElement === element;
        });
      await button.focus();
      expect(await busyFor100ms()).toBe(true);
      await button.blur();
      expect(await busyFor100ms()).toBe(false);
      await page.context().close();
    }, 120_000);

    it('who registers goes on to the profile, which nobody looks for before it is there', async () => {
      const page = await site.open('phone');
      const missing: string[] = [];
      page.on('response', (response) => response.status() === 404 && missing.push(response.url()));
      await page.goto(`${site.url}/dang-ky`);
      await page.getByRole('textbox', { name: 'Họ và tên' }).fill('Lê Thị Mới');
      await page.getByRole('textbox', { name: 'Địa chỉ email' }).fill('le.thi.moi@vidu.vn');
      await page.getByRole('textbox', { name: /^Mật khẩu/ }).fill('mưa rơi trên mái lá');
      await page.getByRole('textbox', { name: 'Nhập lại mật khẩu' }).fill('mưa rơi trên mái lá');
      await page.getByRole('button', { name: 'Tạo tài khoản' }).press('Enter');
      // The first step has a name too.
      await page.getByRole('textbox', { name: 'Địa chỉ email' }).waitFor({ state: 'detached' });
      await page
        .getByRole('textbox', { name: 'Họ và tên' })
        .and(page.locator('[value="Lê Thị Mới"]'))
        .waitFor();
      await page.waitForFunction(() => document.activeElement?.matches('h1'));
      await page.waitForLoadState('networkidle');
      expect(missing).toEqual([]);
      await page.context().close();
    }, 120_000);

    it('takes nothing of an opening’s head along to the next page', async () => {
      const page = await site.open('phone');
      await page.goto(`${site.url}/viec-lam?q=tho+han`);
      const link = page.getByRole('article').getByRole('link').first();
      await link.waitFor();
      await page.goto(site.url + (await link.getAttribute('href'))!);
      const head = page.locator('head link[rel=canonical], head script[type="application/ld+json"]');
      expect(await head.count()).toBe(2);
      await page.getByRole('link', { name: 'Danh sách việc làm' }).click();
      await page.waitForURL((url) => !/[0-9a-f-]{36}/.test(url.pathname));
      expect(await head.count()).toBe(0);
      await page.context().close();
    }, 120_000);
  });

  it('the demo jobseeker sees openings that fit, with reasons that unfold', async () => {
    const page = await site.open('phone');
    await site.signIn(page, 'jobseeker');
    await page.goto(`${site.url}/viec-phu-hop`);
    const best = page.getByRole('article').first();
    await best.waitFor();
    const reasons = best.locator('ul').last().locator('> li');
    expect(await reasons.count()).toBe(4);
    const more = best.getByRole('button', { name: /Xem thêm \d+ lý do/ });
    await more.press('Enter');
    expect(await reasons.count()).toBeGreaterThan(5);
    await expectAccessible(page);
    await best.getByRole('button', { name: 'Thu gọn lý do' }).press('Enter');
    expect(await reasons.count()).toBe(4);
    await page.context().close();
  }, 120_000);
});
