import { randomUUID } from 'node:crypto';
import { allowanceTable, caseTable } from '@shiming/db';
import { type DocumentType, startOfNextShanghaiDay } from '@shiming/domain';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { database, looksRightOnBoth, onDesktop } from '../harness.ts';
import { completeProfile } from '../../src/bench-citizen.ts';
import { signInOnPage } from '../pages.ts';
import { newPerson, type Person, register } from '../people.ts';

const db = database();
const dayMs = 86_400_000;

/** The account that was made last. */
async function newestAccount(): Promise<string> {
  const [newest] = await db.all<{ id: string }>(
    'select id from account order by created_at_ms desc limit 1',
  );
  return newest?.id ?? '';
}

const pages = { home: '/', gate: '/services/certification', account: '/account' };
type PageName = keyof typeof pages;

/**
 * Opens the pages that speak of the next step: each is to say this, and the two that are not about a service the same.
 * With SHIMING_SCREENSHOTS it keeps their pictures on a phone and on a desktop, and looks for faults in them.
 */
async function pagesSay(page: Page, name: string, said: Partial<Record<PageName, string>>) {
  for (const [which, text] of Object.entries(said)) {
    await page.goto(pages[which as PageName]);
    await page.locator('main').getByText(text).first().waitFor();
    await expect.poll(() => page.locator('.loading').count()).toBe(0);
    if (process.env['SHIMING_SCREENSHOTS']) await looksRightOnBoth(page, `next-${name}-${which}`);
  }
}

/** The same on all of them. */
const everywhere = (text: string) => ({ home: text, gate: text, account: text });

async function signIn(page: Page, { document }: Person, heading = '网上办事'): Promise<void> {
  await page.goto('/login');
  await signInOnPage(page, document.number, 'zh');
  await page.getByRole('heading', { level: 1, name: heading }).waitFor();
}

async function useUp(kind: 'verification' | 'review', subject: string): Promise<void> {
  // At the coming midnight: it counts today, whichever day that is by then.
  const atMs = startOfNextShanghaiDay(Date.now());
  const used = Array.from({ length: 3 }, () => ({ id: randomUUID(), kind, subject, atMs }));
  await db.insert(allowanceTable).values(used.map((each) => ({ ...each, isCounted: true })));
}

/** A manual review that was begun. Returns its id. */
async function addDraft(accountId: string, documentType: DocumentType): Promise<string> {
  const id = randomUUID();
  await db.insert(caseTable).values({
    id,
    accountId,
    portal: 'teacher',
    status: 'draft',
    stage: 'first',
    documentType,
    channel: 'inbox',
    flags: [],
    createdAtMs: Date.now(),
    expiresAtMs: Date.now() + 30 * dayMs,
    keyId: 'k1',
  });
  return id;
}

const change = (id: string, set: string) => db.run(`update "case" set ${set} where id = '${id}'`);

async function attest(accountId: string, kind: 'four_factors' | 'manual_review') {
  const atMs = Date.now();
  await db.run(
    `insert into attestation (id, account_id, kind, level, about, source_id, at_ms, until_ms)
     select '${randomUUID()}', id, '${kind}', 3, identity_version, '', ${atMs}, ${atMs + 9e10} from account where id = '${accountId}'`,
  );
}

test('every state of an account: home, gate and account page say the same next step', () =>
  onDesktop(async (page) => {
    const person = newPerson();
    const client = await register(person);
    const accountId = await newestAccount();
    await signIn(page, person, '完善个人信息');
    await pagesSay(page, 'profile', { home: '还差两步：完善个人信息，实名核验。' });
    await completeProfile(client);
    await pagesSay(page, 'verify', {
      ...everywhere('还差一步：实名核验。'),
      gate: '您还未进行实名核验',
    });

    const asked = randomUUID();
    await db.run(
      `insert into verification (id, account_id, asked_at_ms, status) values ('${asked}', '${accountId}', ${Date.now()}, 'asked')`,
    );
    await pagesSay(page, 'asking', everywhere('正在核验。'));
    await db.run(`update verification set status = 'no_record' where id = '${asked}'`);
    await pagesSay(page, 'not-confirmed', everywhere('申请人工审核'));
    const id = await addDraft(accountId, 'resident_identity_card');
    await pagesSay(page, 'draft', everywhere('继续填写人工审核'));
    await useUp('verification', accountId);
    await pagesSay(page, 'no-try-left', everywhere('今天的核验次数已用完。'));
    const nowMs = Date.now();
    await change(
      id,
      `status = 'waiting', case_number = 'A1', submitted_at_ms = ${nowMs}, due_at_ms = ${nowMs + 9 * dayMs}`,
    );
    await pagesSay(page, 'waiting', everywhere('您已提交人工审核，请耐心等待。'));
    await change(id, `status = 'returned'`);
    await pagesSay(page, 'returned', everywhere('人工审核需要您补充。'));
    await change(id, `status = 'rejected', ended_at_ms = ${Date.now()}`);
    await db.run(`delete from allowance where subject = '${accountId}'`);
    await pagesSay(page, 'rejected', everywhere('看人工审核不通过的原因'));

    await attest(accountId, 'manual_review');
    await change(id, `status = 'approved'`);
    await pagesSay(page, 'reviewed', {
      home: '人工审核通过，可正常办理业务。',
      gate: '同意',
      account: '人工审核',
    });
    await attest(accountId, 'four_factors');
    await pagesSay(page, 'verified', {
      home: '已通过实名核验，可以办理业务。',
      gate: '同意',
      account: '已通过实名核验',
    });
    await client.data.withdrawConsent.mutate({ kind: 'document_number' });
    await pagesSay(page, 'no-consent', everywhere('请先同意处理证件号码'));
    await db.run(
      `insert into cancellation (account_id, requested_at_ms, due_at_ms) values ('${accountId}', ${Date.now()}, ${Date.now() + 15 * dayMs})`,
    );
    await pagesSay(page, 'closing', { ...everywhere('注销。'), account: '取消注销' });
  }));

test('a document that no authority checks: the three pages lead to the review, and say when one can be asked for again', () =>
  onDesktop(async (page) => {
    const person = newPerson();
    const number = 'H20190301';
    Object.assign(person.document, { documentType: 'hk_macao_travel_permit', number });
    person.document.validityTerm = '10';
    const client = await register(person);
    const accountId = await newestAccount();
    await completeProfile(client, {
      sex: 'female',
      birthDate: { year: '1985', month: '5', day: '6' },
      localDocumentNumber: 'A123456(3)',
    });
    await signIn(page, person);
    await pagesSay(page, 'permit', everywhere('还差一步：人工审核。'));
    await useUp('review', accountId);
    const id = await addDraft(accountId, 'hk_macao_travel_permit');
    await change(id, `status = 'rejected', case_number = 'A2', ended_at_ms = ${Date.now()}`);
    await pagesSay(page, 'permit-used-up', everywhere('这一时期的次数已用完'));
  }));
