import { beforeAll, describe, expect, it } from '@jest/globals';
import type { Locator, Page } from 'playwright-core';
import { expectAccessible } from './browser.js';
import { inBrowser } from './site.js';

const person = { name: 'Hoàng Thị Thử', email: 'hoang.thi.thu@vidu.vn', password: 'cầu vồng bảy sắc 2026' };

/** Chooses an option of a select that is searched by typing. */
async function choose(page: Page, label: string, typed: string, option: string | RegExp): Promise<void> {
  const field = page.getByRole('combobox', { name: label }).first();
  await field.click();
  await field.fill(typed);
  await page.getByRole('option', { name: option }).first().click();
}

/** What was committed a moment ago is on its way: the page is opened again until it shows. */
async function showsUp(page: Page, url: string, what: () => Locator): Promise<void> {
  for (let tries = 0; tries < 20; tries += 1) {
    await page.goto(url);
    const shown = await what()
      .first()
      .waitFor({ timeout: 3000 })
      .then(
        () => true,
        () => false,
      );
    if (shown) return;
  }
  throw new Error(`${url} does not show it`);
}

const field = (page: Page, name: string) => page.getByRole('textbox', { name, exact: false }).first();

inBrowser(240_000, (site) => {
  describe('a person who looks for work, on a phone', () => {
    let page: Page;
    beforeAll(async () => {
      page = await site.open('phone');
    });

    it('types "tho han" without accents and finds welding jobs, not Korean-language ones', async () => {
      await page.goto(site.url);
      await expectAccessible(page);
      const box = page.getByRole('combobox', { name: 'Bạn muốn tìm việc gì?' });
      await box.fill('tho han');
      await box.press('Enter');
      await page.waitForURL(/\/viec-lam\?q=tho\+han/);
      await page.locator('article mark').first().waitFor();
      const titles = await page.getByRole('article').getByRole('heading').allTextContents();
      expect(titles[0]?.toLowerCase()).toContain('hàn');
      expect(titles.filter((title) => /tiếng hàn/i.test(title))).toEqual([]);
      expect(await page.locator('article mark').first().textContent()).toMatch(/hàn/i);
      await expectAccessible(page);
    }, 120_000);

    it('opens one, and going back finds the same list', async () => {
      await page.getByRole('article').getByRole('link').first().click();
      await page.waitForURL(/\/viec-lam\/[0-9a-f-]{36}/);
      await page.getByRole('heading', { name: 'Cách ứng tuyển' }).waitFor();
      await expectAccessible(page);
      await page.goBack();
      await page.waitForURL(/q=tho\+han/);
      expect(await page.getByRole('combobox', { name: 'Bạn muốn tìm việc gì?' }).inputValue()).toBe(
        'tho han',
      );
    }, 120_000);

    it('registers, agrees to matching, and sees the openings that fit with the reasons', async () => {
      await page.goto(`${site.url}/dang-ky`);
      await field(page, 'Họ và tên').fill(person.name);
      await field(page, 'Địa chỉ email').fill(person.email);
      await page.getByRole('textbox', { name: /^Mật khẩu/ }).fill(person.password);
      await page.getByRole('textbox', { name: 'Nhập lại mật khẩu' }).fill(person.password);
      await expectAccessible(page);
      await page.getByRole('button', { name: 'Tạo tài khoản' }).click();

      await field(page, 'Công việc mong muốn').fill('Thợ hàn');
      await choose(page, 'Tỉnh, thành phố', 'Thái', 'Thái Nguyên');
      await choose(page, 'Nghề mong muốn', 'thợ hàn', /\(7212\)/);
      await page.keyboard.press('Escape');
      await page.getByRole('checkbox', { name: /Tôi đồng ý/ }).check();
      await expectAccessible(page);
      await page.getByRole('button', { name: 'Lưu và xem việc phù hợp' }).click();
      await page.waitForURL(/viec-phu-hop/);

      await page.getByRole('article').first().waitFor();
      const best = page.getByRole('article').first();
      expect(await best.getByRole('heading').textContent()).toMatch(/hàn/i);
      expect(await best.textContent()).toMatch(/Nghề: khớp/);
      expect(await best.textContent()).toMatch(/\d+\/100 điểm/);
      await expectAccessible(page);
    }, 120_000);

    it('withdraws the consent, and there are no more suggestions', async () => {
      await page.goto(`${site.url}/ho-so`);
      await page.getByRole('button', { name: 'Rút lại đồng ý' }).click();
      await page.getByRole('dialog').getByRole('button', { name: 'Rút lại đồng ý' }).click();
      await page.getByText('Bạn chưa đồng ý, hồ sơ chưa được so khớp.').waitFor();
      await page.goto(`${site.url}/viec-phu-hop`);
      await page.getByText('Cần bạn đồng ý trước').waitFor();
      await page.goto(`${site.url}/ho-so`);
      await page.getByRole('button', { name: 'Tôi đồng ý' }).click();
      await page.getByText(/^Bạn đã đồng ý lúc/).waitFor();
    }, 120_000);
  });

  describe('an officer of the employment centre, at a desk', () => {
    const title = 'Thợ hàn kết cấu thép (tin kiểm thử)';
    let page: Page;
    beforeAll(async () => {
      page = await site.open('desk');
      await site.signIn(page, 'centreOfficer');
    }, 120_000);

    it('loses nothing of a half-typed posting when the session ends', async () => {
      await page.goto(`${site.url}/can-bo/tin-tuyen-dung/moi`);
      await field(page, 'Tên công việc').fill(title);
      await field(page, 'Số lượng tuyển').fill('3');
      await page.getByText(/Phần đang nhập đã được giữ/).waitFor();
      await page.context().clearCookies();
      await page.reload();
      await page.waitForURL(/dang-nhap/);
      const { email, password } = await site.account('centreOfficer');
      await page.getByRole('textbox', { name: 'Địa chỉ email' }).fill(email);
      await page.getByRole('textbox', { name: 'Mật khẩu' }).fill(password);
      await page.getByRole('button', { name: 'Đăng nhập' }).click();
      await page.waitForURL(/tin-tuyen-dung\/moi/);
      await page.getByText(/Đã khôi phục phần đang nhập dở/).waitFor();
      expect(await field(page, 'Tên công việc').inputValue()).toBe(title);
      expect(await field(page, 'Số lượng tuyển').inputValue()).toBe('3');
      await expectAccessible(page);
    }, 120_000);

    it('is told at the field that no number can be below the least, and keeps what was typed', async () => {
      for (const [name, typed, kept] of [
        ['Số lượng tuyển', '-5', '-5'],
        ['Số nơi khác chưa liệt kê', '1200', '1.200'],
        ['Lương từ', '-9000000', '-9.000.000 đ'],
      ] as const) {
        await field(page, name).fill('');
        await field(page, name).pressSequentially(typed);
        await page.keyboard.press('Tab');
        expect(await field(page, name).inputValue()).toBe(kept);
        expect(await field(page, name).getAttribute('aria-invalid')).toBe('true');
      }
      await page.getByText('Số lượng tuyển: Nhập số từ 1 đến 100.000.').waitFor();
      await expectAccessible(page);
      await field(page, 'Số lượng tuyển').fill('3');
      await field(page, 'Số nơi khác chưa liệt kê').fill('');
      await field(page, 'Lương từ').fill('');
      await page
        .getByText(/Nhập số từ/)
        .first()
        .waitFor({ state: 'detached' });
    }, 120_000);

    it('is told at the field what is missing', async () => {
      await page.getByRole('button', { name: 'Lưu và gửi duyệt' }).click();
      await page.getByText('Hãy chọn tỉnh, thành phố nơi làm việc.').first().waitFor();
      await expectAccessible(page);
    }, 120_000);

    it('posts the opening, approves it, and it is found by the public', async () => {
      await choose(page, 'Tỉnh, thành phố', 'Thái', 'Thái Nguyên');
      await choose(page, 'Nghề (ISCO-08)', 'thợ hàn', /\(7212\)/);
      await field(page, 'Lương từ').fill('9000000');
      await field(page, 'Lương đến').fill('14000000');
      await field(page, 'Hạn nộp hồ sơ').fill('2020-01-01');
      await page.getByRole('button', { name: 'Lưu và gửi duyệt' }).click();
      await page.getByText('Hạn nộp hồ sơ đã qua; hãy sửa hạn trước.').first().waitFor();
      await field(page, 'Hạn nộp hồ sơ').fill('');
      await page.getByRole('button', { name: 'Lưu và gửi duyệt' }).click();
      await page.getByText('Chờ duyệt').first().waitFor();
      await page.waitForURL(/tin-tuyen-dung\/[0-9a-f-]{36}$/);
      const ours = page.url();
      await page.goto(`${site.url}/can-bo/tin-tuyen-dung?status=all&q=${encodeURIComponent(title)}`);
      const rows = page.getByRole('table', { name: 'Tin tuyển dụng' }).getByRole('link');
      await rows.first().waitFor();
      expect(await rows.count()).toBe(1);
      await page.goto(ours);
      await page.getByRole('button', { name: 'Duyệt và đăng' }).click();
      await page.getByRole('dialog').getByRole('button', { name: 'Duyệt và đăng' }).click();
      await page.getByText('Đang đăng').first().waitFor();
      await page.getByRole('link', { name: 'Người phù hợp' }).waitFor();
      await page.getByRole('dialog').waitFor({ state: 'detached' });
      await expectAccessible(page);

      const visitor = await site.open('phone');
      await showsUp(visitor, `${site.url}/viec-lam?q=${encodeURIComponent(title)}`, () =>
        visitor.getByRole('link', { name: title }),
      );
      await visitor.context().close();
    }, 120_000);

    it('sees the people who fit it, with the reasons', async () => {
      await page.getByRole('link', { name: 'Người phù hợp' }).click();
      await page.waitForURL(/ung-vien/);
      const people = page.getByRole('article');
      await showsUp(page, page.url(), () => people);
      expect(await people.first().textContent()).toMatch(/Nghề: khớp/);
      await expectAccessible(page);
    }, 120_000);

    it('registers a person at the counter, who gets a one-time claim code', async () => {
      await page.goto(`${site.url}/can-bo/nguoi-tim-viec/moi`);
      await field(page, 'Họ và tên').fill('Nông Văn Thử');
      await choose(page, 'Tỉnh, thành phố', 'Thái', 'Thái Nguyên');
      await page.getByRole('button', { name: 'Đăng ký người tìm việc' }).click();
      await page
        .getByRole('status')
        .getByText(/^[0-9A-Z]{5}-[0-9A-Z]{5}$/)
        .waitFor();
      await expectAccessible(page);
    }, 120_000);
  });
});
