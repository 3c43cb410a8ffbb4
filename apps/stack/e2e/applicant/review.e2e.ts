import type { ShimingClient } from '@shiming/client';
import {
  attestationTable,
  auditTable,
  caseDecisionTable,
  caseReasonTable,
  caseTable,
} from '@shiming/db';
import { maskMobile, type CaseOutcome, type CaseReason } from '@shiming/domain';
import type { Page } from 'playwright-core';
import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { leaveBlindSample } from '../console/requests.ts';
import {
  database,
  looksRight,
  onDesktop,
  onPhone,
  phoneUrl,
  picture,
  runScheduled,
  textsTo,
  tolerate,
  webUrl,
} from '../harness.ts';
import { agreeTo, arrive, signInOnPage, wordsOf } from '../pages.ts';
import { newPerson, type Person, registered } from '../people.ts';
import { asFromPhone, drawJpeg, heic } from '../photos.ts';

const zh = wordsOf('zh');
const reason = '刚换了新证，核验说没有查到。';
const sides = ['a', 'b', 'holding'] as const;

/** Somebody with a complete profile whom the authority does not know. */
async function unverified(): Promise<{ person: Person; client: ShimingClient }> {
  const person = newPerson();
  return { person, client: await registered(person) };
}

/** The same, after a check that failed. */
async function failed(): Promise<{ person: Person; client: ShimingClient }> {
  const known = await unverified();
  const { name, validityStart, validityTerm } = known.person.document;
  const { outcome } = await known.client.verification.verify.mutate({
    name,
    validityStart,
    validityTerm,
  });
  expect(outcome).toBe('no_record');
  return known;
}

const news = '【中国教师资格网】您的账号有新的进展，请登录查看。';
/** The messages without a code that arrived on the person's phone. */
const texted = async ({ mobile }: Person) =>
  (await textsTo(mobile)).filter(({ code }) => code === null).map(({ text }) => text);

const sentBack = ['已提交', '审核员已开始审核', '请您补充：手持证件照'];

const file = (buffer: Buffer, name = 'IMG_0001.jpg') => ({ name, mimeType: 'image/jpeg', buffer });

const saved = (page: Page, text = '照片已保存。') =>
  page.getByRole('status').filter({ hasText: text }).waitFor();

/** Everything but the sending off, without the pages. The person is signed in there. */
async function completeDraft(page: Page, client: ShimingClient, person: Person): Promise<void> {
  await client.data.giveConsent.mutate({ kind: 'photos', hasAgreed: false });
  for (const side of sides) {
    const data = await drawJpeg(page, { width: 1280, height: 900, words: side, grain: 0 });
    await putPhoto(page, side, data);
  }
  const { name, validityStart, validityTerm } = person.document;
  const answers = { name, validityStart, validityTerm, reason, channel: 'inbox' };
  await client.review.saveAnswers.mutate(answers);
}

async function putPhoto(page: Page, side: string, data: Buffer): Promise<void> {
  const headers = { 'content-type': 'image/jpeg' };
  const answer = await page.request.put(`/photos/${side}`, { data, headers });
  expect(await answer.text()).toContain('photoId');
}

/** The bytes of a photo as the server has it, and its size in pixels. */
async function storedPhoto(page: Page, photoId: string) {
  const answer = await page.request.get(`/photos/${photoId}`);
  expect(answer.headers()['cache-control']).toBe('no-store');
  return Buffer.from(await answer.body());
}

async function photoOf(client: ShimingClient, side: (typeof sides)[number]) {
  const { request } = await client.review.current.query();
  const photo = request?.photos[side];
  if (!photo) throw new Error(`no photo ${side}`);
  return photo;
}

/** That a reviewer has a request on the screen, as the console writes it. */
async function opened({ id, accountId, openedAtMs }: typeof caseTable.$inferSelect) {
  const db = database();
  const atMs = Date.now();
  await db.insert(auditTable).values({
    id: randomUUID(),
    atMs,
    actor: 'staff:somebody',
    action: 'desk.taken',
    accountId,
    requestId: randomUUID(),
    facts: JSON.stringify({ case: id }),
  });
  await db.run(
    `update "case" set opened_at_ms = ${openedAtMs ?? atMs}, version = version + 1 where id = '${id}'`,
  );
}

/** The lines of the timeline that have happened, without their times. */
const timeline = (page: Page): Promise<string[]> =>
  page
    .locator('section', { hasText: /^(?:进度|Progress)/ })
    .locator('dd')
    .allInnerTexts();

/** A decision as the console writes it, and what it comes to once nobody can undo it. */
async function decide(
  client: ShimingClient,
  outcome: CaseOutcome,
  reasons: readonly Omit<CaseReason, 'note'>[] = [],
): Promise<void> {
  const db = database();
  const { request } = await client.review.current.query();
  const caseNumber = request?.caseNumber ?? '';
  // A sampled case, and one with another name, takes a second person.
  for (const reviewerId of ['first', 'second']) {
    const rows = await db.select().from(caseTable);
    const row = rows.find((each) => each.caseNumber === caseNumber);
    if (row?.status !== 'waiting') return;
    const decisionId = randomUUID();
    const nowMs = Date.now();
    await opened(row);
    await db.insert(caseDecisionTable).values({
      id: decisionId,
      caseId: row.id,
      round: row.round,
      stage: row.stage,
      reviewerId,
      outcome,
      caseVersion: row.version,
      takenAtMs: nowMs,
      decidedAtMs: nowMs,
    });
    for (const [place, each] of reasons.entries()) {
      const id = randomUUID();
      await db
        .insert(caseReasonTable)
        .values({ ...each, id, decisionId, place, noteSealed: null, atMs: nowMs, keyId: 'none' });
    }
    await db.run(
      `update "case" set status = 'deciding', opened_at_ms = ${row.openedAtMs ?? nowMs}, settles_at_ms = ${nowMs}, version = version + 1 where case_number = '${caseNumber}'`,
    );
    await runScheduled();
  }
}

test(
  'T-REV-01 to 04: on a phone, from a check that failed to a request with three photos, and back again',
  { timeout: 480_000 },
  async () => {
    const { person, client } = await unverified();
    await onPhone(async (page) => {
      await page.goto('/login?next=/account/verification');
      await signInOnPage(page, person.document.number, 'zh');
      await page.getByRole('heading', { level: 1, name: '实名核验' }).waitFor();
      await page.getByRole('button', { name: '实名核验' }).click();
      await page.getByRole('button', { name: zh.confirm }).click();
      await arrive(page, '实名核验没有通过', 'review-entry');
      await page.getByRole('link', { name: '申请人工审核' }).click();
      await arrive(page, '人工审核', 'review-tasks-empty');
      await page.getByText('您还剩 3 次').waitFor();

      await page.getByRole('link', { name: '开始：资料' }).click();
      await page.getByLabel('申请原因').fill('字'.repeat(201));
      await page.getByText('多了 1 字').first().waitFor();
      await page.getByRole('button', { name: '保存' }).click();
      await page.locator('.summary').waitFor();
      await looksRight(page, 'review-details-refused');
      // Beyond the basic plane a character is two units and still one character.
      await page.getByLabel('申请原因').fill(`${reason}𠮷`);
      await page.getByText('15 / 200 字').first().waitFor();
      await arrive(page, /资料/, 'review-details');
      await page.getByRole('button', { name: '保存' }).click();

      await arrive(page, 'A面照片', 'review-photo-consent');
      await agreeTo(page, '同意处理照片');
      await page.getByText('从相册选择').waitFor();
      await looksRight(page, 'review-photo-empty');
      await page.getByText('拍照', { exact: true }).waitFor();
      await expect.poll(() => page.locator('input[capture="environment"]').count()).toBe(1);
      await page.getByText('没有拍全').waitFor();
      await picture(page, 'review-photo-samples');
      const album = page.getByLabel('从相册选择');
      await album.setInputFiles(file(heic));
      await page.getByRole('alert').filter({ hasText: 'HEIC' }).waitFor();
      await looksRight(page, 'review-photo-heic');
      const twelveMegapixels = asFromPhone(
        await drawJpeg(page, { width: 4000, height: 3000, words: 'A' }),
      );
      expect(twelveMegapixels.length).toBeGreaterThan(1_000_000);
      await album.setInputFiles(file(twelveMegapixels));
      await saved(page);
      await arrive(page, 'A面照片', 'review-photo-saved');
      const upright = await photoOf(client, 'a');
      expect([upright.width, upright.height, upright.orientation]).toEqual([1200, 1600, 1]);
      const stored = await storedPhoto(page, upright.photoId);
      expect(stored.length).toBeLessThanOrEqual(180 * 1024);
      expect(stored.length).toBeGreaterThan(60 * 1024);
      expect(stored.includes('Exif')).toBe(false);

      await page.getByRole('button', { name: '转 90°' }).click();
      await expect.poll(async () => (await photoOf(client, 'a')).width).toBe(1600);
      await saved(page);
      await page.reload();
      await saved(page);
      // What it was made of is gone with the page: the photo on the server is turned.
      await page.getByRole('button', { name: '转 90°' }).click();
      await expect.poll(async () => (await photoOf(client, 'a')).width).toBe(1200);
      await saved(page);
      await page.getByRole('button', { name: '放大检查文字：A面照片' }).click();
      await page.getByRole('dialog', { name: 'A面照片' }).waitFor();
      await looksRight(page, 'review-photo-enlarged');
      await page.keyboard.press('Escape');
      await page.getByRole('button', { name: '继续', exact: true }).click();

      await page.getByRole('heading', { level: 1, name: 'B面照片' }).waitFor();
      const dim = { width: 900, height: 640, words: 'B', blurPx: 8, grain: 0, light: 0.2 };
      await page.getByLabel('从相册选择').setInputFiles(file(await drawJpeg(page, dim)));
      await saved(page);
      const doubts = page.getByRole('status').filter({ hasText: '可能会影响审核' });
      await doubts.getByText('模糊').waitFor();
      await doubts.getByText('偏暗').waitFor();
      await doubts.getByText('太小').waitFor();
      await looksRight(page, 'review-photo-doubts');
      await page.getByRole('button', { name: '删除' }).click();
      await page.getByText('拍照', { exact: true }).waitFor();
      const clear = file(await drawJpeg(page, { width: 2400, height: 1700, words: 'B' }));
      await page.getByLabel('从相册选择').setInputFiles(clear);
      await saved(page);
      await expect.poll(() => doubts.count()).toBe(0);
      await page.getByRole('button', { name: '继续', exact: true }).click();

      await arrive(page, '手持证件照', 'review-photo-holding');
      await page.getByLabel('从相册选择').setInputFiles(clear);
      // Whatever is refused is said at once: another reason than this one ends the journey with its words.
      await expect.poll(() => page.getByRole('alert').textContent()).toContain('和另一项的一样');
      await looksRight(page, 'review-photo-duplicate');
      const holding = file(await drawJpeg(page, { width: 1700, height: 2400, words: 'H' }));
      // The network goes while it is sent: it is kept, and sent again.
      tolerate(page, /ERR_INTERNET_DISCONNECTED/);
      await page.context().setOffline(true);
      await page.getByLabel('从相册换一张').setInputFiles(holding);
      await page.getByRole('alert').filter({ hasText: '照片没有传上' }).waitFor();
      await page.context().setOffline(false);
      await page.getByRole('button', { name: '再传一次' }).click();
      await saved(page);
      await page.getByText('左右颠倒').first().waitFor();
      await page.getByRole('link', { name: '返回' }).click();
      await arrive(page, '人工审核', 'review-tasks-done');
      await page.getByRole('link', { name: '核对并提交' }).click();

      await arrive(page, '核对后提交', 'review-check');
      await page.getByRole('button', { name: '提交', exact: true }).click();
      const dialog = page.getByRole('alertdialog', { name: '确认提交？' });
      await dialog
        .getByText(
          '请确认您上传的图片符合要求，避免因照片不清晰、存在旋转或镜像反转，无法识别，导致审核不通过，进而延误报名。1月1日到8月31日，9月1日到12月31日，每个周期您可以进行三次人工审核，您还剩3次机会，是否确认提交？',
          { exact: true },
        )
        .waitFor();
      await looksRight(page, 'review-confirm');
      await dialog.getByRole('button', { name: '返回检查' }).click();
      await page.getByRole('button', { name: '提交', exact: true }).click();
      await dialog.getByRole('button', { name: '确认提交' }).click();

      await arrive(page, '已提交人工审核', 'review-receipt');
      await page.getByText(/^\d{6}-\d{4}-\d{4}$/).waitFor();
      await page
        .locator('dd')
        .getByText(/^.?\*.*$/u)
        .waitFor();
      await page.emulateMedia({ media: 'print' });
      await picture(page, 'review-receipt-print');
      expect(await page.getByRole('button', { name: '打印' }).isVisible()).toBe(false);
      await page.emulateMedia({ media: null });
      await page.getByRole('link', { name: '查看进度' }).click();
      await arrive(page, '您已提交人工审核，请耐心等待', 'review-waiting');
      await page.getByText('大约排在第').waitFor();
      expect((await client.review.current.query()).remaining).toBe(2);

      // T-REV-04: nothing moves meanwhile.
      await page.goto('/account/verification');
      await page.getByText('您已提交人工审核，请耐心等待').waitFor();
      expect(await page.getByLabel('姓名').count()).toBe(0);
      await looksRight(page, 'review-frozen-verification');
      await page.goto('/account/profile');
      await page.getByText('您已提交人工审核，请耐心等待').waitFor();
      expect(await page.getByLabel('民族').count()).toBe(0);
      await looksRight(page, 'review-frozen-profile');
      await page.goto('/account');
      await page.getByText('您已提交人工审核，请耐心等待').waitFor();
      await looksRight(page, 'review-account');
      await page.goto('/account/review/photos/a');
      await arrive(page, 'A面照片', 'review-photo-submitted');
      await page.goto('/account/review/details');
      await page.getByText('这些内容现在不能改').waitFor();

      await page.goto('/account/review');
      await page.getByRole('button', { name: '撤回申请' }).click();
      const sure = page.getByRole('alertdialog', { name: '撤回这次申请？' });
      await sure.getByText('机会退还给您').waitFor();
      await looksRight(page, 'review-withdraw');
      await sure.getByRole('button', { name: '撤回', exact: true }).click();
      await arrive(page, '人工审核已撤回', 'review-withdrawn');
      expect((await client.review.current.query()).remaining).toBe(3);
      await page.getByRole('button', { name: '重新申请' }).click();
      await page.getByRole('link', { name: '核对并提交' }).waitFor();
    });
  },
);

test(
  'T-REV-01: on a desktop by keyboard, in English, with a photo that comes from the phone',
  { timeout: 480_000 },
  async () => {
    const { person, client } = await failed();
    await onDesktop(async (page) => {
      const press = async (role: 'link' | 'button', name: string | RegExp) => {
        const target = page.getByRole(role, { name, exact: typeof name === 'string' });
        await target.focus();
        await page.keyboard.press('Enter');
      };
      await page.goto('/login?next=/account/review');
      await page.getByRole('button', { name: 'English' }).click();
      await signInOnPage(page, person.document.number, 'en');
      await arrive(page, 'Manual review', 'review-tasks-empty-en');
      await press('link', 'Start: Photo of side A');
      await page.getByRole('heading', { level: 1, name: 'Photo of side A' }).waitFor();
      expect(await page.getByText('Take a photo', { exact: true }).count()).toBe(0);
      await agreeTo(page, 'Agree to the use of my photos', 'I agree');
      await press('button', 'Use my phone');
      await page.locator('.qr img').waitFor();
      await arrive(page, 'Photo of side A', 'review-hand-off-en');
      // It goes on waiting when it has looked and found nothing.
      await page.waitForResponse((answer) => answer.url().includes('review.current'));
      await page.waitForResponse((answer) => answer.url().includes('review.current'));
      await expect.poll(() => page.locator('.qr img').isVisible()).toBe(true);

      await onPhone(async (phone) => {
        await phone.goto(`${webUrl}/account/review/photos/a`);
        await phone.getByRole('heading', { level: 1, name: '登录' }).waitFor();
        await signInOnPage(phone, person.document.number, 'zh');
        await phone.getByRole('heading', { level: 1, name: 'A面照片' }).waitFor();
        const jpeg = await drawJpeg(phone, { width: 1600, height: 1200, words: 'P' });
        await phone.getByLabel('从相册选择').setInputFiles(file(jpeg));
        await saved(phone);
      });
      await saved(page, 'The photo is saved.');
      await arrive(page, 'Photo of side A', 'review-hand-off-arrived-en');
      await press('button', 'Enlarge to check the text: Photo of side A');
      await page.getByRole('dialog', { name: 'Photo of side A' }).waitFor();
      await page.keyboard.press('Escape');
      await press('button', 'Continue');

      await page.getByRole('heading', { level: 1, name: 'Details' }).waitFor();
      await page.getByLabel('Reason').focus();
      await page.keyboard.type('I have a new card, and the check does not find it.');
      await looksRight(page, 'review-details-en');
      await press('button', 'Save');
      await page.getByRole('heading', { level: 1, name: 'Photo of side B' }).waitFor();
      const b = await drawJpeg(page, { width: 1600, height: 1200, words: 'B' });
      const choose = page.getByLabel('Choose a photo');
      await choose.focus();
      await picture(page, 'review-photo-focus-en');
      await choose.setInputFiles(file(b));
      await saved(page, 'The photo is saved.');
      await press('button', 'Continue');
      await page.getByRole('heading', { level: 1, name: 'Photo of you holding it' }).waitFor();
      const holding = await drawJpeg(page, { width: 1200, height: 1600, words: 'H' });
      await choose.setInputFiles(file(holding));
      await saved(page, 'The photo is saved.');
      await press('button', 'Continue');
      await arrive(page, 'Check and submit', 'review-check-en');
      await press('button', 'Submit');
      await page.keyboard.press('Escape');
      await press('button', 'Submit');
      const dialog = page.getByRole('alertdialog', { name: 'Submit now?' });
      await dialog.getByRole('button', { name: 'Submit' }).press('Enter');
      await arrive(page, 'Submitted for manual review', 'review-receipt-en');
      await press('link', 'See progress');
      await page.getByRole('button', { name: 'Large text' }).click();
      await page.getByRole('button', { name: 'Larger' }).click();
      await arrive(page, 'You have submitted your request', 'review-waiting-en-larger');
    });
    expect((await client.review.current.query()).request?.status).toBe('waiting');
  },
);

test(
  'T-REV-05, T-REV-06: rejected with a marked photo, corrected, sent back for one, approved',
  { timeout: 480_000 },
  async () => {
    const { person, client } = await failed();
    await onPhone(async (page) => {
      await page.goto('/login?next=/account/review');
      await signInOnPage(page, person.document.number, 'zh');
      await page.getByRole('heading', { level: 1, name: '人工审核' }).waitFor();
      await completeDraft(page, client, person);
      // T-CON-05: told by SMS, which stands first and says to which number.
      await page.goto('/account/review/details');
      await expect.poll(() => page.locator('[name=channel]').first().inputValue()).toBe('sms');
      await page.getByLabel('发短信到手机').check();
      await page.getByText(maskMobile(person.mobile)).waitFor();
      await arrive(page, '资料', 'review-details-channel');
      await page.getByRole('button', { name: '保存' }).click();
      await page.getByRole('heading', { level: 1, name: '核对后提交' }).waitFor();
      await page.getByText(`发短信到手机 ${maskMobile(person.mobile)}`).waitFor();
      await page.getByRole('button', { name: '提交', exact: true }).click();
      await page.getByRole('button', { name: '确认提交' }).click();
      await page.getByText(`有进展会发短信到 ${maskMobile(person.mobile)}`).waitFor();
      await arrive(page, '已提交人工审核', 'review-receipt-sms');
      expect(await texted(person)).toEqual([]);
      await leaveBlindSample(client);
      const mark = { x: 0.1, y: 0.2, width: 0.5, height: 0.25 };
      await decide(client, 'reject', [
        { code: 'photo_glare', item: 'b', mark },
        { code: 'ethnicity_mismatch', item: 'profile', mark: null },
      ]);
      await expect.poll(() => texted(person)).toEqual([news]);

      await page.goto('/account/review');
      await arrive(page, '人工审核不通过', 'review-rejected');
      await expect.poll(() => timeline(page)).toEqual(['已提交', '审核员已开始审核', '审核不通过']);
      await page
        .getByText(
          '人工审核不通过。不通过原因：B面照片有反光，遮住了部分内容。个人身份信息中的民族与证件上的不一致。',
        )
        .waitFor();
      await page.getByRole('img', { name: 'B面照片，有问题的地方已经框出' }).waitFor();
      await page.getByRole('button', { name: '按原因修改' }).click();
      await arrive(page, '人工审核', 'review-correcting');
      await page.getByText('还差：B面照片。').waitFor();
      await page.getByRole('link', { name: '开始：B面照片' }).click();
      await arrive(page, 'B面照片', 'review-photo-wrong-before');
      const better = await drawJpeg(page, { width: 1600, height: 1100, words: 'better' });
      await page.getByLabel('从相册选择').setInputFiles(file(better));
      await saved(page);
      await page.getByRole('button', { name: '继续', exact: true }).click();
      await page.getByRole('button', { name: '提交', exact: true }).click();
      await page.getByText('您还剩2次机会').waitFor();
      await page.getByRole('button', { name: '确认提交' }).click();
      await page.getByRole('heading', { level: 1, name: '已提交人工审核' }).waitFor();
      await leaveBlindSample(client);

      await decide(client, 'return', [{ code: 'holding_text_unclear', item: 'holding', mark }]);
      await page.goto('/account/review');
      await arrive(page, '有 1 张照片要重拍', 'review-returned');
      await expect.poll(() => timeline(page)).toEqual(sentBack);
      await page.getByRole('button', { name: '大字版' }).click();
      await page.getByRole('button', { name: '再大些' }).click();
      await arrive(page, '有 1 张照片要重拍', 'review-returned-larger');
      await page.getByRole('link', { name: '重新拍这一张' }).click();
      await arrive(page, '手持证件照', 'review-photo-larger');
      await page.getByRole('button', { name: '大字版' }).click();
      const again = await drawJpeg(page, { width: 1100, height: 1600, words: 'again' });
      await page.getByLabel('从相册选择').setInputFiles(file(again));
      await saved(page);
      await expect.poll(() => page.getByRole('button', { name: '删除' }).count()).toBe(0);
      await page.getByRole('link', { name: '返回' }).click();
      await arrive(page, '有 1 张照片要重拍', 'review-returned-replaced');
      await page.getByRole('link', { name: '核对并提交' }).click();
      await arrive(page, '核对后再次提交', 'review-check-returned');
      await page.getByRole('button', { name: '提交', exact: true }).click();
      await page.getByText('不计次数，是否确认提交').waitFor();
      await page.getByRole('button', { name: '确认提交' }).click();
      await page.getByRole('heading', { level: 1, name: '已提交人工审核' }).waitFor();
      expect((await client.review.current.query()).remaining).toBe(1);

      // T-REV-04: back in the queue, where nobody has opened it yet, and then somebody has.
      await page.getByRole('link', { name: '查看进度' }).click();
      await arrive(page, '您已提交人工审核，请耐心等待', 'review-answered');
      await page.getByText('排队中', { exact: true }).waitFor();
      await page.getByText('大约排在第').waitFor();
      await expect
        .poll(async () => (await timeline(page)).slice(0, 4))
        .toEqual([...sentBack, '您已补充']);
      const rows = await database().select().from(caseTable);
      const { caseNumber } = (await client.review.current.query()).request ?? {};
      const row = rows.find((each) => each.caseNumber === caseNumber);
      if (row === undefined) throw new Error('no request');
      await opened(row);
      await page.reload();
      await page.getByText('审核员已再次开始审核').waitFor();
      await arrive(page, '您已提交人工审核，请耐心等待', 'review-opened-again');
      await expect.poll(() => page.locator('.chip').first().innerText()).toBe('审核中');
      await expect.poll(() => page.getByText('大约排在第').count()).toBe(0);

      await decide(client, 'approve');
      await expect.poll(() => texted(person)).toEqual([news, news, news]);
      await page.goto('/account/review');
      await arrive(page, '人工审核通过', 'review-approved');
      await expect
        .poll(() => timeline(page))
        .toEqual([...sentBack, '您已补充', '审核员已再次开始审核', '审核通过']);
      await onDesktop(async (desktop) => {
        await desktop.goto('/login?next=/account/review');
        await desktop.getByRole('button', { name: 'English' }).click();
        await signInOnPage(desktop, person.document.number, 'en');
        await arrive(desktop, 'Manual review approved', 'review-approved-en');
        await desktop.getByText('Sent back to you: Photo of you holding it').waitFor();
        await desktop.goto(`${phoneUrl}/#${person.mobile}`);
        await desktop.getByText(news).last().waitFor();
        await picture(desktop, 'review-news-on-the-phone');
      });
      await page
        .getByText('人工审核通过，可正常办理业务。如有需要，仍可进行实名核验。', { exact: true })
        .waitFor();
      await page.goto('/account/verification');
      await page.getByRole('heading', { level: 2, name: '人工审核通过' }).waitFor();
      await looksRight(page, 'review-approved-verification');
      await page.goto('/account/notices');
      await page.getByRole('link', { name: '查看人工审核' }).first().waitFor();
      await page.goto('/account');
      await page.getByText('人工审核通过，可正常办理业务').waitFor();
      await looksRight(page, 'review-approved-account');
    });
    expect(await database().$count(attestationTable)).toBeGreaterThan(0);
  },
);

test('T-REV-03, X-04: nobody is led in who has nothing to be reviewed, and three is all', async () => {
  const { person, client } = await unverified();
  await onPhone(async (page) => {
    await page.goto('/login?next=/account/review');
    await signInOnPage(page, person.document.number, 'zh');
    await arrive(page, '人工审核', 'review-not-offered');
    await page.getByText('请先做实名核验').waitFor();
    const { name, validityStart, validityTerm } = person.document;
    await client.verification.verify.mutate({ name, validityStart, validityTerm });
    await completeDraft(page, client, person);
    for (let attempt = 1; attempt <= 3; attempt += 1) {
      await client.review.submit.mutate();
      await decide(client, 'reject', [{ code: 'photo_unclear', item: 'a', mark: null }]);
      await client.review.correct.mutate();
      const words = `attempt ${attempt}`;
      await putPhoto(
        page,
        'a',
        await drawJpeg(page, { width: 1280, height: 900, words, grain: 0 }),
      );
    }
    await page.reload();
    await arrive(page, '人工审核', 'review-used-up');
    await page.getByText('3 次人工审核已用完').waitFor();
    expect(await page.getByRole('link', { name: '核对并提交' }).count()).toBe(0);
    await page.goto('/account/review/photos/c');
    await page.getByRole('heading', { level: 1, name: /没有这个页面|找不到/ }).waitFor();
  });
});
