import { puzzleTable } from '@shiming/db';
import type { Citizen } from '@shiming/sandbox';
import type { Page, Request } from 'playwright-core';
import { expect } from 'vitest';
import { database, looksRight, readCode } from './harness.ts';
import { password } from './people.ts';

/** The words of the pages that a journey presses and reads, in both languages. */
const words = {
  zh: {
    start: '开始注册',
    next: '继续',
    name: '姓名',
    number: '证件号码',
    year: '年',
    month: '月',
    day: '日',
    consent: /我同意为注册和核验身份/,
    password: '密码',
    again: '再输入一次密码',
    email: '安全邮箱',
    mobile: '手机号码',
    otherWay: '换一种验证',
    solved: '验证通过',
    handle: '拼图滑块',
    send: '通过短信免费获取验证码',
    code: '6 位验证码',
    agree: /我已阅读并同意/,
    agreement: '《中国教师资格网注册协议》',
    iAgree: '我同意遵守协议',
    dot: '插入 ·（姓名里的间隔号）',
    submit: '提交注册',
    wrong: '信息填写错误，将导致无法通过实名核验。',
    done: '注册成功',
    toProfile: '完善个人信息',
    follow: '建议您通过微信扫码关注服务号',
    ethnicity: '民族',
    han: '汉族',
    female: '女',
    male: '男',
    local: '当地身份证件号码',
    permit: '通行证号码',
    save: '保存，去实名核验',
    verify: '实名核验',
    confirm: '确认提交',
    signIn: '登录',
    signOut: '退出',
    menu: /^菜单/,
    account: '身份证件号码',
    types: {
      resident_identity_card: '居民身份证',
      hmt_residence_permit: '港澳台居民居住证',
      hk_macao_travel_permit: '港澳居民来往内地通行证',
      taiwan_travel_permit: '台湾居民来往大陆通行证',
    },
    years: (years: string) => (years === 'long_term' ? '长期' : `${years} 年`),
  },
  en: {
    start: 'Start',
    next: 'Continue',
    name: 'Name',
    number: 'Document number',
    year: 'Year',
    month: 'Month',
    day: 'Day',
    consent: /I agree/,
    password: 'Password',
    again: 'Password again',
    email: 'Email address',
    mobile: 'Mobile number',
    otherWay: 'Another way',
    solved: 'Check passed',
    handle: 'Puzzle slider',
    send: 'Get a free code by text message',
    code: '6-digit code',
    agree: /I have read and agree/,
    agreement: 'registration agreement',
    iAgree: 'I agree to the terms',
    dot: 'Insert · into the name',
    submit: 'Register',
    wrong: 'or the document number is wrong, your identity cannot be verified.',
    done: 'You are registered',
    toProfile: 'Complete my profile',
    follow: 'We recommend that you follow our service account in WeChat',
    ethnicity: 'Ethnicity',
    han: 'Han',
    female: 'Female',
    male: 'Male',
    local: 'Local document number',
    permit: 'Travel permit number',
    save: 'Save and verify identity',
    verify: 'Verify identity',
    confirm: 'Submit',
    signIn: 'Sign in',
    signOut: 'Sign out',
    menu: /^Menu/,
    account: 'Document number',
    types: {
      resident_identity_card: 'Resident Identity Card',
      hmt_residence_permit: 'Residence Permit',
      hk_macao_travel_permit: 'Mainland Travel Permit for Hong Kong and Macao Residents',
      taiwan_travel_permit: 'Mainland Travel Permit for Taiwan Residents',
    },
    years: (years: string) => (years === 'long_term' ? 'Long term' : `${years} years`),
  },
};

export type Language = keyof typeof words;
export const wordsOf = (language: Language) => words[language];

/** Waits for the page with this heading, keeps its picture, and finds nothing wrong with it. */
export async function arrive(page: Page, heading: string | RegExp, name: string): Promise<void> {
  await page.getByRole('heading', { level: 1, name: heading }).waitFor();
  await looksRight(page, name);
}

/** Gives a consent where a page asks for it. */
export async function agreeTo(page: Page, button: string, agree = '同意'): Promise<void> {
  await page.getByRole('button', { name: button }).press('Enter');
  await page.getByRole('alertdialog').getByRole('button', { name: agree }).press('Enter');
}

/** Agrees to the use of the number, and to the agreement, at a portal that the person has not been to. */
export async function agreeWithAgreement(page: Page): Promise<void> {
  await page.getByRole('button', { name: '同意处理证件号码' }).press('Enter');
  const dialog = page.getByRole('alertdialog');
  await dialog.getByRole('checkbox').press('Space');
  await dialog.getByRole('button', { name: '同意', exact: true }).press('Enter');
}

/** T-REG-11: a flow whose puzzle was solved asks for no other. */
export async function asksForNoPuzzle(page: Page): Promise<void> {
  await page.locator('.puzzle .solved').waitFor();
}

/** The way for those who cannot drag: the device computes. Where the flow holds a ticket there is nothing to do. */
export async function solveByComputing(page: Page, language: Language): Promise<void> {
  const w = words[language];
  const otherWay = page.getByRole('button', { name: w.otherWay });
  const solved = page.locator('.puzzle .solved');
  await otherWay.or(solved).first().waitFor();
  // A ticket that the flow holds may come before the click.
  if (await otherWay.isVisible()) await Promise.race([otherWay.click(), solved.waitFor()]);
  await page.locator('.puzzle .solved', { hasText: w.solved }).waitFor();
}

/** The slider by keyboard alone. Where the hole is, the test reads in the database; no browser can. */
export async function solveByKeyboard(page: Page, language: Language): Promise<void> {
  const w = words[language];
  const handle = page.getByRole('slider', { name: w.handle });
  await handle.waitFor();
  await page.locator('.puzzle .piece').waitFor();
  const puzzles = await database().select().from(puzzleTable);
  const newest = puzzles.toSorted((a, b) => a.expiresAtMs - b.expiresAtMs).at(-1);
  const x = newest?.x ?? 0;
  await handle.focus();
  for (let moved = 0; moved + 10 <= x; moved += 10) await handle.press('Shift+ArrowRight');
  for (let moved = x - (x % 10); moved < x; moved += 1) await handle.press('ArrowRight');
  await handle.press('Enter');
  await page.locator('.puzzle .solved', { hasText: w.solved }).waitFor();
}

export async function fillDate(page: Page, language: Language, date: string): Promise<void> {
  const w = words[language];
  const [year = '', month = '', day = ''] = date.split('-');
  await page.getByLabel(w.year, { exact: true }).fill(year);
  await page.getByLabel(w.month, { exact: true }).fill(month);
  await page.getByLabel(w.day, { exact: true }).fill(day);
}

export function termOf({ validity }: Citizen): string {
  if (validity.end === null) return 'long_term';
  return String(Number(validity.end.slice(0, 4)) - Number(validity.start.slice(0, 4)));
}

/** A name, whose dots are put in with the button for them (T-REG-07). */
async function fillName(page: Page, language: Language, name: string): Promise<void> {
  const w = words[language];
  const field = page.getByLabel(w.name, { exact: true });
  const [first = '', ...others] = name.split('·');
  await field.fill(first);
  for (const part of others) {
    await page.getByRole('button', { name: w.dot }).click();
    await field.pressSequentially(part);
  }
  await expect.poll(() => field.inputValue()).toBe(name);
}

/** The first step of a registration. */
export async function fillDocument(
  page: Page,
  citizen: Citizen,
  language: Language,
): Promise<void> {
  const w = words[language];
  await page
    .getByLabel(w.types[citizen.documentType as keyof typeof w.types], { exact: false })
    .first()
    .check();
  await fillName(page, language, citizen.name);
  await page.getByLabel(w.number, { exact: true }).fill(citizen.number);
  await fillDate(page, language, citizen.validity.start);
  await page.getByLabel(w.years(termOf(citizen)), { exact: false }).check();
  await page.getByLabel(w.consent).check();
}

/** From the first page of the registration to the page that says it is done. */
export async function registerOnPages(
  page: Page,
  citizen: Citizen,
  language: Language,
  solve: (page: Page, language: Language) => Promise<void> = solveByComputing,
): Promise<void> {
  const w = words[language];
  const name = (step: string) => `register-${citizen.number}-${language}-${step}`;
  // Each step answers the next one, so nothing is asked again: the draft once, the puzzle, and five steps.
  const asked: string[] = [];
  const note = (request: Request) => {
    const procedure = /\/trpc\/((?:registration|puzzle)\.\w+)/.exec(request.url())?.[1];
    if (procedure !== undefined) asked.push(procedure);
  };
  page.on('request', note);
  await page.goto('/register');
  await page.getByRole('link', { name: w.start }).click();

  await fillDocument(page, citizen, language);
  await looksRight(page, name('document'));
  await page.getByRole('button', { name: w.next }).click();

  await page.getByLabel(w.again).fill(password);
  await page.getByLabel(w.password, { exact: true }).fill(password);
  await looksRight(page, name('password'));
  await page.getByRole('button', { name: w.next }).click();

  await page.getByLabel(w.email).fill('someone@example.com');
  await page.getByLabel(w.mobile).fill(citizen.mobile);
  await looksRight(page, name('contact'));
  await solve(page, language);
  await page.getByRole('button', { name: w.send }).click();

  await page.getByLabel(w.code).waitFor();
  await looksRight(page, name('code'));
  await page.getByLabel(w.code).fill(await readCode(citizen.mobile));
  await page.getByRole('button', { name: w.next }).click();

  await page.getByRole('button', { name: w.submit }).waitFor();
  // T-REG-16b
  await page.getByText(w.wrong).waitFor();
  await page.getByRole('button', { name: w.agreement }).click();
  await page.getByRole('button', { name: w.iAgree }).click();
  await expect.poll(() => page.getByLabel(w.agree).isChecked()).toBe(true);
  await looksRight(page, name('check'));
  await page.getByRole('button', { name: w.submit }).click();
  await arrive(page, w.done, name('done'));
  page.off('request', note);
  // Those who cannot drag have a second puzzle drawn.
  const dragged = asked.filter((procedure) => procedure !== 'puzzle.drawProofOfWork');
  expect(dragged.slice(8)).toEqual([]);
}

/** First-login completion: whatever this document asks for. */
export async function completeOnPages(
  page: Page,
  citizen: Citizen,
  language: Language,
): Promise<void> {
  const w = words[language];
  // T-PRO-03b
  await page.getByText(w.follow).waitFor();
  await page.getByLabel(w.ethnicity).selectOption({ label: w.han });
  if (citizen.localDocumentNumber !== undefined) {
    const { number, documentType } = citizen;
    const isResident = documentType === 'hmt_residence_permit';
    const isMale = isResident && Number(number[16]) % 2 === 1;
    await page.getByLabel(isMale ? w.male : w.female, { exact: true }).check();
    const born = number.replace(/^.{6}(.{4})(..)(..).*$/, '$1-$2-$3');
    await fillDate(page, language, isResident ? born : '1990-07-08');
  }
  if (citizen.localDocumentNumber !== undefined) {
    await page.getByLabel(w.local, { exact: true }).fill(citizen.localDocumentNumber);
  }
  if (citizen.travelPermitNumber !== undefined) {
    await page.getByLabel(w.permit, { exact: true }).fill(citizen.travelPermitNumber);
  }
  await looksRight(page, `profile-${citizen.number}-${language}`);
  await page.getByRole('button', { name: w.save }).click();
}

export async function signInOnPage(
  page: Page,
  number: string,
  language: Language,
  solve: (page: Page, language: Language) => Promise<void> = solveByComputing,
): Promise<void> {
  const w = words[language];
  await page.getByLabel(w.account, { exact: true }).fill(number);
  await page.getByLabel(w.password, { exact: true }).fill(password);
  await solve(page, language);
  await page.locator('form').getByRole('button', { name: w.signIn, exact: true }).click();
}

/** What is one's own stands behind a button on a narrow screen. */
export async function openMenu(page: Page, language: Language): Promise<void> {
  const menu = page.getByRole('button', { name: words[language].menu });
  await menu.waitFor();
  if ((await menu.getAttribute('aria-expanded')) === 'false') await menu.click();
}
