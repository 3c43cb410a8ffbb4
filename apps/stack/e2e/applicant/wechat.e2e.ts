import { createShimingClient, type ShimingClient } from '@shiming/client';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import {
  longAfterSigningIn,
  looksRight,
  mailsTo,
  newWeChat,
  onDesktop,
  onPhone,
  picture,
  runScheduled,
  tolerate,
  webUrl,
  withWeChat,
} from '../harness.ts';
import {
  arrive,
  asksForNoPuzzle,
  fillDate,
  signInOnPage,
  solveByComputing,
  wordsOf,
} from '../pages.ts';
import {
  newPerson,
  outcomes,
  password,
  type Person,
  registered,
  ticketFor,
  upToCode,
} from '../people.ts';

const renewed = 'Qiushui-47*bridge';
const zh = wordsOf('zh');
const ofPhone =
  'Mozilla/5.0 (Linux; Android 14; V2304A) AppleWebKit/537.36 Chrome/126.0 Mobile Safari/537.36';
/** A phone's own browser, and WeChat's. */
const inBrowser = { userAgent: ofPhone };
const inWeChat = { userAgent: `${ofPhone} MicroMessenger/8.0.56` };

const codeIn = (text: string): string => /\d{6}/.exec(text)?.[0] ?? '';
const linkIn = (text: string): string => /http\S+/.exec(text)?.[0] ?? '';

/** Whether the picture on the page is a QR code: the three finder patterns, and nothing around it. */
async function showsQrCode(page: Page): Promise<boolean> {
  const image = page.locator('.qr img');
  await image.waitFor();
  return image.evaluate((shown) => {
    if (!(shown instanceof HTMLImageElement)) return false;
    const canvas = document.createElement('canvas');
    canvas.width = shown.naturalWidth;
    canvas.height = shown.naturalHeight;
    const pen = canvas.getContext('2d');
    if (pen === null) return false;
    pen.drawImage(shown, 0, 0);
    const step = 8;
    const size = canvas.width / step;
    const isDark = (x: number, y: number) =>
      (pen.getImageData(x * step + 4, y * step + 4, 1, 1).data[0] ?? 255) < 128;
    const isFinder = (left: number, top: number) =>
      [0, 1, 2, 3, 4, 5, 6].every((y) =>
        [0, 1, 2, 3, 4, 5, 6].every((x) => {
          const ring = Math.max(Math.abs(x - 3), Math.abs(y - 3));
          return isDark(left + x, top + y) === (ring !== 2);
        }),
      );
    const isQuiet = Array.from({ length: size }, (_, at) => at).every(
      (at) => !isDark(at, 3) && !isDark(3, at) && !isDark(at, size - 4) && !isDark(size - 4, at),
    );
    return isQuiet && isFinder(4, 4) && isFinder(size - 11, 4) && isFinder(4, size - 11);
  });
}

/** Up to the page that asks where the code shall come from. */
async function upToContact(page: Page, { document, email, mobile }: Person): Promise<void> {
  await page.goto('/register');
  await page.getByRole('link', { name: zh.start }).click();
  await page.getByLabel(zh.types.resident_identity_card, { exact: false }).first().check();
  await page.getByLabel(zh.name, { exact: true }).fill(document.name);
  await page.getByLabel(zh.number, { exact: true }).fill(document.number);
  await fillDate(page, 'zh', '2020-05-06');
  await page.getByLabel(zh.years('20'), { exact: false }).check();
  await page.getByLabel(zh.consent).check();
  await page.getByRole('button', { name: zh.next }).click();
  await page.getByLabel(zh.again).fill(password);
  await page.getByLabel(zh.password, { exact: true }).fill(password);
  await page.getByRole('button', { name: zh.next }).click();
  await page.getByLabel(zh.email).fill(email);
  await page.getByLabel(zh.mobile).fill(mobile);
}

/** Somebody who registered by WeChat, and their WeChat. */
async function registeredByWeChat(person: Person) {
  const client = await upToCode(person);
  const { email, mobile } = person;
  const ticket = await ticketFor(client, 'register');
  await client.registration.sendWeChatCode.mutate({ email, mobile, ticket });
  const weChat = newWeChat();
  await weChat.scan();
  await weChat.follow();
  await weChat.press('GET_CODE');
  const code = codeIn(await weChat.type(person.document.number));
  await client.registration.proveContact.mutate({ code });
  await client.registration.submit.mutate({ hasAgreed: true });
  await client.profile.save.mutate({
    ethnicity: '01',
    sex: '',
    birthDate: { year: '', month: '', day: '' },
    localDocumentNumber: '',
    travelPermitNumber: '',
  });
  return { client, weChat };
}

async function signIn(person: Person, typed: string): Promise<string | undefined> {
  const client = createShimingClient({ url: webUrl });
  const ticket = await ticketFor(client, 'login');
  const { number } = person.document;
  const [outcome] = await outcomes([
    client.login.signIn.mutate({ name: number, password: typed, ticket }),
  ]);
  return outcome;
}

/** Says whose password it is, up to the ways there are. */
async function upToWays(page: Page, { document }: Person): Promise<void> {
  await page.goto('/recovery');
  await page.getByLabel(zh.number, { exact: true }).fill(document.number);
  await page.getByLabel(zh.name, { exact: true }).fill(document.name);
  await solveByComputing(page, 'zh');
  await page.getByRole('button', { name: '继续' }).click();
  await page.getByRole('heading', { level: 1, name: '怎样证明是您本人' }).waitFor();
}

const said = (page: Page, text: string) => page.getByRole('status').filter({ hasText: text });

test('T-REG-13: a registration by WeChat: scan, follow, menu, number, code; and the account is bound', async () => {
  const person = newPerson();
  const weChat = newWeChat();
  await onPhone(async (page) => {
    await upToContact(page, person);
    await page.getByLabel('微信扫码').check();
    await looksRight(page, 'wechat-contact');
    await solveByComputing(page, 'zh');
    await page.getByRole('button', { name: '微信扫码获取验证码' }).click();

    await page.getByRole('heading', { level: 1, name: '微信扫码获取验证码' }).waitFor();
    await expect.poll(() => showsQrCode(page)).toBe(true);
    await arrive(page, '微信扫码获取验证码', 'wechat-code-waiting');
    await page.getByRole('link', { name: '保存二维码图片' }).waitFor();
    await page.getByRole('button', { name: 'English' }).click();
    await page.getByRole('button', { name: 'Large text' }).click();
    await page.getByRole('button', { name: 'Larger' }).click();
    await arrive(page, 'Get a code by WeChat', 'wechat-code-waiting-en-larger');
    await page.getByRole('button', { name: 'Large text' }).click();
    await page.getByRole('button', { name: '中文' }).click();
    await weChat.scan();
    await weChat.follow();
    await said(page, '已扫码').waitFor();
    await looksRight(page, 'wechat-code-scanned');
    await weChat.press('GET_CODE');
    const code = codeIn(await weChat.type(person.document.number));
    await said(page, '验证码已发到您的微信').waitFor();
    await picture(page, 'wechat-code-answered');

    const field = page.getByLabel(zh.code);
    await field.fill(code === '000000' ? '000001' : '000000');
    await page.getByRole('button', { name: zh.next }).click();
    await page.locator('.summary').waitFor();
    await page.reload();
    await field.fill(code);
    await page.getByRole('button', { name: zh.next }).click();
    await page.getByRole('button', { name: zh.submit }).waitFor();
    await page.getByLabel(zh.agree).check();
    await page.getByRole('button', { name: zh.submit }).click();
    await arrive(page, zh.done, 'wechat-registered');
  }, inBrowser);

  await onPhone(async (page) => {
    await upToWays(page, person);
    await page.getByRole('link', { name: '用这种办法: 微信' }).waitFor();
  });
});

test('T-REG-13, UX-34: in WeChat’s own browser the code is a picture to press and a link; when WeChat is down, SMS remains', async () => {
  const person = newPerson();
  await onPhone(async (page) => {
    await upToContact(page, person);
    await page.getByLabel('微信扫码').check();
    await solveByComputing(page, 'zh');
    tolerate(page, /status of 503/);
    await withWeChat('down', async () => {
      await page.getByRole('button', { name: '微信扫码获取验证码' }).click();
      await page.locator('.summary', { hasText: '微信暂时连不上' }).waitFor();
      await looksRight(page, 'wechat-down');
    });
    await asksForNoPuzzle(page);
    await page.getByRole('button', { name: '微信扫码获取验证码' }).click();
    await page.getByText('长按二维码').waitFor();
    await expect.poll(() => showsQrCode(page)).toBe(true);
    const link = page.getByRole('link', { name: '点这里进入公众号' });
    await expect.poll(() => link.getAttribute('href')).toContain('weixin.qq.com/q/');
    await arrive(page, '微信扫码获取验证码', 'wechat-code-in-wechat');
    await page.getByRole('link', { name: '改用短信验证码' }).click();
    await page.getByRole('heading', { level: 1, name: '联系方式' }).waitFor();
    await expect.poll(() => page.getByLabel('通过短信').isChecked()).toBe(true);
  }, inWeChat);
});

test('T-PWD-04: a password is reset by the link in the chat; the page that waits says so', async () => {
  const person = newPerson();
  const { client, weChat } = await registeredByWeChat(person);
  await onDesktop(async (page) => {
    await upToWays(page, person);
    await picture(page, 'recovery-way-wechat');
    await page.getByRole('link', { name: '用这种办法: 微信' }).click();
    await arrive(page, '用微信重置密码', 'recovery-wechat');
    await asksForNoPuzzle(page);
    await page.getByRole('button', { name: '显示二维码' }).click();
    await expect.poll(() => showsQrCode(page)).toBe(true);
    await looksRight(page, 'recovery-wechat-waiting');

    // Somebody else's WeChat has no link to give.
    const other = newWeChat();
    await other.follow();
    expect(linkIn(await other.press('RESET_PASSWORD'))).toBe('');

    await weChat.scan();
    const link = linkIn(await weChat.press('RESET_PASSWORD'));
    expect(link).toContain('/recovery/link#');
    await said(page, '重置密码的链接已发到您的微信').waitFor();
    await looksRight(page, 'recovery-wechat-answered');

    await onPhone(async (phone) => {
      await phone.goto(link);
      await arrive(phone, '设置新密码', 'recovery-wechat-link');
      await phone.getByLabel('新密码', { exact: true }).fill(renewed);
      await phone.getByLabel('再输入一次新密码').fill(renewed);
      await phone.getByRole('button', { name: '重置密码' }).click();
      await phone.getByRole('heading', { level: 1, name: '密码已重置' }).waitFor();
    }, inWeChat);
    await arrive(page, '这次重置已经结束', 'recovery-wechat-over');
  });
  expect(await client.session.current.query()).toBeNull();
  expect(await signIn(person, password)).toBe('login.refused');
  expect(await signIn(person, renewed)).toBe('ok');
});

test(
  'T-PRO-06: WeChat is bound in the account with a proof and a code of the chat, and unbound again',
  { timeout: 480_000 },
  async () => {
    const person = newPerson();
    const client: ShimingClient = await registered(person);
    await onPhone(async (page) => {
      await upToWays(page, person);
      expect(await page.getByRole('link', { name: '用这种办法: 微信' }).count()).toBe(0);
      await page.goto('/recovery/wechat');
      await arrive(page, '这个账号没有绑定微信', 'recovery-wechat-never');

      await page.goto('/login?next=/account/wechat');
      await page.getByText('在微信里关注服务号「中国教师资格」').waitFor();
      await arrive(page, '登录', 'login-wechat');
      await signInOnPage(page, person.document.number, 'zh');
      await arrive(page, /^绑定微信$/, 'wechat-unbound');
      await longAfterSigningIn();
      await page.getByRole('button', { name: '绑定微信' }).click();
      await page.getByRole('heading', { level: 1, name: '证明是您本人' }).waitFor();
      await page.getByLabel('登录密码', { exact: true }).fill(password);
      await page.getByRole('button', { name: '确认' }).click();
      await page.getByRole('heading', { level: 1, name: /^绑定微信$/ }).waitFor();
      await expect.poll(() => showsQrCode(page)).toBe(true);
      await arrive(page, /^绑定微信$/, 'wechat-binding');
      const weChat = newWeChat();
      await weChat.scan();
      const code = codeIn(await weChat.follow());
      await said(page, '验证码已发到您的微信').waitFor();
      await picture(page, 'wechat-binding-answered');
      await page.getByLabel(zh.code).fill(code);
      await page.getByRole('button', { name: '绑定', exact: true }).click();
      await arrive(page, '已绑定微信', 'wechat-bound');
      expect((await client.wechat.current.query()).boundAtMs).not.toBeNull();
      await expect
        .poll(
          async () => {
            await runScheduled();
            return (await mailsTo(person.email)).map(({ subject }) => subject).join();
          },
          { timeout: 60_000 },
        )
        .toContain('微信');

      await page.getByRole('button', { name: '解除绑定' }).click();
      const dialog = page.getByRole('alertdialog', { name: '解除微信绑定？' });
      await dialog.waitFor();
      await looksRight(page, 'wechat-unbind');
      await page.keyboard.press('Escape');
      await dialog.waitFor({ state: 'detached' });
      await page.getByRole('button', { name: '解除绑定' }).click();
      await dialog.getByRole('button', { name: '解除绑定' }).click();
      await arrive(page, /^绑定微信$/, 'wechat-unbound-again');
      await said(page, '已解除绑定').waitFor();
    });
    expect((await client.wechat.current.query()).boundAtMs).toBeNull();
  },
);
