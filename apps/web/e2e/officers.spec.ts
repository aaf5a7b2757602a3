import { readFile } from 'node:fs/promises';
import { beforeAll, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { expectAccessible } from './browser.js';
import { inBrowser } from './site.js';

const firm = 'Công ty Cơ khí Kiểm thử';
const header = 'source_id,title,employer_key,locations,salary_text,experience_text,posted_ago';
const file = [
  header,
  '1,Thợ hàn (nhập thử),k1,Thái Nguyên,10 - 15 triệu,1 năm,hôm nay',
  '2,Kế toán (nhập thử),k1,Thái Nguyên,cao lắm,1 năm,hôm nay',
  '',
].join('\n');

/** Answers the open dialog, by keyboard, and waits until it has gone. */
async function confirm(page: Page, button: string, reason?: string): Promise<void> {
  const dialog = page.getByRole('dialog');
  if (reason) await dialog.getByRole('textbox', { name: 'Lý do' }).fill(reason);
  await dialog.getByRole('button', { name: button, exact: true }).press('Enter');
  await dialog.waitFor({ state: 'detached' });
}

/** What the open dialog says at each frame, its title and its reason, until the page is left. */
const watchDialog = (page: Page): Promise<void> =>
  page.evaluate(`(function look() {
    window.said ??= [];
    const dialog = document.querySelector('[role=dialog]');
    if (dialog) said.push(dialog.querySelector('h2').textContent + ' ' + dialog.querySelector('textarea')?.value);
    requestAnimationFrame(look);
  })()`);

const focused = (page: Page): Promise<string> =>
  page.evaluate('document.activeElement.getAttribute("aria-label") ?? document.activeElement.textContent');

inBrowser(120_000, (site) => {
  describe('an officer who verifies employers', () => {
    let page: Page;
    beforeAll(async () => {
      page = await site.open('phone');
      await site.signIn(page, 'centreOfficer');
    }, 120_000);

    it('finds the one that waits, approves it, and is led on from the list that is now empty', async () => {
      await page.goto(`${site.url}/can-bo/doanh-nghiep`);
      const waiting = page.getByRole('table', { name: 'Doanh nghiệp' }).getByRole('link');
      await waiting.first().waitFor();
      expect(await waiting.count()).toBe(1);
      await expectAccessible(page);
      await waiting.press('Enter');
      await page.getByRole('button', { name: 'Duyệt', exact: true }).press('Enter');
      await confirm(page, 'Duyệt');
      await page.getByText('Đã duyệt', { exact: true }).waitFor();
      await page.getByRole('link', { name: 'Doanh nghiệp', exact: true }).first().press('Enter');
      await page.getByText('Không có doanh nghiệp nào chờ duyệt').waitFor();
      await expectAccessible(page);
      await page.getByRole('button', { name: 'Xem doanh nghiệp đã duyệt' }).press('Enter');
      await page.waitForURL(/status=approved/);
      await page.getByText(/^\d+ kết quả$/).waitFor();
      expect(await focused(page)).toBe('Đã duyệt');
    }, 120_000);

    it('registers one', async () => {
      await page.goto(`${site.url}/can-bo/doanh-nghiep`);
      await page.getByRole('button', { name: 'Thêm doanh nghiệp' }).click();
      await page.getByRole('textbox', { name: 'Tên doanh nghiệp' }).fill(firm);
      await page.getByRole('textbox', { name: 'Mã số doanh nghiệp' }).fill('4601234567');
      const type = page.getByRole('combobox', { name: 'Loại hình' }).first();
      await type.click();
      await page.getByRole('option').nth(1).click();
      const place = page.getByRole('combobox', { name: 'Tỉnh, thành phố' }).first();
      await place.click();
      await place.fill('Thái Nguyên');
      await page.getByRole('option', { name: 'Thái Nguyên' }).click();
      await page.getByRole('dialog').getByRole('button', { name: 'Lưu' }).click();
      await page.waitForURL(/doanh-nghiep\/[0-9a-f-]{36}/);
      await page.getByRole('heading', { name: firm, level: 1 }).waitFor();
      await page.getByText('Chờ duyệt').waitFor();
      await expectAccessible(page);
    }, 120_000);

    it('rejects it only with a reason, which is then shown', async () => {
      await page.getByRole('button', { name: 'Từ chối' }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByRole('button', { name: 'Từ chối' }).click();
      await dialog.getByText('Bắt buộc').waitFor();
      await expectAccessible(page);
      await watchDialog(page);
      await confirm(page, 'Từ chối', 'Chưa nộp giấy chứng nhận đăng ký');
      const said = await page.evaluate<string[]>('said');
      expect(said.at(-1)).toBe('Từ chối doanh nghiệp này? Chưa nộp giấy chứng nhận đăng ký');
      expect(await focused(page)).toBe(firm);
      await page.getByText('Bị từ chối vì').waitFor();
      await page.getByText('Chưa nộp giấy chứng nhận đăng ký').waitFor();
      await expectAccessible(page);
    }, 120_000);

    it('approves it, finds it by its number among the approved, and suspends it', async () => {
      await page.getByRole('button', { name: 'Duyệt', exact: true }).click();
      await confirm(page, 'Duyệt');
      await page.getByText('Đã duyệt', { exact: true }).waitFor();
      await page.goto(`${site.url}/can-bo/doanh-nghiep?status=approved&q=4601234567`);
      await page.getByRole('link', { name: firm }).waitFor();
      expect(await page.getByRole('row').count()).toBe(2);
      await expectAccessible(page);
      await page.getByRole('link', { name: firm }).click();
      await page.getByRole('button', { name: 'Đình chỉ' }).click();
      await confirm(page, 'Đình chỉ', 'Bị người lao động phản ánh');
      await page.getByText('Tạm đình chỉ').waitFor();
      await page.getByText('Bị người lao động phản ánh').waitFor();
    }, 120_000);

    it('decides nothing over what a colleague has just changed', async () => {
      await page.reload();
      await page.getByRole('button', { name: 'Duyệt', exact: true }).click();
      const token = await site.platform.signIn(await site.account('centreOfficer'));
      const id = new URL(page.url()).pathname.split('/').at(-1)!;
      const changed = await site.platform.call('PATCH', `/openings/employers/${id}`, {
        token,
        headers: { 'if-match': '"4"' },
        body: { sizeBand: '10-50' },
      });
      expect(changed.status).toBe(200);
      const dialog = page.getByRole('dialog');
      await dialog.getByRole('button', { name: 'Duyệt', exact: true }).click();
      await dialog.getByRole('alert').waitFor();
      await page.getByText('Tạm đình chỉ').waitFor();
      await page.keyboard.press('Escape');
      await dialog.waitFor({ state: 'detached' });
    }, 120_000);
  });

  describe('an administrator who brings in files', () => {
    let page: Page;
    beforeAll(async () => {
      page = await site.open('desk');
      await site.signIn(page, 'administrator');
    }, 120_000);

    it('uploads one and is told what was refused, as a list and as a file', async () => {
      await page.goto(`${site.url}/can-bo/nhap-tin`);
      await page.getByText('Chưa có lần nhập nào').waitFor();
      await expectAccessible(page);
      await page.locator('input[type=file]').setInputFiles({
        name: 'tin-thu.csv',
        mimeType: 'text/csv',
        buffer: Buffer.from(file),
      });
      await page.getByRole('textbox', { name: 'Nguồn' }).fill('thu-nghiem');
      await page.getByRole('button', { name: 'Bắt đầu nhập' }).click();
      await page.getByText(/Xong: 1 tin mới, .* 1 dòng bị loại/).waitFor();
      const refused = page.getByRole('table', { name: 'Các dòng bị loại' });
      expect(await refused.textContent()).toMatch(/Dòng 3.*salary_text.*cao lắm/);
      await expectAccessible(page);
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('button', { name: 'Tải danh sách dòng bị loại (CSV)' }).click(),
      ]);
      expect(download.suggestedFilename()).toMatch(/^dong-bi-loai-.*\.csv$/);
      expect(await readFile(await download.path(), 'utf8')).toMatch(/^3,salary_text,.*cao lắm/m);
    }, 120_000);

    it('finds it among the imports so far', async () => {
      await page.goto(`${site.url}/can-bo/nhap-tin`);
      const past = page.getByRole('table', { name: 'Các lần nhập' });
      await past.getByRole('link', { name: 'tin-thu.csv' }).click();
      await page.waitForURL(/\?id=/);
      await page.getByRole('heading', { name: 'Kết quả nhập' }).waitFor();
    }, 120_000);

    it('sees there why a file was refused, instead of how many of its rows were read', async () => {
      await page.goto(`${site.url}/can-bo/nhap-tin`);
      await page.locator('input[type=file]').setInputFiles({
        name: 'thieu-cot.csv',
        mimeType: 'text/csv',
        buffer: Buffer.from('source_id,title\n1,Thợ hàn\n'),
      });
      await page.getByRole('textbox', { name: 'Nguồn' }).fill('thu-nghiem');
      await page.getByRole('button', { name: 'Bắt đầu nhập' }).click();
      const row = page.getByRole('row').filter({ hasText: 'thieu-cot.csv' });
      await row.getByText('Bị từ chối: Tệp thiếu cột employer_key').waitFor();
      expect(await row.textContent()).not.toMatch(/0 \/ …|0 mới/);
      await expectAccessible(page);
    }, 120_000);

    it('stops one that is not what it should have been, and is told how far it came', async () => {
      await page.goto(`${site.url}/can-bo/nhap-tin`);
      const rows = Array.from({ length: 20_000 }, (_, n) => `sai-${n},Thợ hàn ${n},k1,Thái Nguyên,,,hôm nay`);
      await page.locator('input[type=file]').setInputFiles({
        name: 'nham-tep.csv',
        mimeType: 'text/csv',
        buffer: Buffer.from([header, ...rows, ''].join('\n')),
      });
      await page.getByRole('textbox', { name: 'Nguồn' }).fill('thu-nghiem');
      await page.getByRole('button', { name: 'Bắt đầu nhập' }).click();
      await page.getByText(/Đã đọc [1-9][\d.]* \/ 20\.000 dòng/).waitFor();
      await page.getByRole('button', { name: 'Dừng nhập' }).press('Enter');
      await page.getByRole('dialog').getByText('Các dòng đã nhập vẫn giữ nguyên').waitFor();
      await expectAccessible(page);
      await confirm(page, 'Dừng nhập');
      await page.getByText(/Đã bị dừng sau [\d.]+ \/ 20\.000 dòng\. Những gì đã nhập .* vẫn giữ/).waitFor();
      expect(await page.getByRole('button', { name: 'Dừng nhập' }).count()).toBe(0);
      expect(await focused(page)).toBe('Nhập tin tuyển dụng');
      const row = page.getByRole('row').filter({ hasText: 'nham-tep.csv' });
      await row.getByText(/Bị dừng sau [\d.]+ \/ 20\.000/).waitFor();
      expect(await row.textContent()).toMatch(/Đã dừng$/);
      await expectAccessible(page);
    }, 120_000);

    it('says that its source is no longer trusted, and for how long its postings stay', async () => {
      const sources = page.getByRole('table', { name: 'Nguồn tin' });
      await sources.getByRole('button', { name: 'Sửa: thu-nghiem' }).click();
      const dialog = page.getByRole('dialog');
      expect(await dialog.getByRole('checkbox', { name: 'Nguồn tin cậy' }).isChecked()).toBe(true);
      await dialog.getByRole('checkbox', { name: 'Nguồn tin cậy' }).uncheck();
      await dialog.getByRole('textbox', { name: 'Số ngày giữ tin' }).fill('400');
      await dialog.getByRole('button', { name: 'Lưu' }).click();
      await dialog.getByText('Từ 1 đến 365 ngày.').first().waitFor();
      await expectAccessible(page);
      await dialog.getByRole('textbox', { name: 'Số ngày giữ tin' }).fill('30');
      await dialog.getByRole('button', { name: 'Lưu' }).press('Enter');
      await dialog.waitFor({ state: 'detached' });
      expect(await focused(page)).toBe('Sửa: thu-nghiem');
      const row = sources.getByRole('row').filter({ hasText: 'thu-nghiem' });
      expect(await row.textContent()).toMatch(/Cần cán bộ duyệt.*30 ngày/);
    }, 120_000);
  });

  it('the administrator still sees a one-time code after pressing Enter once too often', async () => {
    const page = await site.open('phone');
    await site.signIn(page, 'administrator');
    await page.goto(`${site.url}/quan-tri/tai-khoan`);
    await page
      .getByRole('button', { name: /^Mã đặt mật khẩu: / })
      .last()
      .press('Enter');
    const dialog = page.getByRole('dialog');
    let issues = 0;
    await page.route('**/password-codes', async (route) => {
      issues += 1;
      await page.waitForTimeout(300);
      await route.continue();
    });
    await dialog.getByRole('button', { name: 'Cấp mã' }).press('Enter');
    await page.keyboard.press('Enter');
    const code = dialog.getByText(/^[0-9A-Z]{4}(-[0-9A-Z]{4}){2}$/);
    await code.waitFor();
    const issued = await code.textContent();
    expect(await focused(page)).toBe(issued);
    await page.keyboard.press('Enter');
    // As long as a dialog that was told to close takes to be gone.
    await page.waitForTimeout(500);
    expect(issues).toBe(1);
    expect(await code.textContent()).toBe(issued);
    expect(await dialog.locator('[role=status] [role=status], [role=status] output').count()).toBe(0);
    await expectAccessible(page);
    await page.context().close();
  }, 120_000);

  it('the department’s officer is offered nothing that the services refuse', async () => {
    const page = await site.open('desk');
    await site.signIn(page, 'departmentOfficer');
    await page.getByRole('article').first().waitFor();
    expect(await page.getByRole('navigation').getByRole('link').allTextContents()).toEqual(['Tìm việc']);
    await page.context().close();
  }, 120_000);
});
