import { caseTable } from '@shiming/db';
import { groupCaseNumber, queuePageSize, caseRule } from '@shiming/domain';
import { fillQueue } from '@shiming/services/testing/reviews';
import type { Page } from 'playwright-core';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { database, looksRight, onDesktop, tolerate, withoutDatabase } from '../harness.ts';
import { compareAll, keys, press, withoutPointer } from './keyboard.ts';
import { type Request, requested, caseIdOf, sendAnew, settleDecisions } from './requests.ts';
import { isInBlindSample, signInStaff, worldOfStack } from './staff.ts';

// What one test left in the queue is none of the next one's.
beforeEach(async () => {
  await database().run(`update "case" set status = 'withdrawn' where status <> 'draft'`);
});

// People about whom nothing is known: the jobs of the stack could do nothing with them.
afterEach(async () => {
  await database().run(`delete from "case" where account_id like 'of-%'`);
  await database().run("delete from consent where account_id like 'of-%'");
  await database().run("delete from identifier where account_id like 'of-%'");
  await database().run("delete from account where id like 'of-%'");
});

/** Time goes by for a lease: it ends so many milliseconds from now, and no journey sleeps for ten minutes. */
const leaseEndsIn = (caseId: string, ms: number) =>
  database().run(`update "case" set lease_ends_at_ms = ${Date.now() + ms} where id = '${caseId}'`);

async function leaseLeftOf(caseId: string): Promise<number> {
  const rows = await database().select().from(caseTable);
  return (rows.find(({ id }) => id === caseId)?.leaseEndsAtMs ?? 0) - Date.now();
}

/** A request of somebody made up, from a page of its own. */
async function newRequest(): Promise<Request> {
  let made: Request | undefined;
  await onDesktop(async (page) => {
    await page.goto('/console/sign-in');
    made = await requested(page);
  });
  if (made === undefined) throw new Error('nobody has asked');
  return made;
}

/** A colleague's screen, by keyboard alone, at an address of the console. Its clock can be moved. */
const colleague = (
  role: 'reviewer' | 'senior',
  name: string,
  address: string,
  use: (page: Page) => Promise<void>,
): Promise<void> =>
  onDesktop((page) =>
    withoutPointer(page, async () => {
      await page.clock.install();
      await signInStaff(page, role, name);
      await page.goto(address);
      await use(page);
    }),
  );

const addressOf = ({ caseId }: Request) => `/console/cases/${caseId}`;

async function take(page: Page): Promise<void> {
  await page.getByText('不在您手上').waitFor();
  // What is asked for later could be this case, once it is free again.
  const hasLookedAhead = page.waitForResponse((answer) => answer.url().includes('peekNext'));
  await keys(page, 'c');
  await page.getByText('您持有此件').waitFor();
  await hasLookedAhead;
}

async function reveal(page: Page): Promise<void> {
  await keys(page, 'v');
  await page.locator('mark.revealed').waitFor();
  await page.locator('.pane canvas:visible').first().waitFor();
}

test(
  'T-CON-02: what has changed since a case was opened is told before it is decided, and the work is kept (409)',
  { timeout: 480_000 },
  async () => {
    const request = await newRequest();
    await colleague('reviewer', '王审核', addressOf(request), async (page) => {
      await take(page);
      await keys(page, '1', 'x', '3', 'i');
      await page.keyboard.insertText('请转正以后再传。');
      await keys(page, 'Escape');
      // Ten minutes away: somebody else takes it and lays it back, and it is taken up again in another window.
      await leaseEndsIn(request.caseId, -1);
      await colleague('reviewer', '李审核', addressOf(request), async (other) => {
        await take(other);
        await keys(other, 'u');
        await other.waitForURL('**/console/queue');
      });
      const again = await page.context().newPage();
      await again.goto(addressOf(request));
      await take(again);
      await page.bringToFront();
      await keys(page, 'Control+Enter');
      const told = page.getByRole('alert').filter({ hasText: '这一件在您打开以后有变化' });
      await told.filter({ hasText: /被领取；.*被放回队列；.*被领取/ }).waitFor();
      await looksRight(page, 'states-stale');
      expect((await request.client.review.current.query()).request?.status).toBe('waiting');

      await press(page, 'button', '载入最新内容（保留原因）');
      await told.waitFor({ state: 'detached' });
      // Until what is new is there, nothing can be decided.
      await page.getByRole('button', { name: '确认不通过', disabled: false }).waitFor();
      await page.locator('.preview').getByText('请转正以后再传。').waitFor();
      await keys(page, 'Control+Enter');
      await page.locator('.verdict', { hasText: '已定为不通过' }).waitFor();
    });
  },
);

test(
  'T-CON-02: a lease lasts while somebody works, and ends by itself where the laptop was closed',
  { timeout: 480_000 },
  async () => {
    const request = await newRequest();
    await onDesktop(async (page) => {
      await page.clock.install();
      await signInStaff(page, 'reviewer', '王审核');
      await page.goto(addressOf(request));
      await take(page);

      // A key is pressed, and the next beat keeps the case.
      const beatAfterKey = async () => {
        const beat = page.waitForResponse((answer) => answer.url().includes('desk.heartbeat'));
        await keys(page, '2');
        await page.clock.runFor(61_000);
        expect((await beat).status()).toBe(200);
        await expect
          .poll(() => leaseLeftOf(request.caseId))
          .toBeGreaterThan(caseRule.leaseMs - 60_000);
      };
      await beatAfterKey();
      // Nobody at work: the next minute passes without a sign of life.
      await leaseEndsIn(request.caseId, 60_000);
      await page.clock.runFor(61_000);
      await expect.poll(() => leaseLeftOf(request.caseId)).toBeLessThanOrEqual(60_000);
      await beatAfterKey();
      await page.getByText('您持有此件').waitFor();

      await colleague('reviewer', '李审核', addressOf(request), async (other) => {
        await other.getByText('这一件现在由王审核审核').waitFor();
        await looksRight(other, 'states-held');
      });
    });
    // Closed without a word: until its time is over it is nobody else's, and then it is the next one.
    await colleague('reviewer', '李审核', '/console/queue', async (other) => {
      const row = other.locator('tbody tr');
      await row.filter({ hasText: '王审核' }).waitFor();
      await keys(other, 'n');
      await other.getByText('现在没有您可以办理的件').waitFor();
      await leaseEndsIn(request.caseId, -1);
      await keys(other, 'n');
      await other.waitForURL(`**/console/cases/${request.caseId}`);
      await other.getByText('您持有此件').waitFor();
    });
  },
);

test(
  'T-CON-03: photos over the whole screen by keyboard; composing and typing press no key of the page',
  { timeout: 480_000 },
  async () => {
    const request = await newRequest();
    await colleague('reviewer', '王审核', addressOf(request), async (page) => {
      await take(page);
      await reveal(page);
      const whole = () =>
        page.evaluate(() => document.fullscreenElement?.getAttribute('aria-label') ?? null);
      await keys(page, 'f');
      await expect.poll(whole).toBe('照片');
      // The keys of the photos go on there, and so does the watermark.
      await keys(page, '2', '+', '+');
      await page.getByRole('img', { name: 'B面照片' }).waitFor();
      const scaled = page.locator('.sheet[style*="scale(2"]').first();
      await scaled.waitFor();
      await expect.poll(() => page.locator('.watermark').first().isVisible()).toBe(true);
      await looksRight(page, 'states-whole-screen');
      await keys(page, '0', 'f');
      await expect.poll(whole).toBe(null);

      await keys(page, 'x', '1', 'i');
      const note = page.getByRole('textbox', { name: /^再说一句/ });
      const isFocused = () => note.evaluate((field) => field === document.activeElement);
      await expect.poll(isFocused).toBe(true);
      // Letters that are keys of the page are letters here.
      await page.keyboard.type('nuvzax');
      await expect.poll(() => note.inputValue()).toBe('nuvzax');
      await keys(page, 'Control+a', 'Backspace');

      // An input method as Chromium has it: what is composed stands in the field, and keys are the method's own.
      const devtools = await page.context().newCDPSession(page);
      const compose = (text: string) =>
        devtools.send('Input.imeSetComposition', {
          text,
          selectionStart: text.length,
          selectionEnd: text.length,
        });
      const stroke = async (key: string, code: string, modifiers = 0) => {
        for (const type of ['rawKeyDown', 'keyUp'] as const) {
          const windowsVirtualKeyCode = type === 'rawKeyDown' ? 229 : 0;
          await devtools.send('Input.dispatchKeyEvent', {
            type,
            key,
            code,
            modifiers,
            windowsVirtualKeyCode,
          });
        }
      };
      const composing = await note.evaluateHandle((field) => {
        const pressed: boolean[] = [];
        field.addEventListener('keydown', (event) => {
          pressed.push(event instanceof KeyboardEvent && event.isComposing);
        });
        return pressed;
      });
      for (const [at, letter] of ['q', 'i', 'n', 'g'].entries()) {
        await compose('qing'.slice(0, at + 1));
        await stroke(letter, `Key${letter.toUpperCase()}`);
      }
      expect(await composing.jsonValue()).toEqual([true, true, true, true]);
      await stroke('Escape', 'Escape');
      await stroke('Enter', 'Enter', 2);
      await expect.poll(() => isFocused()).toBe(true);
      await devtools.send('Input.insertText', { text: '请' });
      await page.keyboard.insertText('擦干净镜头再拍。');
      await expect.poll(() => note.inputValue()).toBe('请擦干净镜头再拍。');
      expect(new URL(page.url()).pathname).toBe(addressOf(request));
      await page.getByRole('heading', { name: '不通过的原因' }).waitFor();
      await expect.poll(() => page.locator('.reason[aria-pressed=true]').count()).toBe(1);
      expect(await page.locator('.verdict').count()).toBe(0);
      await keys(page, 'Escape', 'Escape', 'u');
      await page.waitForURL('**/console/queue');
    });
  },
);

test(
  'T-CON-02: a queue of more than a page by keyboard, and what it says when the server does not answer',
  { timeout: 480_000 },
  async () => {
    // More than a page holds: nobody fills in 60 requests here.
    const ids = await fillQueue(worldOfStack(), queuePageSize + 10);
    await colleague('reviewer', '王审核', '/console/queue', async (page) => {
      const rows = page.locator('tbody tr');
      const focused = () => page.evaluate(() => document.activeElement?.id ?? '');
      await page.getByRole('link', { name: groupCaseNumber(ids[0] ?? '') }).waitFor();
      await expect.poll(() => rows.count()).toBe(queuePageSize);
      for (let at = 0; at < queuePageSize; at += 1) await keys(page, 'j');
      await expect.poll(() => focused()).toBe(`case-${ids[queuePageSize - 1]}`);
      await press(page, 'button', '下一页');
      await page.waitForURL(/cursor=/);
      await page.getByRole('link', { name: groupCaseNumber(ids[queuePageSize] ?? '') }).waitFor();
      await expect.poll(() => rows.count()).toBe(10);
      await keys(page, 'j');
      await expect.poll(() => focused()).toBe(`case-${ids[queuePageSize]}`);
      await looksRight(page, 'states-second-page');
      await page.reload();
      await page.getByRole('link', { name: groupCaseNumber(ids[queuePageSize] ?? '') }).waitFor();
      await press(page, 'button', '回到第一页');
      await page.getByRole('link', { name: groupCaseNumber(ids[0] ?? '') }).waitFor();
      await keys(page, 'j', 'j');
      const at = await focused();

      tolerate(page, /status of 50\d/);
      const failed = page.getByRole('alert');
      await withoutDatabase(async () => {
        // It asks again by itself, and says that it got no answer; what it knew stays, with the focus in it.
        await page.clock.runFor(11_000);
        await failed.waitFor();
        await looksRight(page, 'states-queue-failed');
        await expect.poll(() => rows.count()).toBe(queuePageSize);
        await expect.poll(() => focused()).toBe(at);
        await keys(page, 'n');
        await expect.poll(() => failed.count()).toBe(2);
        expect(new URL(page.url()).pathname).toBe('/console/queue');
        await press(page, 'button', '再试一次');
        await expect.poll(() => rows.count()).toBe(queuePageSize);
      });
      // It asks again by itself, too, so that nobody has to press when the server is back.
      await page.clock.runFor(11_000);
      await expect.poll(() => failed.count()).toBe(1);
    });
  },
);

test(
  'T-CON-04: of the blind sample nobody learns anything, and the second person decides without the first one',
  { timeout: 480_000 },
  async () => {
    const request = await newRequest();
    const { client } = request;
    // One in twenty is in it: taken back and sent anew until this one is.
    while (!(await isInBlindSample(request.caseId))) {
      await sendAnew(client);
      request.caseId = await caseIdOf(client);
    }
    const hidden = ['抽查', '本件的决定', '复核：'];
    const expectHidden = async (page: Page, ...more: string[]) => {
      const shown = (await page.locator('.case').textContent()) ?? '';
      expect([...hidden, ...more].filter((words) => shown.includes(words))).toEqual([]);
    };
    await colleague('reviewer', '王审核', addressOf(request), async (page) => {
      await take(page);
      await reveal(page);
      await expectHidden(page);
      await compareAll(page);
      await keys(page, 'Control+Enter');
      await page.locator('.verdict', { hasText: '已定为通过' }).waitFor();
      await page.clock.runFor(caseRule.undoMs + 1_000);
      await page.locator('.ok-line').waitFor();
      await expectHidden(page);
    });
    await settleDecisions();
    const told = (await client.review.current.query()).request;
    expect([told?.status, told?.reasons]).toEqual(['waiting', []]);
    // A senior may look at every case, and sees no more here than whoever will decide.
    const answers: string[] = [];
    await colleague('senior', '李复核', addressOf(request), async (page) => {
      await page.getByText('不在您手上').waitFor();
      await expectHidden(page, '王审核');
      page.on('response', (answer) => {
        if (answer.url().includes('desk.case')) {
          void answer.text().then((text) => answers.push(text));
        }
      });
      await take(page);
      await reveal(page);
      await expectHidden(page, '王审核');
      await expect.poll(() => answers.length).toBeGreaterThan(0);
      expect(answers.join()).toContain('"stage":"second"');
      expect(answers.join()).not.toContain('sampled');
      expect(answers.join()).not.toContain('王审核');
      await looksRight(page, 'states-second-person');
      await compareAll(page);
      await keys(page, 'Control+Enter');
      await page.locator('.verdict', { hasText: '已定为通过' }).waitFor();
    });
    await settleDecisions();
    expect((await client.review.current.query()).last?.status).toBe('approved');
  },
);
