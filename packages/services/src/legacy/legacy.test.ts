import { deliverWaiting } from '../outbox/outbox.ts';
import { accountTable, attestationTable, auditTable, consentTable } from '@shiming/db';
import { type LegacyRow, parseLegacyRow, teacherPortal } from '@shiming/domain';
import type { Citizen } from '@shiming/sandbox';
import { asc, desc, eq, isNull, sql } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { runJobs } from '../run-jobs.ts';
import { giveConsent, withdrawConsent } from '../data/consents.ts';
import { newSession } from '../session/session.ts';
import { withoutDatabase } from '../testing/outside-down.ts';
import {
  applicantOf,
  askForRecoveryCode,
  citizenNamed,
  identifyAs,
  register,
  registerUntilCode,
  registerUntilReview,
  setEmailProved,
  signInAs,
} from '../testing/people.ts';
import { attestFor } from '../testing/attestations.ts';
import { atOnce, codesOf, refusalOf } from '../testing/refusals.ts';
import { storedTexts } from '../testing/storage.ts';
import { createTestWorld, testPassword, type TestWorld } from '../testing/world.ts';
import { currentRecovery } from '../recovery/current.ts';
import { resetPassword } from '../recovery/reset-password.ts';
import { proveContact } from '../registration/prove-contact.ts';
import { submitRegistration } from '../registration/submit.ts';
import { importAccounts } from './import-accounts.ts';

let world: TestWorld;
beforeEach(async () => {
  world = await createTestWorld();
});
afterEach(() => world.close());

const citizen = citizenNamed('林知远');
const lastEarlyMs = Date.parse('2019-03-01T00:00:00+08:00') - 1;

const rowOf = ({ documentType, number, name, validity, mobile }: Citizen): LegacyRow => ({
  document_type: documentType,
  document_number: number,
  name,
  validity_start: validity.start,
  validity_end: validity.end ?? '',
  mobile,
  email: 'someone@example.com',
  registered_at: '2020-05-06T08:30:00+08:00',
});

function accountOf(of: Citizen) {
  const parsed = parseLegacyRow(rowOf(of), teacherPortal, world.nowMs());
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.refusals));
  return parsed.value;
}

/** Imports an account, registered in the old system at this instant. */
async function importAs(of: Citizen, registeredAtMs?: number, ctx = world.ctx()) {
  const account = accountOf(of);
  const { imported } = await importAccounts(
    { ...ctx, actor: { type: 'system', job: 'accounts-import' } },
    [{ ...account, registeredAtMs: registeredAtMs ?? account.registeredAtMs }],
  );
  return imported === 1 ? 'imported' : 'existing';
}

const accounts = () =>
  world.ctx().db.select().from(accountTable).where(eq(accountTable.status, 'active'));
const audited = async () =>
  (await world.ctx().db.select().from(auditTable)).map(({ action, accountId, actor }) => ({
    action,
    accountId,
    actor,
  }));

describe('an account of the old system', () => {
  test('is imported sealed, at level 2, without consents, and is recorded', async () => {
    expect(await importAs(citizen)).toBe('imported');
    const [account] = await accounts();
    expect(account).toMatchObject({
      documentType: 'resident_identity_card',
      profileSealed: null,
      createdAtMs: Date.parse('2020-05-06T08:30:00+08:00'),
    });
    expect(await world.ctx().db.$count(consentTable)).toBe(0);
    expect(await audited()).toEqual([
      {
        action: 'account.imported',
        accountId: account?.id,
        actor: 'system:accounts-import',
      },
    ]);
    const texts = await storedTexts(world);
    for (const datum of [citizen.number, citizen.name, citizen.mobile, 'someone@example.com']) {
      expect(texts.filter((text) => text.includes(datum))).toEqual([]);
    }
  });

  test('no password opens it; its holder gets in by the forgotten password', async () => {
    await importAs(citizen);
    for (const typed of ['', testPassword, 'x'.repeat(64)]) {
      const refused = await refusalOf(signInAs(world.ctx(), citizen.number, typed));
      expect(['login.refused', 'input.invalid']).toContain(refused.code);
    }
    const token = await identifyAs(world.ctx(), citizen);
    expect(await currentRecovery(world.ctx(), token)).toMatchObject({
      maskedMobile: '199*****01',
    });
    await askForRecoveryCode(world.ctx(), token);
    const code = world.sandbox.phone.lastCode(citizen.mobile) ?? '';
    const password = { password: testPassword, passwordAgain: testPassword };
    await resetPassword(world.ctx(), token, { code, ...password });
    world.advance(20_000);
    await signInAs(world.ctx(), citizen.number, testPassword);
  });

  test('T-REG-14: its holder agrees where the consent is given that verification needs: by a tick, once, with version and time', async () => {
    await importAs(citizen);
    const [account] = await accounts();
    const session = await newSession(world.ctx(), account?.id ?? '');
    await session.statement;
    const again = () => applicantOf(world, session.token);
    const { ctx, signedIn } = await again();
    expect(signedIn).toMatchObject({ hasConsented: false, hasAgreed: false });
    const give = (hasAgreed: boolean) =>
      giveConsent(ctx, signedIn, { kind: 'document_number', hasAgreed });
    expect(await refusalOf(give(false))).toEqual({
      code: 'input.invalid',
      fields: { hasAgreed: 'agreement.missing' },
    });
    expect(await ctx.db.$count(consentTable)).toBe(0);

    const { done, refused } = await atOnce(8, () => give(true));
    expect([done.length, codesOf(refused)]).toEqual([1, { 'request.stale': 7 }]);
    const { agreementVersion, privacyNoticeVersion } = ctx.portal;
    const atMs = { givenAtMs: world.nowMs(), withdrawnAtMs: null };
    const given = await ctx.db.select().from(consentTable).orderBy(asc(consentTable.kind));
    expect(given).toMatchObject([
      { accountId: account?.id, kind: 'agreement', version: agreementVersion, ...atMs },
      { accountId: account?.id, kind: 'document_number', version: privacyNoticeVersion, ...atMs },
    ]);
    const records = (await audited()).filter(({ action }) => action === 'consent.given');
    expect(records).toHaveLength(2);

    // Withdrawn and given again, the agreement is as it was.
    await withdrawConsent(ctx, signedIn, { kind: 'document_number' });
    const now = await again();
    expect(now.signedIn).toMatchObject({ hasConsented: false, hasAgreed: true });
    await giveConsent(now.ctx, now.signedIn, { kind: 'document_number', hasAgreed: false });
    expect(await ctx.db.$count(consentTable, eq(consentTable.kind, 'agreement'))).toBe(1);
  });

  test('imported twice, also eight times at once, there is one, and the second changes nothing', async () => {
    const { done } = await atOnce(8, () => importAs(citizen));
    expect(done.toSorted()).toEqual([...Array<string>(7).fill('existing'), 'imported']);
    const before = await accounts();
    expect(await importAs(citizen, 0)).toBe('existing');
    expect(await accounts()).toEqual(before);
    expect(await audited()).toHaveLength(1);
  });

  test('of many in one transaction those that are there stay, also where another run brings some of them meanwhile', async () => {
    const people = ['林知远', '沈秀兰', '罗建民'].map(citizenNamed).map(accountOf);
    await importAs(citizen);
    const ctx = { ...world.ctx(), actor: { type: 'system', job: 'accounts-import' } as const };
    const { done } = await atOnce(6, () => importAccounts(ctx, people));
    expect(done).toHaveLength(6);
    const total = (kind: 'imported' | 'existing') =>
      done.reduce((sum, report) => sum + report[kind], 0);
    expect([total('imported'), total('existing')]).toEqual([2, 16]);
    expect(await accounts()).toHaveLength(3);
    expect(await audited()).toHaveLength(3);
  });

  test('never takes the place of one that registered here', async () => {
    await register(world, citizen);
    const before = await accounts();
    expect(await importAs(citizen)).toBe('existing');
    expect(await accounts()).toEqual(before);
  });

  test('without a database it is service.unavailable, and nothing is half there', async () => {
    const down = importAs(citizen, undefined, withoutDatabase(world.ctx()));
    expect(await refusalOf(down)).toEqual({ code: 'service.unavailable' });
    expect(await accounts()).toEqual([]);
    expect(await audited()).toEqual([]);
  });
});

describe('T-PWD-05: an account from before 2019-03-01', () => {
  const tooEarly = {
    code: 'recovery.registered_too_early',
    registeredSinceMs: lastEarlyMs + 1,
  };

  test('cannot be reset, and its holder is told so; one of that day can', async () => {
    await importAs(citizen, lastEarlyMs);
    expect(await refusalOf(identifyAs(world.ctx(), citizen))).toEqual(tooEarly);
    const [account] = await accounts();
    expect(await audited()).toContainEqual({
      action: 'recovery.too_early',
      accountId: account?.id,
      actor: 'anonymous',
    });
    const other = citizenNamed('沈秀兰');
    await importAs(other, lastEarlyMs + 1);
    expect(await identifyAs(world.ctx(), other)).not.toBe('');
  });

  test('X-03: a stranger who does not know the name is told nothing of it, and its tries are counted', async () => {
    await importAs(citizen, lastEarlyMs);
    const stranger = { ...citizen, name: '林知近' };
    for (let tries = 0; tries < 4; tries += 1) {
      expect(await refusalOf(identifyAs(world.ctx(), stranger))).toEqual({
        code: 'recovery.no_match',
      });
    }
    expect(await refusalOf(identifyAs(world.ctx(), citizen))).toEqual(tooEarly);
    expect((await refusalOf(identifyAs(world.ctx(), citizen))).code).toBe('recovery.day_limit');
  });

  test('its number registers anew: the old account is replaced, and that is recorded', async () => {
    await importAs(citizen, lastEarlyMs);
    const [old] = await accounts();
    await setEmailProved(world, old?.id ?? '', world.nowMs());
    await register(world, citizen);
    const [account, ...others] = await accounts();
    expect(others).toEqual([]);
    expect(account?.id).not.toBe(old?.id);
    expect(account?.createdAtMs).toBe(world.nowMs());
    expect((await audited()).map(({ action, accountId }) => ({ action, accountId }))).toEqual([
      { action: 'account.imported', accountId: old?.id },
      { action: 'account.replaced', accountId: old?.id },
      { action: 'account.registered', accountId: account?.id },
    ]);
    await deliverWaiting(world.ctx());
    const mail = world.sandbox.mail.messages('someone@example.com').at(-1);
    expect(mail?.text).toContain('证件号码重新注册了账号');
    world.advance(60_000);
    expect(await identifyAs(world.ctx(), citizen)).not.toBe('');
    expect(await importAs(citizen, lastEarlyMs)).toBe('existing');
  });

  test('one that was taken up keeps its number, and its holder can reset it', async () => {
    const { db } = world.ctx();
    const taken = { code: 'registration.number_taken' };
    const ways = [
      ['林知远', { passwordHash: 'chosen' }],
      ['沈秀兰', { formerPasswordHashes: ['chosen'] }],
      ['罗建民', {}],
    ] as const;
    for (const [name, changed] of ways) {
      const of = citizenNamed(name);
      await importAs(of, lastEarlyMs);
      const hasNoPassword = isNull(accountTable.passwordHash);
      const [account] = await db
        .select()
        .from(accountTable)
        .where(hasNoPassword)
        .orderBy(desc(sql`rowid`));
      const id = account?.id ?? '';
      if (name === '罗建民') {
        await attestFor(world, id);
        // A document that has run out was somebody's all the same.
        await db.update(attestationTable).set({ untilMs: world.nowMs() - 1 });
      } else {
        await db.update(accountTable).set(changed).where(eq(accountTable.id, id));
      }
      const ctx = world.ctx();
      const { token, code } = await registerUntilCode(world, of, ctx);
      expect(await refusalOf(proveContact(ctx, token, { code }))).toEqual(taken);
      expect(await refusalOf(submitRegistration(ctx, token, { hasAgreed: true }))).toEqual(taken);
      expect(await identifyAs(world.ctx(), of)).not.toBe('');
      world.advance(60_000);
    }
    expect((await accounts()).map(({ status }) => status)).toEqual(['active', 'active', 'active']);
  });

  test('one in which the last release wrote the decoy for no password was never taken up', async () => {
    const ctx = world.ctx();
    await importAs(citizen, lastEarlyMs);
    await ctx.db.update(accountTable).set({ passwordHash: ctx.hasher.decoy });
    await register(world, citizen);
    expect(await accounts()).toHaveLength(1);
  });

  test('of two who register its number at once, one replaces it and the other is told', async () => {
    await importAs(citizen, lastEarlyMs);
    const other: Citizen = { ...citizen, mobile: '19900000099' };
    const tokens = [
      await registerUntilReview(world, citizen),
      await registerUntilReview(world, other, world.ctx({ visitor: { deviceId: 'device-2' } })),
    ];
    const { done, refused } = await atOnce(2, (index) =>
      submitRegistration(world.ctx(), tokens[index] ?? '', { hasAgreed: true }),
    );
    expect(done).toHaveLength(1);
    expect(codesOf(refused)).toEqual({ 'registration.number_taken': 1 });
    expect(await accounts()).toHaveLength(1);
    const replaced = (await audited()).filter(({ action }) => action === 'account.replaced');
    expect(replaced).toHaveLength(1);
  });

  test('T-REG-16: the number of one that is not so old is taken, and it stays as it is', async () => {
    await importAs(citizen, lastEarlyMs + 1);
    const before = await accounts();
    const ctx = world.ctx();
    const { token, code } = await registerUntilCode(world, citizen, ctx);
    const taken = { code: 'registration.number_taken' };
    expect(await refusalOf(proveContact(ctx, token, { code }))).toEqual(taken);
    expect(await refusalOf(submitRegistration(ctx, token, { hasAgreed: true }))).toEqual(taken);
    expect(await accounts()).toEqual(before);
  });

  test('one registration replaces no other account than that of its number, and deletes nothing that others refer to', async () => {
    const other = citizenNamed('沈秀兰');
    await importAs(other, lastEarlyMs);
    await importAs(citizen, lastEarlyMs);
    await register(world, citizen);
    const { db } = world.ctx();
    const ofThatDay = eq(accountTable.createdAtMs, lastEarlyMs);
    const old = await db
      .select({ status: accountTable.status })
      .from(accountTable)
      .where(ofThatDay);
    expect(old.map(({ status }) => status).toSorted()).toEqual(['active', 'closed']);
    // What gave up its number is deleted as every account is that was closed.
    world.advance(world.ctx().portal.cancellation.waitMs);
    await runJobs(world.ctx());
    expect(await db.$count(accountTable, ofThatDay)).toBe(1);
    expect(await accounts()).toHaveLength(2);
  });
});
