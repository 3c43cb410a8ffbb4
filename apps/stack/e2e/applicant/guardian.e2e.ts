import { createShimingClient } from '@shiming/client';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { completeProfile, registerCitizen } from '../../src/bench-citizen.ts';
import { database, looksRight, onPhone, picture, readCode, webUrl } from '../harness.ts';
import { signInOnPage } from '../pages.ts';
import { newPerson, registered, ticketFor } from '../people.ts';

const child = { number: '110199201506100011', name: '江小树' };

/** An adult whom the authority has confirmed. */
async function verifiedAdult(): Promise<string> {
  const client = createShimingClient({ url: webUrl });
  const { citizen, answers } = await registerCitizen(client, {
    ticket: () => ticketFor(client, 'register'),
    codeTo: readCode,
  });
  await completeProfile(client);
  const { name, validityStart, validityTerm } = answers;
  await client.verification.verify.mutate({ name, validityStart, validityTerm });
  return citizen.number;
}

/** The page as it is on a phone; with SHIMING_SCREENSHOTS on a desktop, too, and dark in large text at 320 px. */
async function look(page: Page, name: string): Promise<void> {
  await looksRight(page, name);
  if (!process.env['SHIMING_SCREENSHOTS']) return;
  await page.setViewportSize({ width: 1280, height: 900 });
  await picture(page, `${name}-1280`);
  await page.setViewportSize({ width: 320, height: 640 });
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.evaluate(() => document.documentElement.classList.add('large'));
  await looksRight(page, `${name}-dark-large`);
  await page.evaluate(() => document.documentElement.classList.remove('large'));
  await page.emulateMedia({ colorScheme: null });
  await page.setViewportSize({ width: 390, height: 844 });
}

async function open(page: Page, number: string): Promise<void> {
  await page.goto('/login?next=/account/guardian');
  await signInOnPage(page, number, 'zh');
  await page.getByRole('heading', { level: 1, name: '为未满 14 周岁的孩子同意' }).waitFor();
}

const fill = async (page: Page): Promise<void> => {
  await page.getByLabel('孩子的证件号码', { exact: true }).fill(child.number);
  await page.getByLabel('孩子的姓名').fill(child.name);
  await page.getByLabel('母亲').check();
};

const says = (page: Page, text: string | RegExp) =>
  page.getByRole('status').filter({ hasText: text }).waitFor();

test('PIPL 31: a guardian refuses, agrees and withdraws, and each is on record', async () => {
  const number = await verifiedAdult();
  await onPhone(async (page) => {
    await open(page, number);
    await page.getByText('还没有。').waitFor();
    await look(page, 'guardian-asked');
    await fill(page);
    await page.getByRole('button', { name: '不同意', exact: true }).click();
    await says(page, '已记下您不同意');
    await look(page, 'guardian-refused');

    await page.reload();
    await fill(page);
    await page.getByLabel(/^我是孩子的监护人/).check();
    await page.getByRole('button', { name: '同意，取同意码' }).click();
    await says(page, /[\dA-Z]{4} [\dA-Z]{4}/);
    await look(page, 'guardian-agreed');

    await page.getByRole('button', { name: '撤回对江*树的同意' }).click();
    const dialog = page.getByRole('alertdialog');
    await dialog.waitFor();
    await look(page, 'guardian-withdraw');
    await dialog.getByRole('button', { name: '撤回', exact: true }).click();
    await says(page, '已撤回。');
    await look(page, 'guardian-withdrawn');
    await page.getByRole('button', { name: 'English' }).click();
    await page.getByRole('heading', { level: 1, name: 'Consent for a child under 14' }).waitFor();
    await look(page, 'guardian-english');
  });
  const rows = await database().all<{ ending: string }>(
    'select ending from guardian_consent order by given_at_ms',
  );
  expect(rows.map(({ ending }) => ending)).toEqual(['refused', 'withdrawn']);
});

test('PIPL 31: somebody who is not verified is told who can agree, and is led on', async () => {
  const person = newPerson();
  await registered(person);
  await onPhone(async (page) => {
    await open(page, person.document.number);
    await page.getByText('只有年满 18 周岁').waitFor();
    await look(page, 'guardian-not-entitled');
  });
});
