import '../three-portals.ts';
import { createShimingClient, solveProofOfWork } from '@shiming/client';
import { faceIn, faceOf, type Shot, shotOf } from '@shiming/sandbox/faces';
import type { Page } from 'playwright-core';
import { beforeAll, test } from 'vitest';
import { listens, looksRightOnBoth, onDesktop, openCtid, readCode, webUrl } from '../harness.ts';
import { arrive as arriveAt, signInOnPage } from '../pages.ts';
import { citizenAs, password } from '../people.ts';

const arrive = (page: Page, heading: string, name: string) =>
  arriveAt(page, heading, `face-${name}`);
const press = (page: Page, name: string) =>
  page.getByRole('button', { name, exact: true }).press('Enter');
/** The face page is a document of its own: the browser opens and leaves it. */
async function follow(page: Page, name: string): Promise<void> {
  await page.getByRole('link', { name, exact: true }).press('Enter');
  await listens(page);
}

/** Somebody's picture, as a file of a phone's camera app. */
const photoOf = async (name: string, shot: Shot) => ({
  name: 'face.jpg',
  mimeType: 'image/jpeg',
  buffer: Buffer.from(await shotOf(faceOf(name), shot)),
});

/** Somebody who has registered at this portal, where the authority has confirmed them: at level 3. */
async function verified(name: string) {
  const { document, mobile } = await citizenAs(name);
  const client = createShimingClient({ url: `${webUrl}/business` });
  await client.registration.saveDocument.mutate(document);
  const ticket = await solveProofOfWork(client, 'register');
  await client.registration.sendCode.mutate({ email: '', mobile, ticket });
  await client.registration.proveContact.mutate({ code: await readCode(mobile) });
  await client.registration.savePassword.mutate({ password, passwordAgain: password });
  await client.registration.verify.mutate();
  await client.registration.submit.mutate({ hasAgreed: true });
  return document;
}

/**
 * The sandbox loads its model when it is first asked about a face, which takes several times as long as a later comparison:
 * on a busy machine longer than the authority is waited for.
 */
beforeAll(async () => {
  await faceIn(await shotOf(faceOf('林知远')));
});

test(
  'E-FAC-01: in English, on a dark screen, where the camera is refused, files do; without a photo on record a window is the way',
  { timeout: 120_000 },
  async () => {
    const { number } = await citizenAs('秦望舒').then(({ document }) => document);
    // With a 网证 the four factors match; the photo in the register is too poor to be compared.
    await openCtid(number);
    await verified('秦望舒');
    await onDesktop(
      async (page) => {
        await page.addInitScript(() => {
          const devices = navigator.mediaDevices as MediaDevices | undefined;
          if (devices === undefined) return;
          devices.getUserMedia = () => Promise.reject(new DOMException('', 'NotAllowedError'));
        });
        await page.goto('/business/login?next=/face?for=level');
        await page.getByRole('button', { name: 'English' }).press('Enter');
        await signInOnPage(page, number, 'en');
        await arrive(page, 'Face check: from level 3 to level 4', 'before-en');
        await page.getByRole('checkbox').check();
        await press(page, 'Turn on the camera');
        await page.getByText('The camera was not allowed').waitFor();
        await looksRightOnBoth(page, 'face-refused-en');
        for (const height of [600, 580, 560]) {
          await page
            .getByLabel('Use the camera app')
            .setInputFiles(await photoOf('杜若溪', { height }));
        }
        await arrive(page, 'Look at the pictures', 'files-en');
        await press(page, 'Send for the check');
        await arrive(page, 'Please go to a registration window', 'no-photo-en');
        await follow(page, 'Go to a window');
        await page.getByRole('button', { name: 'Take a ticket' }).waitFor();
      },
      { locale: 'en-GB', colorScheme: 'dark' },
    );
  },
);
