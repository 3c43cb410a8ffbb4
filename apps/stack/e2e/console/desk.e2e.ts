import type { ShimingClient } from '@shiming/client';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { photographCard } from '../cards.ts';
import { database, looksRight, onDesktop, onPhone, picture } from '../harness.ts';
import { signInOnPage } from '../pages.ts';
import { asFromPhone } from '../photos.ts';
import { compareAll, keys } from './keyboard.ts';
import { cardOf, giveTimeToUndo, type Request, requested, settleDecisions } from './requests.ts';
import { signInStaff } from './staff.ts';

const wide = { viewport: { width: 1440, height: 900 } };

/** Opens a case by its address and takes it. */
async function take(page: Page, caseId: string): Promise<void> {
  await page.goto(`/console/cases/${caseId}`);
  await page.getByText('不在您手上').waitFor();
  await page.keyboard.press('c');
  await page.getByText('您持有此件').waitFor();
}

/** Shows number and photos. */
async function reveal(page: Page): Promise<void> {
  await page.keyboard.press('v');
  await page.locator('mark.revealed').waitFor();
  await page.locator('.pane canvas').first().waitFor();
}

/** How often the audit says that staff looked at something of a case. */
async function looks(): Promise<number> {
  const rows = await database().all("select 1 from audit where action = 'desk.revealed'");
  return rows.length;
}

const statusOf = async (client: ShimingClient) => {
  const { request, last } = await client.review.current.query();
  return request?.status ?? last?.status;
};

/** Approves a case by keyboard. */
async function approveByAnother(
  { caseId }: Request,
  look: (page: Page) => Promise<void> = async () => {},
) {
  await onDesktop(async (page) => {
    await signInStaff(page, 'reviewer', '李审核');
    await take(page, caseId);
    await reveal(page);
    await look(page);
    await compareAll(page);
    await page.keyboard.press('Control+Enter');
    await page.getByText('秒内可以撤销').waitFor();
  }, wide);
  await settleDecisions();
}

test(
  'T-CON-03: by keyboard alone a clean case is compared and approved, and the next one is there at once',
  { timeout: 480_000 },
  async () => {
    await onDesktop(async (page) => {
      await page.goto('/console/sign-in');
      const first = await requested(page);
      await requested(page);
      await signInStaff(page, 'reviewer', '王审核');
      await take(page, first.caseId);
      await page.locator('.counts li', { hasText: '我手上 1' }).waitFor();
      await picture(page, 'desk-covered');
      expect(await page.locator('.pane canvas:visible').count()).toBe(0);
      expect(await page.getByText(first.person.document.number).count()).toBe(0);
      await page.getByText('下一件（已备好）').waitFor({ timeout: 30_000 });

      // What is loaded is sealed: nobody has looked at anything yet.
      const looksBefore = await looks();
      // While all is covered no key ticks anything, and nothing is decided.
      await keys(page, 'a', 'a', 'a', 'a', 'a', 'a', 'Control+Enter');
      expect(await page.locator('.checks li input:checked').count()).toBe(0);
      expect(await page.locator('.sure').count()).toBe(0);
      // Number and photos, five checks each with its photo, and the confirmation.
      await reveal(page);
      await expect.poll(() => looks()).toBe(looksBefore + 4);
      await page.getByText(first.person.document.number).waitFor();
      await looksRight(page, 'desk-case-1440');
      await keys(page, 'a');
      await expect.poll(() => page.locator('.checks li input:checked').count()).toBe(1);
      await picture(page, 'desk-checks');
      await compareAll(page);
      await expect.poll(() => page.locator('.checks li input:checked').count()).toBe(5);
      await picture(page, 'desk-approve');
      // The server approves by the looks on record, whatever the page shows: without them it refuses, and the page covers all.
      const db = database();
      await db.run("update audit set action = 'desk.other' where action = 'desk.revealed'");
      await page.keyboard.press('Control+Enter');
      await page.getByText('通过以前，请先显示号码和三张照片，逐项核对').waitFor();
      expect(await statusOf(first.client)).toBe('waiting');
      expect(await page.locator('.pane canvas:visible').count()).toBe(0);
      await looksRight(page, 'desk-not-looked');
      await db.run("update audit set action = 'desk.revealed' where action = 'desk.other'");
      await reveal(page);
      await compareAll(page);
      await giveTimeToUndo(page);
      await page.keyboard.press('Control+Enter');
      await page.getByText('秒内可以撤销').waitFor();
      await looksRight(page, 'desk-decided');

      await page.getByText('下一件（已备好）').first().waitFor({ timeout: 30_000 });
      const shownMs = await page.evaluate(async () => {
        const before = document.querySelector('.case .data');
        const startMs = performance.now();
        document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 'n', bubbles: true }));
        while (
          document.querySelector('.case .data') === before ||
          document.querySelector('.case .data') === null
        ) {
          await new Promise(requestAnimationFrame);
        }
        // The frame in which it is painted is over when the next one begins.
        await new Promise(requestAnimationFrame);
        return performance.now() - startMs;
      });
      console.log(`n shows the next case after ${Math.round(shownMs)} ms`);
      await page.getByText('您持有此件').waitFor();
      await page.getByText('已定为通过').first().waitFor();
      await picture(page, 'desk-next');
      // What was loaded ahead is drawn without asking again.
      const asked: string[] = [];
      page.on('request', (sent) => asked.push(new URL(sent.url()).pathname));
      await reveal(page);
      expect(asked.filter((path) => path.startsWith('/desk/photos/'))).toEqual([]);

      // Undone from the next screen, the case is back.
      await page.keyboard.press('z');
      await page.waitForURL(`**/console/cases/${first.caseId}`);
      await page.getByText('您持有此件').waitFor();
      expect(await statusOf(first.client)).toBe('waiting');
      await page.keyboard.press('u');
      await page.waitForURL('**/console/queue');
      await approveByAnother(first);
      await expect.poll(() => statusOf(first.client)).toBe('approved');

      // UX-36: what was decided a senior opens again, by keyboard, and the applicant is told.
      await signInStaff(page, 'senior', '程高级');
      await page.goto(`/console/cases/${first.caseId}`);
      await page.locator('.decided', { hasText: '已通过' }).waitFor();
      await looksRight(page, 'desk-ended');
      await page.keyboard.press('o');
      const dialog = page.getByRole('alertdialog', { name: '重新打开这一件？' });
      await dialog.getByText('这一步不能撤销').waitFor();
      expect(
        await dialog.getByRole('button', { name: '重新打开' }).getAttribute('aria-disabled'),
      ).toBe('true');
      await dialog.getByRole('radio', { name: '原来的决定有误' }).focus();
      await page.keyboard.press('Space');
      await looksRight(page, 'desk-reopen');
      await page.keyboard.press('Enter');
      await page.getByText('已重新打开，申请人已收到通知').waitFor();
      await looksRight(page, 'desk-reopened');
      expect(await statusOf(first.client)).toBe('waiting');
      const notices = await first.client.notice.list.query();
      expect(JSON.stringify(notices)).toContain('review_reopened');
      await onPhone(async (phone) => {
        await phone.goto('/login?next=/account/review');
        await signInOnPage(phone, first.person.document.number, 'zh');
        await phone.getByText('我们要再核对一次，重新审核').waitFor();
        await looksRight(phone, 'desk-reopened-applicant');
      });
      await page.locator('.counts li', { hasText: '待终审 1' }).waitFor();
      await page.keyboard.press('c');
      await page.getByText('您持有此件').waitFor();
      await page.keyboard.press('u');
      await page.waitForURL('**/console/queue');
    }, wide);
  },
);

test(
  'T-CON-04, T-REV-06: what is marked and said is what the applicant reads, corrects, and a second person approves',
  { timeout: 480_000 },
  async () => {
    let request: Request | undefined;
    let told: string[] = [];
    await onDesktop(async (page) => {
      await page.goto('/console/sign-in');
      request = await requested(page, { hasGlare: true });
      await signInStaff(page, 'reviewer', '王审核');
      await take(page, request.caseId);
      await reveal(page);
      await keys(page, '3', 'x');
      await page.getByRole('heading', { name: '不通过的原因' }).waitFor();
      await keys(page, '2', 'r');
      await page.getByText('框出问题：拖动画框').waitFor();
      for (let times = 0; times < 9; times += 1) await keys(page, 'ArrowDown', 'ArrowRight');
      await keys(page, ']', ']', '-');
      await picture(page, 'desk-region');
      await keys(page, 'Enter', 'i');
      await page.getByLabel('再说一句').waitFor();
      // In the field keys are text, and while composing they are nobody's.
      await page.keyboard.type('nzx');
      await page.keyboard.press('Control+a');
      await page.keyboard.insertText('姓名那一行反光最重。');
      await page.keyboard.press('Escape');
      await page.locator('.preview').getByText('姓名那一行反光最重').waitFor();
      await looksRight(page, 'desk-reject');
      told = await page.locator('.preview p').allInnerTexts();
      expect(told).toHaveLength(3);

      await giveTimeToUndo(page);
      await page.keyboard.press('Control+Enter');
      await page.getByText('已定为不通过').waitFor();
      await picture(page, 'desk-rejected');
      await keys(page, 'z');
      await page.getByText('您持有此件').waitFor();
      // Nothing that was chosen is lost by undoing; only this one photo is asked for again.
      await keys(page, 'm');
      await page.getByRole('heading', { name: '退回修改的原因' }).waitFor();
      await expect.poll(() => page.locator('.preview p').allInnerTexts()).toEqual(told);
      await page.keyboard.press('Control+Enter');
      await page.getByText('秒内可以撤销').waitFor();
      await settleDecisions();
    }, wide);
    if (request === undefined) throw new Error('no request');
    const { client } = request;
    await expect.poll(() => statusOf(client)).toBe('returned');

    const { person } = request;
    await onPhone(async (page) => {
      await page.goto('/login?next=/account/review');
      await signInOnPage(page, person.document.number, 'zh');
      for (const sentence of told) await page.getByText(sentence).first().waitFor();
      await picture(page, 'desk-applicant');
      await page.locator('rect.region').first().waitFor();
    });

    await onDesktop(async (page) => {
      await page.goto('/console/sign-in');
      const better = await photographCard(page, cardOf(person), 'holding');
      await request?.put('holding', asFromPhone(better));
    });
    await request.client.review.submit.mutate();
    await approveByAnother(request, async (page) => {
      // 900 by 1200 as stored: what the camera said of its own position is undone.
      const inHand = page.getByRole('img', { name: '手持证件照' });
      await expect.poll(() => inHand.evaluate((each) => each.getAttribute('width'))).toBe('1200');
    });
    await expect.poll(() => statusOf(client)).toBe('approved');
  },
);

test(
  'T-CON-02: a case that another one has by now keeps what was typed, and says whose it is',
  { timeout: 480_000 },
  async () => {
    await onDesktop(async (page) => {
      await page.goto('/console/sign-in');
      const { caseId } = await requested(page);
      await requested(page);
      await signInStaff(page, 'reviewer', '王审核');
      await take(page, caseId);
      await page.getByText('下一件（已备好）').waitFor({ timeout: 30_000 });
      await page.keyboard.press('1');
      await page.keyboard.press('x');
      await page.keyboard.press('3');
      await page.locator('.reason[aria-pressed=true]').waitFor();
      // As if nobody had been at this laptop for ten minutes.
      await database().run(
        `update "case" set lease_ends_at_ms = ${Date.now() - 1} where id = '${caseId}'`,
      );
      await onDesktop(async (other) => {
        await signInStaff(other, 'reviewer', '李审核');
        await take(other, caseId);
        await page.keyboard.press('Control+Enter');
        await page.getByText('这一件现在由李审核审核').waitFor();
        await looksRight(page, 'desk-taken');
        await other.keyboard.press('u');
        await other.waitForURL('**/console/queue');
      }, wide);
      await page.keyboard.press('c');
      await page.getByText('您持有此件').waitFor();
      await expect.poll(() => page.locator('.reason[aria-pressed=true]').count()).toBe(1);
      await page.keyboard.press('Escape');
      await page.keyboard.press('u');
    }, wide);
  },
);

test(
  'T-CON-03: every key is on the sheet; photos turn, zoom and stand beside each other; small screens and English',
  { timeout: 480_000 },
  async () => {
    await onDesktop(async (page) => {
      await page.goto('/console/sign-in');
      const { caseId } = await requested(page);
      await signInStaff(page, 'reviewer', '王审核');
      await take(page, caseId);
      await reveal(page);
      await expect.poll(() => page.locator('.pane').count()).toBe(2);
      await page.keyboard.press('2');
      for (const key of ['+', '+', 'ArrowRight', ']']) await page.keyboard.press(key);
      await expect
        .poll(async () =>
          page.locator('.sheet').evaluateAll((all) => all.map((each) => each.style.transform)),
        )
        .toEqual([expect.stringContaining('scale(2'), expect.stringContaining('scale(2')]);
      const [one, other] = await page
        .locator('.sheet')
        .evaluateAll((all) => all.map((each) => each.style.transform));
      expect(one).toBe(other);
      await picture(page, 'desk-zoomed');
      await page.keyboard.press('0');
      await page.keyboard.press('s');
      await expect.poll(() => page.locator('.pane').count()).toBe(1);
      // A region drawn by pointer, on a photo that is turned.
      await page.keyboard.press('r');
      const box = await page.locator('.pane canvas').boundingBox();
      if (box === null) throw new Error('no photo');
      await page.mouse.move(box.x + box.width * 0.45, box.y + box.height * 0.4);
      await page.mouse.down();
      await page.mouse.move(box.x + box.width * 0.55, box.y + box.height * 0.6, { steps: 4 });
      await page.mouse.up();
      await picture(page, 'desk-drawn');
      await page.keyboard.press('Backspace');

      await page.keyboard.press('x');
      await page.keyboard.press('?');
      const sheet = page.getByRole('dialog');
      await sheet.waitFor();
      for (const heading of ['这一件', '照片', '决定', '选原因']) {
        await sheet.getByRole('heading', { name: heading }).waitFor();
      }
      await looksRight(page, 'desk-keys');
      await page.keyboard.press('Escape');
      await sheet.waitFor({ state: 'hidden' });

      await page.getByRole('button', { name: 'English' }).click();
      await page.getByRole('heading', { name: 'Reasons for rejecting' }).waitFor();
      await page.keyboard.press('1');
      await looksRight(page, 'desk-reject-en');
      await page.keyboard.press('Escape');
      await page.setViewportSize({ width: 1280, height: 720 });
      await picture(page, 'desk-case-en-1280');
      await page.setViewportSize({ width: 390, height: 844 });
      await looksRight(page, 'desk-case-en-390');
      await page.keyboard.press('u');
    }, wide);
  },
);
