import { createShimingClient, type ShimingClient, solveProofOfWork } from '@shiming/client';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { mailsTo, readCode, webUrl } from './harness.ts';
import { solveByComputing } from './pages.ts';
import { password } from './people.ts';

/** A client of the student portal. */
const studentClient = (): ShimingClient =>
  createShimingClient({
    url: webUrl,
    fetch: (sent) => fetch(new Request(sent.url.replace('/trpc/', '/student/trpc/'), sent)),
  });

/** The code in the newest mail to an address, once there is one. */
export async function mailedCode(address: string): Promise<string> {
  let code = '';
  await expect
    .poll(async () => {
      const mails = await mailsTo(address);
      code = /\d{6}/.exec(mails.at(-1)?.subject ?? '')?.[0] ?? '';
      return code;
    })
    .not.toBe('');
  return code;
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
  const ticket = await solveProofOfWork(client, 'register');
  await client.registration.sendCode.mutate({ email, mobile, ticket });
  const code = mobile === '' ? await mailedCode(email) : await readCode(mobile);
  await client.registration.proveContact.mutate({ code });
  await client.registration.savePassword.mutate({ password, passwordAgain: password });
  await client.registration.submit.mutate({ hasAgreed: true });
  return client;
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
