import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { signInStaff } from '../console/staff.ts';
import { looksRightOnBoth, onDesktop, onPhone, tolerate } from '../harness.ts';
import { solveByComputing } from '../pages.ts';
import { drawJpeg } from '../photos.ts';

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });

async function inBoth(page: Page, name: string): Promise<void> {
  await looksRightOnBoth(page, name);
  await button(page, 'English').click();
  await button(page, '中文').waitFor();
  await looksRightOnBoth(page, `${name}-en`);
  await button(page, '中文').click();
}

test(
  'T-ENT-07: a question without an account, with a photo, is followed by its number and answered',
  { timeout: 480_000 },
  async () => {
    await onPhone(async (page) => {
      await page.goto('/help#contact');
      await page.getByRole('link', { name: '写信给客服' }).click();
      await page.getByRole('heading', { level: 1, name: '邮件咨询' }).waitFor();
      await button(page, '提交').click();
      await page.getByText('请选择想咨询什么').first().waitFor();
      await inBoth(page, 'ticket-refused');
      await page.getByRole('radio', { name: '手机号码和邮箱都不用了' }).check();
      await page.getByLabel('情况说明').fill('手机号码和邮箱都不用了，收不到验证码。');
      await page.getByRole('checkbox').check();
      const photo = await drawJpeg(page, { width: 800, height: 500, words: 'A', grain: 0 });
      await page
        .getByLabel('选择照片')
        .setInputFiles({ name: 'evidence.jpg', mimeType: 'image/jpeg', buffer: photo });
      await page.getByText('evidence.jpg').waitFor();
      await solveByComputing(page, 'zh');
      await inBoth(page, 'ticket-new');
      tolerate(page, /ERR_FAILED/);
      let begun = 0;
      await page.route('**/trpc/ticket.begin*', async (route) => {
        begun += 1;
        await route.continue();
      });
      // The server has the photo, and its answer is lost.
      await page.route(
        '**/photos/ticket',
        async (route) => {
          await route.fetch();
          await route.abort();
        },
        { times: 1 },
      );
      await button(page, '提交').click();
      await page.locator('.summary').waitFor();
      // A second press of the button alone is ignored for a second.
      await page.getByText('evidence.jpg').click();
      await button(page, '提交').click();
      await page.getByRole('heading', { level: 1, name: '咨询已提交' }).waitFor();
      expect(begun).toBe(1);
      await inBoth(page, 'ticket-sent');
      const [number = '', code = ''] = await page.locator('dd .num').allTextContents();
      // What did not come is no question that is not there.
      await page.route('**/trpc/ticket.view*', async (route) => route.abort(), { times: 1 });
      await page.getByRole('link', { name: '查看这次咨询' }).click();
      await button(page, '再试一次').click();
      await page.getByRole('heading', { level: 1, name: '等待答复' }).waitFor();
      expect(page.url()).not.toContain(code);
      await page.reload();
      await page.getByRole('heading', { level: 1, name: '等待答复' }).waitFor();
      await page.goto('/help');
      await page.goto('/tickets');
      await page.getByLabel('编号').fill(number);
      await page.getByLabel('查询码').fill('AAAA-BBBB-CCCC');
      await button(page, '查询').click();
      await page.getByText('没有找到。请核对编号和查询码。').waitFor();
      await inBoth(page, 'ticket-not-found');
      await page.getByLabel('查询码').fill(code.toLowerCase());
      await button(page, '查询').click();
      await page.getByRole('heading', { level: 1, name: '等待答复' }).waitFor();
      await page.getByText('已附 1 张照片').waitFor();
      await inBoth(page, 'ticket-waiting');

      await onDesktop(async (desk) => {
        await signInStaff(desk, 'reviewer', '客服二');
        await desk.goto('/console/help-desk');
        await button(desk, '处理下一件').waitFor();
        await inBoth(desk, 'help-desk-tickets');
        await desk.getByRole('link', { name: number }).click();
        await button(desk, '领取这一件').waitFor();
        await inBoth(desk, 'help-desk-untaken');
        await button(desk, '领取这一件').click();
        await desk.getByRole('heading', { level: 1, name: number }).waitFor();
        await button(desk, '放回队列').click();
        await button(desk, '处理下一件').click();
        await desk.getByRole('heading', { level: 1, name: number }).waitFor();
        await button(desk, '查看完整信息和照片').click();
        const evidence = desk.getByRole('img', { name: '证明材料' });
        const isDrawn = await evidence.evaluate((canvas: HTMLCanvasElement) =>
          canvas
            .getContext('2d')
            ?.getImageData(0, 0, canvas.width, canvas.height)
            .data.some((value) => value > 0),
        );
        expect(isDrawn).toBe(true);
        await inBoth(desk, 'help-desk-ticket');
        await desk.getByRole('radio', { name: '请本人补充' }).check();
        await desk.getByLabel('给本人的答复').fill('请写明注册时用的姓名。');
        await button(desk, '提交答复').click();
        await desk.getByText('没有等待答复的咨询。').waitFor();
        await desk.goBack();
        await desk.getByText('已答复，还能撤销').waitFor();
      });
      expect(page.url()).not.toContain(code);
    });
  },
);
