import { test } from 'vitest';
import { signInStaff } from '../console/staff.ts';
import { database, onDesktop, onPhone } from '../harness.ts';
import {
  answerLetter,
  fillLetter,
  fillPassword,
  organisation,
  press,
  readLetter,
  sendLetter,
} from '../organisations.ts';
import { ticketFor } from '../people.ts';
import { clientIn, linkTo, room } from './room.ts';

test('organisation', async () => {
  let key: string[] = [];
  await onPhone(async (page) => {
    await page.goto('/student/organisation/letter');
    await fillLetter(page);
    key = await sendLetter(page);
    await page.goto(await linkTo(organisation.email, '/tickets#'));
    await page.getByText('邮箱已确认').waitFor();
  });
  const [letter] = await database().all<{ id: string }>('select id from "case"');
  await room(
    'organisation-desk',
    'reviewer',
    [
      { path: `/console/tickets/${letter?.id}`, what: 'a letter that waits' },
      {
        path: `/console/tickets/${letter?.id}`,
        what: 'a letter in hand',
        isOnce: true,
        open: readLetter,
      },
    ],
    (page) => signInStaff(page, 'reviewer', '客服四'),
  );
  await database().run('update "case" set holder_id = null, lease_ends_at_ms = null');
  await onDesktop(async (page) => {
    await signInStaff(page, 'reviewer', '客服五');
    await page.goto(`/console/tickets/${letter?.id}`);
    await readLetter(page);
    await answerLetter(page);
  });
  await onPhone(async (page) => {
    await page.goto('/student/organisation/password');
    await fillPassword(page, key);
    await press(page, '设置密码');
    await page.getByText('密码已设置，请登录').waitFor();
  });
  await room(
    'organisation',
    'an organisation',
    ['', '/contact', '/data', '/change-password', '/close'].map((path) => ({
      path: `/student/organisation${path}`,
    })),
    async (page) => {
      const { code, password } = organisation;
      const client = clientIn(page, '/student');
      const ticket = await ticketFor(client, 'login');
      await client.organisation.signIn.mutate({ code, password, ticket });
    },
  );
});
