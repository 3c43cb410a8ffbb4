import { caseTable } from '@shiming/db';
import type { PhotoSide } from '@shiming/domain';
import type { Locator, Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { type Card, photographCard } from '../cards.ts';
import { database, looksRight, mailsTo, onPhone, openCtid, runScheduled } from '../harness.ts';
import { compareAll, keys, tabTo } from './keyboard.ts';
import { agreeTo, arrive, signInOnPage, wordsOf } from '../pages.ts';
import { citizens, newPerson, type Person, registered } from '../people.ts';
import { cardOf, giveTimeToUndo, settleDecisions } from './requests.ts';
import { atDesk, invited, isInBlindSample, type Member } from './staff.ts';

const zh = wordsOf('zh');

/** Who decides: made once, whichever journey comes first. */
const team = (() => {
  let made: Promise<Member[]> | undefined;
  return async (): Promise<[reviewer: Member, second: Member, third: Member]> => {
    made ??= invited(
      [
        { role: 'reviewer', loginName: 'shen.1', name: '王审核' },
        { role: 'senior', loginName: 'gao.1', name: '李复核' },
        { role: 'senior', loginName: 'gao.2', name: '赵终审' },
      ],
      (page, name) => looksRight(page, `manual-${name}`),
    );
    const [reviewer, second, third] = await made;
    if (!reviewer || !second || !third) throw new Error('somebody is missing');
    return [reviewer, second, third];
  };
})();

/** Somebody made up with a complete profile, whose new card the authority does not know yet. */
async function renewed(): Promise<{ person: Person; number: string }> {
  const citizen = (await citizens()).findLast(({ outcome }) => outcome === 'recently_changed');
  if (citizen === undefined) throw new Error('nobody has renewed a card');
  const { documentType, number, name, mobile, validity } = citizen;
  const [year = '', month = '', day = ''] = validity.start.split('-');
  const validityTerm = String(Number(validity.end?.slice(0, 4)) - Number(year));
  const validityStart = { year, month, day };
  const document = { documentType, number, name, validityStart, validityTerm, hasConsented: true };
  const person = { ...newPerson(), mobile, document };
  await registered(person);
  return { person, number };
}

async function choosePhoto(page: Page, side: PhotoSide, card: Card): Promise<void> {
  const buffer = await photographCard(page, card, side);
  const album = page.getByLabel(/^从相册(?:选择|换一张)$/);
  await album.setInputFiles({ name: `${side}.jpg`, mimeType: 'image/jpeg', buffer });
  await page.getByRole('status').filter({ hasText: '照片已保存。' }).waitFor();
}

/** Presses 提交 on the page that shows everything once more, and says yes. */
async function submit(page: Page): Promise<void> {
  await page.getByRole('button', { name: '提交', exact: true }).click();
  await page.getByRole('button', { name: '确认提交' }).click();
  await arrive(page, '已提交人工审核', 'manual-receipt');
}

/**
 * The same, for a journey that has to know how many people decide: what falls into the blind sample is taken back by
 * its person, as anybody may before it is opened, and sent anew.
 */
async function submitUnsampled(page: Page): Promise<string> {
  for (;;) {
    await submit(page);
    const shown = (await page.getByText(/^\d{6}-\d{4}-\d{4}$/).textContent()) ?? '';
    const rows = await database().select().from(caseTable);
    const row = rows.find(({ caseNumber }) => caseNumber === shown.replaceAll('-', ''));
    if (row === undefined) throw new Error('the receipt names no request');
    if (!(await isInBlindSample(row.id))) return shown;
    await page.getByRole('link', { name: '查看进度' }).click();
    await page.getByRole('button', { name: '撤回申请' }).click();
    await page.getByRole('button', { name: '撤回', exact: true }).click();
    await page.getByRole('button', { name: '重新申请' }).click();
    await page.getByRole('link', { name: '核对并提交' }).click();
  }
}

/** Takes the next case, which is this one, and shows number and photos. */
async function takeNext(page: Page, { document: { number } }: Person, name: string) {
  await keys(page, 'n');
  await page.waitForURL('**/console/cases/*');
  await page.getByText('您持有此件').waitFor();
  expect(await page.getByText(number).count()).toBe(0);
  await keys(page, 'v');
  await page.locator('mark.revealed', { hasText: number }).waitFor();
  await page.locator('.pane canvas:visible').first().waitFor();
  await looksRight(page, `manual-${name}`);
}

/** Confirms what is chosen, which takes effect. */
async function decide(page: Page, verdict: string): Promise<void> {
  await keys(page, 'Control+Enter');
  await page.locator('.verdict', { hasText: verdict }).waitFor();
  await settleDecisions();
}

/** What a case shows of what colleagues decided on it. */
const decisionsOn = (page: Page): Promise<string[]> =>
  page.getByRole('heading', { name: '本件的决定' }).locator('+ ul > li').allTextContents();

/** Where on its photo a region is drawn: left, top, width, height in hundredths. */
const placeOf = (region: Locator) =>
  region.evaluate((rect) => {
    const own = rect.getBoundingClientRect();
    // The applicant's picture is drawn in the same svg; the reviewer's lies beneath a frame of its size.
    const whole = rect.closest('svg')?.querySelector('image, rect:not(.region)') ?? rect;
    const photo = whole.getBoundingClientRect();
    return [
      (own.left - photo.left) / photo.width,
      (own.top - photo.top) / photo.height,
      own.width / photo.width,
      own.height / photo.height,
    ].map((share) => Math.round(share * 100));
  });

/** Opens the page of the request anew, and waits for its heading. */
async function lookAgain(page: Page, heading: string, name: string): Promise<void> {
  await page.goto('/account/review');
  await arrive(page, heading, name);
}

test(
  'T-CON-01: a reviewer and two seniors join by invitation, mail and passkey, without a mouse',
  { timeout: 480_000 },
  async () => {
    const [reviewer, second, third] = await team();
    expect(new Set([reviewer, second, third].map(({ name }) => name)).size).toBe(3);
    await atDesk(reviewer, async (page) => {
      await page.getByText('现在没有您可以办理的件').waitFor();
      await looksRight(page, 'manual-queue-empty');
    });
  },
);

test(
  'T-REV-01 to 06, T-CON-02 to 05: from a failed check over rejection, correction, second person and disagreement to approval',
  { timeout: 420_000 },
  async () => {
    const [reviewer, second, third] = await team();
    const { person, number } = await renewed();
    await onPhone(async (page) => {
      // The check fails, and the page of the failure leads on.
      await page.goto('/login?next=/account/verification');
      await signInOnPage(page, number, 'zh');
      await page.getByRole('button', { name: zh.verify, exact: true }).click();
      await page.getByRole('button', { name: zh.confirm }).click();
      await arrive(page, '实名核验没有通过', 'manual-failed');
      await page.getByRole('link', { name: '申请人工审核' }).click();
      await arrive(page, '人工审核', 'manual-tasks');
      await page.getByRole('link', { name: '开始：资料' }).click();
      await page.getByLabel('申请原因').fill('十月换了新身份证，核验说不一致。');
      await page.getByRole('radio', { name: /邮箱/ }).check();
      await arrive(page, /资料/, 'manual-details');
      await page.getByRole('button', { name: '保存' }).click();
      const card = { ...cardOf(person), validity: '2026.10.12-2046.10.12' };
      for (const [side, heading] of [
        ['a', 'A面照片'],
        ['b', 'B面照片'],
        ['holding', '手持证件照'],
      ] as const) {
        await page.getByRole('heading', { level: 1, name: heading }).waitFor();
        if (side === 'a') await agreeTo(page, '同意处理照片');
        await choosePhoto(page, side, { ...card, hasGlare: side === 'b' });
        await arrive(page, heading, `manual-photo-${side}`);
        await page.getByRole('button', { name: '继续', exact: true }).click();
      }
      await arrive(page, '核对后提交', 'manual-check');
      const caseNumber = await submitUnsampled(page);

      // Rejected: the check list, a reason, where on the photo, a sentence; taken back once, and decided again.
      let told: string[] = [];
      let place: number[] = [];
      await atDesk(reviewer, async (desk) => {
        await desk.getByRole('link', { name: caseNumber }).waitFor();
        await looksRight(desk, 'manual-queue');
        await takeNext(desk, person, 'case');
        for (const check of ['姓名', '号码', '有效期', '其他信息']) {
          // The face of the document that the check is about has been on the screen.
          if (check === '有效期') await keys(desk, '2');
          await tabTo(desk, desk.getByRole('checkbox', { name: `${check}与证件一致` }));
          await keys(desk, 'Space');
        }
        await expect.poll(() => desk.locator('.checks li input:checked').count()).toBe(4);
        await keys(desk, '2', 'x');
        await desk.getByRole('heading', { name: '不通过的原因' }).waitFor();
        await keys(desk, '2', 'r');
        for (let times = 0; times < 4; times += 1) await keys(desk, 'ArrowDown', 'ArrowLeft');
        await keys(desk, ']', '-', 'Enter', 'i');
        await desk.keyboard.insertText('左下角整片发白，看不到字。');
        await keys(desk, 'Escape');
        await desk.locator('.preview').getByText('左下角整片发白').waitFor();
        await looksRight(desk, 'manual-reject');
        told = await desk.locator('.preview p').allInnerTexts();
        place = await placeOf(desk.locator('rect.region.active'));
        await giveTimeToUndo(desk);
        await keys(desk, 'Control+Enter');
        await desk.locator('.verdict', { hasText: '已定为不通过' }).waitFor();
        await looksRight(desk, 'manual-decided');
        await keys(desk, 'z');
        await desk.getByText('您持有此件').waitFor();
        await keys(desk, 'x');
        await expect.poll(() => desk.locator('.preview p').allInnerTexts()).toEqual(told);
        await keys(desk, 'Control+Enter');
        await desk.locator('.verdict', { hasText: '已定为不通过' }).waitFor();
        // Once as long as it takes: the page itself says when it is too late to undo.
        await desk.locator('.ok-line').waitFor();
        await runScheduled();
        await looksRight(desk, 'manual-settled');
      });

      // What the applicant reads, and where it is marked, is what the reviewer saw beforehand.
      await lookAgain(page, '人工审核不通过', 'manual-rejected');
      await page.getByText('人工审核不通过。不通过原因：B面照片有反光，遮住了部分内容。').waitFor();
      for (const sentence of told) await page.getByText(sentence).first().waitFor();
      const marked = page.getByRole('img', { name: 'B面照片，有问题的地方已经框出' });
      await expect.poll(() => placeOf(marked.locator('rect.region').last())).toEqual(place);
      await page.getByRole('button', { name: '按原因修改' }).click();
      await arrive(page, '人工审核', 'manual-correcting');
      await page.getByText('还差：B面照片。').waitFor();
      await page.getByRole('link', { name: '开始：B面照片' }).click();
      await page.getByRole('heading', { level: 1, name: 'B面照片' }).waitFor();
      await choosePhoto(page, 'b', card);
      await page.getByRole('button', { name: '继续', exact: true }).click();
      await page.getByRole('heading', { level: 1, name: '核对后提交' }).waitFor();
      await submitUnsampled(page);

      // Sent back for one photo alone.
      await atDesk(reviewer, async (desk) => {
        await takeNext(desk, person, 'case-again');
        await desk.getByText('第 2 次申请').waitFor();
        await desk.getByText('上次：B面 照片反光').waitFor();
        await keys(desk, '3', 'm');
        await desk.getByRole('heading', { name: '退回修改的原因' }).waitFor();
        await keys(desk, '2');
        await looksRight(desk, 'manual-return');
        await decide(desk, '已退回修改');
      });
      await lookAgain(page, '有 1 张照片要重拍', 'manual-returned');
      await page.getByRole('link', { name: '重新拍这一张' }).click();
      await page.getByRole('heading', { level: 1, name: '手持证件照' }).waitFor();
      await choosePhoto(page, 'holding', { ...card, validity: '' });
      await page.getByRole('link', { name: '返回' }).click();
      await page.getByRole('link', { name: '核对并提交' }).click();
      await page.getByRole('heading', { level: 1, name: '核对后再次提交' }).waitFor();
      await submit(page);

      // Approved with a doubt about the face: nobody is told anything, and somebody else looks.
      await atDesk(reviewer, async (desk) => {
        await takeNext(desk, person, 'case-corrected');
        await keys(desk, 'd');
        await compareAll(desk);
        await desk.getByText('除面部外都一致；由第二个人复核').waitFor();
        await looksRight(desk, 'manual-doubtful');
        await decide(desk, '您认为通过，要由第二个人复核后才算数');
        await keys(desk, 'n');
        await desk.getByText('队列里没有您可以办理的件了').waitFor();
      });
      await lookAgain(page, '您已提交人工审核，请耐心等待', 'manual-second');

      // The second person sees nothing of what the first one found, and finds otherwise.
      await atDesk(second, async (desk) => {
        await takeNext(desk, person, 'case-second');
        await desk.getByText('复审').waitFor();
        // That one photo was asked for again is no secret; what came of it is.
        await expect
          .poll(() => decisionsOn(desk))
          .toEqual([`退回修改初审 ${reviewer.name}手持 手持：看不清证件`]);
        expect(await desk.getByText('有人认为不像本人').count()).toBe(0);
        await keys(desk, '3', 'x', '3');
        await desk.locator('.reason[aria-pressed=true]', { hasText: '手持：不是本人' }).waitFor();
        await decide(desk, '已定为不通过');
        await keys(desk, 'n');
        await desk.getByText('队列里没有您可以办理的件了').waitFor();
      });
      await lookAgain(page, '您已提交人工审核，请耐心等待', 'manual-disagreed');

      // Where two disagree, a third, who is a senior, sees both and decides.
      await atDesk(third, async (desk) => {
        await takeNext(desk, person, 'case-senior');
        expect((await decisionsOn(desk)).slice(1)).toEqual([
          `通过初审 ${reviewer.name}`,
          `不通过复审 ${second.name}手持 手持：不是本人`,
        ]);
        await compareAll(desk);
        await decide(desk, '已定为通过');
      });

      // T-CON-05: approved, in the portal and by the contact that was chosen, with who looked at what.
      await expect
        .poll(async () => {
          const mails = await mailsTo(person.email);
          return mails.flatMap(({ subject }) => /人工审核[^ ]+/.exec(subject) ?? []);
        })
        .toEqual(['人工审核不通过', '人工审核需要补充', '人工审核通过']);
      const link = (await mailsTo(person.email)).at(-1)?.links[0] ?? '';
      await page.goto(link);
      await arrive(page, '人工审核通过', 'manual-approved');
      const words = '人工审核通过，可正常办理业务。如有需要，仍可进行实名核验。';
      await page.getByText(words, { exact: true }).waitFor();
      await page.goto('/account/notices');
      await page.getByText(/人工审核通过（编号 [\d-]+），可正常办理业务。/).waitFor();
      await arrive(page, '通知', 'manual-notices');
      await page.goto('/account/security');
      await page
        .getByText(/^审核员查看了.*手持证件照/)
        .first()
        .waitFor();
      await page
        .getByText(/^高级审核员查看了.*证件号码/)
        .first()
        .waitFor();
      await arrive(page, '登录与安全', 'manual-looks');
      for (const { name } of [reviewer, second, third]) {
        expect(await page.getByText(name).count()).toBe(0);
      }

      // T-REV-05: a later check that fails changes nothing; one that succeeds counts.
      await page.goto('/account/verification');
      const checkAgain = async () => {
        await page.getByRole('button', { name: '修改并重新核验' }).click();
        await page.getByRole('button', { name: zh.verify, exact: true }).click();
        await page.getByRole('button', { name: zh.confirm }).click();
      };
      await page.getByRole('heading', { level: 2, name: '人工审核通过' }).waitFor();
      await checkAgain();
      await arrive(page, '实名核验没有通过', 'manual-check-failed');
      await page.getByText('您现在的核验结果不变').waitFor();
      await page.goto('/services/certification');
      await agreeTo(page, '同意并办理');
      await page.getByText('您已通过实名核验').waitFor();
      await openCtid(number);
      await page.goto('/account/verification');
      await page.getByRole('heading', { level: 2, name: '人工审核通过' }).waitFor();
      await checkAgain();
      await arrive(page, '实名核验成功', 'manual-verified');
      await page.goto('/account/verification');
      await page.getByRole('heading', { level: 2, name: '实名核验成功' }).waitFor();
    });
  },
);
