import type { ShimingClient } from '@shiming/client';
import { pageVersion, pageVersionHeader } from '@shiming/domain';
import type { Page } from 'playwright-core';
import { test } from 'vitest';
import { attestFor } from '@shiming/services/testing/attestations';
import { registerServices } from '../../src/register-services.ts';
import { worldOfStack } from '../console/staff.ts';
import { database, databaseUrl, longAfterSigningIn, phoneUrl } from '../harness.ts';
import { citizenAs, newPerson, password, type Person, registered, ticketFor } from '../people.ts';
import { drawJpeg } from '../photos.ts';
import { registerStudent } from '../students.ts';
import { clientIn, room, standing, type Visit } from './room.ts';

const signIn =
  (name: string, prefix = '') =>
  async (page: Page) => {
    const client = clientIn(page, prefix);
    const ticket = await ticketFor(client, 'login');
    await client.login.signIn.mutate({ name, password, ticket });
  };

const pages = (prefix: string, ...paths: readonly string[]): Visit[] =>
  paths.map((path) => ({ path: prefix + path }));

/** Somebody whom the authority has confirmed. */
async function verified(person: Person): Promise<ShimingClient> {
  const client = await registered(person);
  const { name, validityStart, validityTerm } = person.document;
  await client.verification.verify.mutate({ name, validityStart, validityTerm });
  return client;
}

/** Sends a photo of a side of a card, as the page of that side does. */
const put = (side: string) => async (page: Page) => {
  const photo = await drawJpeg(page, { width: 900, height: 600, words: side, grain: 0 });
  await page.evaluate(
    async ({ text, to, header, version }) => {
      const body = Uint8Array.from(atob(text), (each) => each.codePointAt(0) ?? 0);
      await fetch(`/photos/${to}`, {
        method: 'PUT',
        headers: { [header]: version, 'content-type': 'image/jpeg' },
        body,
      });
    },
    { text: photo.toString('base64'), to: side, header: pageVersionHeader, version: pageVersion },
  );
};

const everywhere = [
  '/',
  '/account',
  '/account/password',
  '/account/profile',
  '/account/security',
  '/account/notices',
  '/account/mobile',
  '/account/email',
  '/account/data',
  '/account/close',
  '/account/levels',
  '/account/verification',
  '/account/binding',
  '/account/guardian',
  '/account/number',
];

test('own-teacher', async () => {
  const person = newPerson();
  await registered(person);
  await room(
    'own-teacher',
    'somebody who is not verified',
    [
      ...pages(
        '',
        ...everywhere,
        '/account/wechat',
        '/account/ministry',
        '/services/certification',
      ),
      { path: '/account/proof?next=/account/password', before: longAfterSigningIn },
    ],
    signIn(person.document.number),
  );
});

test('review', async () => {
  const person = newPerson();
  const client = await registered(person);
  const { name, validityStart, validityTerm } = person.document;
  await client.verification.verify.mutate({ name, validityStart, validityTerm });
  await room(
    'review',
    'somebody who asks for a review',
    [
      { path: '/account/review' },
      {
        path: '/account/review/details',
        before: (page) =>
          clientIn(page).data.giveConsent.mutate({ kind: 'photos', hasAgreed: false }),
      },
      ...pages(
        '',
        '/account/review/photos/a',
        '/account/review/photos/b',
        '/account/review/photos/c',
      ),
      {
        path: '/account/review/photos/a',
        what: 'a photo is chosen',
        open: async (page) => {
          await put('a')(page);
          await page.goto('/account/review/photos/a');
          await standing(page);
        },
      },
      {
        path: '/account/review/check',
        before: async (page) => {
          await put('b')(page);
          await put('c')(page);
          await clientIn(page).review.saveAnswers.mutate({
            name,
            validityStart,
            validityTerm,
            reason: '今年八月换了新身份证，核验一直不过。',
            channel: 'inbox',
          });
        },
      },
      { path: '/account/review/receipt', before: (page) => clientIn(page).review.submit.mutate() },
      { path: '/account/review', what: 'waiting' },
      { path: '/account/verification', what: 'a review waits' },
      { path: '/account', what: 'a review waits' },
    ],
    signIn(person.document.number),
  );
});

test('verified', async () => {
  const person = await citizenAs('林知远');
  await verified(person);
  await room(
    'verified',
    'somebody who is verified',
    [
      ...pages(
        '',
        '/',
        '/account',
        '/account/verification',
        '/account/levels',
        '/account/guardian',
        '/account/data',
        '/services/certification',
      ),
      {
        path: `${phoneUrl}/service/certification/start`,
        at: '/services/certification',
        what: 'the consent that the provider asks for',
        // Each file begins with an empty database.
        before: () => registerServices(databaseUrl, phoneUrl),
        isOnce: true,
        open: async (page) => {
          await page.getByRole('button', { name: '同意并办理' }).press('Enter');
          await page.getByRole('alertdialog').getByRole('checkbox').first().waitFor();
        },
      },
    ],
    signIn(person.document.number),
  );
  const [account] = await database().all<{ id: string }>(
    'select id from account order by created_at_ms desc limit 1',
  );
  await room(
    'own-business',
    'somebody who is verified',
    [
      ...pages('/business', ...everywhere, '/services/company-registration', '/face?for=level'),
      {
        path: '/business/account/levels',
        what: 'after consent',
        before: (page) =>
          clientIn(page, '/business').data.giveConsent.mutate({
            kind: 'document_number',
            hasAgreed: true,
          }),
      },
      {
        path: '/business/account/authorisation',
        before: () => attestFor(worldOfStack(), account?.id ?? '', 'face'),
      },
      ...pages('/business', '/account/authorisation/matter'),
    ],
    signIn(person.document.number),
  );
});

test('own-student', async () => {
  const person = newPerson();
  await registerStudent({ mobile: person.mobile });
  await room(
    'own-student',
    'somebody who has said nothing',
    pages(
      '/student',
      '/',
      '/account',
      '/account/identity',
      '/account/binding',
      '/services/archive',
    ),
    signIn(person.mobile, '/student'),
  );
  const student = await citizenAs('古丽·买买提');
  await verified(student);
  await room(
    'verified-student',
    'somebody who is verified',
    [
      ...pages(
        '/student',
        ...everywhere,
        '/account/inbox',
        '/account/records',
        '/account/photo-check',
        '/account/number/classmate',
        '/services/conscription',
        '/enter/conscription',
      ),
      {
        path: '/student/account/photo-check',
        what: 'with its photo',
        before: async (page) => {
          const { data, photoCheck } = clientIn(page, '/student');
          await data.giveConsent.mutate({ kind: 'document_number', hasAgreed: true });
          await data.giveConsent.mutate({ kind: 'records', hasAgreed: false });
          await photoCheck.view.query();
        },
      },
      { path: '/student/account/records', what: 'with consent' },
    ],
    signIn(student.document.number),
  );
});
