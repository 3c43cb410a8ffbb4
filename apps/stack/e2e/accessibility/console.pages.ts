import type { StaffRole } from '@shiming/domain';
import type { Page } from 'playwright-core';
import { test } from 'vitest';
import { requested } from '../console/requests.ts';
import { firstAdministrator, signInStaff } from '../console/staff.ts';
import { database, onDesktop } from '../harness.ts';
import { citizenAs, newPerson, password, registered, ticketFor } from '../people.ts';
import { drawJpeg } from '../photos.ts';
import { registerStudent } from '../students.ts';
import { clientIn, room, type Visit } from './room.ts';

const pages = (...paths: readonly string[]): Visit[] =>
  paths.map((path) => ({ path: `/console${path}` }));

/** The console as one member of the staff has it. */
const as = (
  role: StaffRole,
  visits: readonly Visit[],
  scope: string | null = null,
): Promise<void> =>
  room(`console-${role}`, role, visits, (page) => signInStaff(page, role, `人员${role}`, scope));

/** A letter to the help desk, a dispute of a record and a claim on a number, each by the id of its case. */
async function openCases(): Promise<Record<string, string>> {
  const student = await citizenAs('古丽·买买提');
  const client = await registered(student);
  const { name, validityStart, validityTerm } = student.document;
  await client.verification.verify.mutate({ name, validityStart, validityTerm });
  const key = await client.ticket.begin.mutate({
    topic: 'lost_contacts',
    text: '手机号码和邮箱都不用了，收不到验证码。',
    name: '',
    number: '',
    email: '',
    agreesToPhotos: false,
    ticket: await ticketFor(client, 'ticket'),
  });
  await client.ticket.submit.mutate(key);
  await onDesktop(async (page) => {
    await page.goto('/help');
    const own = clientIn(page);
    const ticket = await ticketFor(own, 'login');
    await own.login.signIn.mutate({ name: student.document.number, password, ticket });
    const { data, photoCheck } = clientIn(page, '/student');
    await data.giveConsent.mutate({ kind: 'document_number', hasAgreed: true });
    await data.giveConsent.mutate({ kind: 'records', hasAgreed: false });
    await page.goto('/student/account/photo-check');
    await page.getByRole('button', { name: '查询校对信息' }).press('Enter');
    await page.getByRole('heading', { level: 2, name: '沙箱师范大学' }).waitFor();
    const view = await photoCheck.view.query();
    await photoCheck.dispute.mutate({
      recordId: view?.checks[0]?.recordId ?? '',
      reason: 'field_wrong',
      field: 'studentNumber',
      value: '202430010128',
      note: '',
      photo: null,
    });
  });
  await database().run(`update "case" set scope = '99901' where kind = 'record_dispute'`);
  await claimNumber();
  const rows = await database().all<{ id: string; kind: string }>('select id, kind from "case"');
  return Object.fromEntries(rows.map(({ id, kind }) => [kind, id]));
}

/** Somebody claims the number of another account, which goes to review. */
async function claimNumber(): Promise<void> {
  const [holder, person] = [newPerson(), newPerson()];
  const account = await registerStudent({ mobile: holder.mobile });
  await account.identity.give.mutate({ ...holder.document, name: '林一周' });
  const claimant = await registerStudent({ mobile: person.mobile });
  await claimant.identity.give.mutate({ ...holder.document, claimsNumber: true });
  await onDesktop(async (page) => {
    await page.goto('/help');
    const client = clientIn(page, '/student');
    const ticket = await ticketFor(client, 'login');
    await client.login.signIn.mutate({ name: person.mobile, password, ticket });
    await page.goto('/student/account/number');
    const buffer = await drawJpeg(page, { width: 1200, height: 900, words: 'holding', grain: 0 });
    await page
      .getByLabel('选择照片')
      .setInputFiles({ name: 'holding.jpg', mimeType: 'image/jpeg', buffer });
    await page.getByText('holding.jpg').waitFor();
    await page.getByRole('checkbox', { name: /我同意把照片交给审核员/ }).check();
    await page.getByRole('checkbox', { name: /我知道审核通过会影响/ }).check();
    await page.getByRole('button', { name: '提交审核', exact: true }).press('Enter');
    await page.getByText('客服正在审核，最晚').first().waitFor();
  });
}

/** Takes the case that is shown, unless that was done before. */
const take = async (page: Page) => {
  if ((await page.getByText(/不在您手上|Not yours/).count()) > 0) await page.keyboard.press('c');
};

test('console-nobody', async () => {
  const made = firstAdministrator('admin', '周管理', 'admin@staff.example.cn');
  const link = /\/console\/invitation#\S+/.exec(made.stdout)?.[0] ?? '';
  await room('console-nobody', 'nobody', [
    ...pages('/sign-in'),
    { path: link, at: '/console/invitation', isOnce: true },
  ]);
});

test('console', async () => {
  let caseId = '';
  await onDesktop(async (page) => {
    await page.goto('/console/sign-in');
    ({ caseId } = await requested(page));
  });
  await registered(newPerson());
  const cases = await openCases();
  const [account] = await database().all<{ id: string }>(
    'select id from account order by created_at_ms desc limit 1',
  );
  const review = pages(
    '/queue',
    `/cases/${caseId}`,
    '/claims',
    '/help-desk',
    `/help-desk/${account?.id}`,
    '/statistics',
    '/security',
  );
  await as('reviewer', [
    ...review,
    { path: `/console/cases/${caseId}`, what: 'in hand', open: take },
    ...pages(`/tickets/${cases.ticket}`, `/claims/${cases.number_claim}`),
  ]);
  await as('senior', [...review, ...pages('/window')]);
  const [member] = await database().all<{ id: string }>('select id from staff limit 1');
  await as(
    'administrator',
    pages(
      '/staff',
      '/staff/invite',
      `/staff/${member?.id}`,
      '/staff/disputes',
      '/staff/office-keys',
      '/staff/services',
      '/staff/services/teacher/certification',
      '/credential',
      '/statistics',
      '/security',
    ),
  );
  await as('auditor', pages('/audit', '/statistics', '/security', '/no-such-page'));
  await as('school', pages('/disputes', `/disputes/${cases.record_dispute}`, '/security'), '99901');
  await as('clerk', pages('/window'), '11000001');
  await as('agency', pages('/agency'), '110199');
});
