import { createShimingClient, type ShimingClient } from '@shiming/client';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { mailsTo, readCode, webUrl } from './harness.ts';
import { solveByComputing } from './pages.ts';
import { password, ticketFor } from './people.ts';

/** A client of the student portal. */
const studentClient = (): ShimingClient =>
  createShimingClient({
    url: webUrl,
    fetch: (sent) => fetch(new Request(sent.url.replace('/trpc/', '/student/trpc/'), sent)),
  });

/** The path of the newest activation link that was sent to an address, once there are so many. */
export async function activationLink(address: string, count = 1): Promise<string> {
  let links: string[] = [];
  await expect
    .poll(async () => {
      links = (await mailsTo(address)).flatMap((mail) => mail.links);
      return links.length;
    })
    .toBe(count);
  const { pathname, hash } = new URL(links.at(-1) ?? '');
  return pathname + hash;
}

/** A client that is signed in to a new account of the student portal, which has one contact and no identity. */
export async function registerStudent({
  email = '',
  mobile = '',
}: {
  email?: string;
  mobile?: string;
}): Promise<ShimingClient> {
  const client = studentClient();
  const ticket = await ticketFor(client, 'register');
  await client.registration.sendCode.mutate({ email, mobile, ticket });
  if (mobile === '') {
    const [, link = ''] = (await activationLink(email)).split('#');
    await client.registration.activate.mutate({ link });
  } else {
    await client.registration.proveContact.mutate({ code: await readCode(mobile) });
  }
  await client.registration.savePassword.mutate({ password, passwordAgain: password });
  await client.registration.submit.mutate({ hasAgreed: true });
  return client;
}

/** S-NAM-01: chooses the registered residence. */
export async function chooseHousehold(page: Page, language: 'zh' | 'en' = 'zh'): Promise<void> {
  const label = language === 'zh' ? '户籍所在地：' : 'Registered residence: ';
  await page.getByLabel(`${label}${language === 'zh' ? '省' : 'province'}`).selectOption('11');
  await page
    .getByLabel(`${label}${language === 'zh' ? '区、县' : 'county'}`)
    .selectOption('110101');
}

/** Signs in at the student portal by mail address or mobile number, and goes to a page of it. */
export async function signInStudent(page: Page, name: string, path: string): Promise<void> {
  await page.goto(`/student/login?${new URLSearchParams({ next: path }).toString()}`);
  await page.getByLabel('邮箱或者手机号码').fill(name);
  await page.getByLabel('密码', { exact: true }).fill(password);
  await solveByComputing(page, 'zh');
  await page.locator('form').getByRole('button', { name: '登录', exact: true }).press('Enter');
  await page.waitForURL(`**/student${path}`);
}
