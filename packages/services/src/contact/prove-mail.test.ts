import { accountTable, challengeTable, commit, identifierTable, outboxTable } from '@shiming/db';
import { accountNoticeKinds, reviewNoticeKinds } from '@shiming/domain';
import { eq } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { accountRow, openContact } from '../account/account.ts';
import { closeAccount, restoreAccount } from '../account/close.ts';
import { isIdentifier } from '../account/identifiers.ts';
import { inPortal } from '../context.ts';
import { requestCancellation } from '../data/cancellation.ts';
import { listNotices } from '../notice/list.ts';
import { notify } from '../notice/notify.ts';
import { sendProofCode } from '../proof/send-code.ts';
import { sendRecoveryCode } from '../recovery/send-code.ts';
import { sendRecoveryLink } from '../recovery/send-link.ts';
import { newsStatements } from '../review/outcome.ts';
import {
  type Applicant,
  applicantOf,
  citizenNamed,
  identifyAs,
  registerUnproved,
  setEmailProved,
  signInAs,
  testEmail,
} from '../testing/people.ts';
import { proved } from '../testing/proofs.ts';
import { atOnce, codesOf, refusalOf } from '../testing/refusals.ts';
import { giveTestTicket } from '../testing/tickets.ts';
import { createTestWorld, testPassword, type TestWorld } from '../testing/world.ts';
import { beginContactChange } from './begin.ts';
import { applyChange } from './apply.ts';
import { currentContact } from './current.ts';
import { disownMail, openMailProof, proveMail, sendMailProof } from './prove-mail.ts';

const minute = 60_000;
const day = 24 * 60 * minute;
const citizen = citizenNamed('林知远');

let world: TestWorld;
let person: Applicant;
beforeEach(async () => {
  world = await createTestWorld();
  person = await registerUnproved(world, citizen);
  await world.settle();
});
afterEach(() => world.close());

const mails = (address = testEmail) => world.sandbox.mail.messages(address);
const linkIn = (address = testEmail) =>
  new URL(mails(address).at(-1)?.links[0] ?? '').hash.slice(1);
const now = () => applicantOf(world, person.sessionToken);
const send = async () => {
  const { ctx, signedIn } = await now();
  await sendMailProof(ctx, signedIn);
  await world.settle();
};
const stateNow = async () => {
  const { ctx, signedIn } = await now();
  return currentContact(ctx, signedIn);
};

describe('T-REG-13a: an address that nobody has proved', () => {
  test('gets one mail at the registration, with a link whose secret stands behind the #; one press proves the address', async () => {
    expect(mails()).toHaveLength(1);
    const [mail] = mails();
    expect(mail?.links[0]).toMatch(/^https:\/\/account\.example\.cn\/mail#[\w-]+\.[\w-]+$/);
    expect(mail?.text).not.toContain(citizen.name);
    expect((await stateNow()).isProved.email).toBe(false);
    const link = linkIn();
    expect(await openMailProof(world.ctx(), { link })).toEqual({
      maskedEmail: 'so****@example.com',
    });
    await proveMail(world.ctx(), { link });
    expect((await stateNow()).isProved.email).toBe(true);
    for (const again of [openMailProof, proveMail, disownMail]) {
      expect(await refusalOf(again(world.ctx(), { link }))).toEqual({
        code: 'link.used',
        for: 'email.proof',
      });
    }
    expect(await refusalOf(send())).toEqual({ code: 'request.stale' });
  });

  test('S-DUP-06a: of an account that was closed meanwhile a link proves the address, which stays free for others', async () => {
    const { id } = person.signedIn.account;
    const ctx = inPortal(world.ctx(), 'student');
    await commit(ctx.db, await closeAccount(ctx, (await now()).signedIn.account, 'owner'));
    await proveMail(ctx, { link: linkIn() });
    const opening = () => ctx.db.$count(identifierTable, eq(identifierTable.signsIn, true));
    expect(await opening()).toBe(0);
    const [account] = await ctx.db
      .select(accountRow)
      .from(accountTable)
      .where(eq(accountTable.id, id));
    await commit(ctx.db, await restoreAccount(ctx, account as NonNullable<typeof account>));
    await signInAs(world.ctx(), citizen.number, testPassword);
  });

  test('a link is good for a day, for the address that it was sent to, until the next one is sent', async () => {
    const first = linkIn();
    world.advance(2 * minute);
    await send();
    const second = linkIn();
    expect(second).not.toBe(first);
    expect(await refusalOf(proveMail(world.ctx(), { link: first }))).toEqual({
      code: 'link.expired',
    });
    person = await proved(world, await now());
    const { ctx, signedIn } = person;
    const change = { id: 'c', kind: 'email', before: testEmail, after: 'b@example.org' } as const;
    const { account } = signedIn;
    await commit(ctx.db, await applyChange(ctx, account, change));
    expect(await refusalOf(proveMail(world.ctx(), { link: second }))).toEqual({
      code: 'link.expired',
    });
    await setEmailProved(world, account.id, null);
    await send();
    const third = linkIn('b@example.org');
    world.advance(day);
    expect(await refusalOf(proveMail(world.ctx(), { link: third }))).toEqual({
      code: 'link.expired',
    });
  });

  test('of 20 requests at once one mail goes out; a mailbox gets three a day, whichever accounts name it', async () => {
    world.advance(2 * minute);
    const { refused } = await atOnce(20, send);
    expect(codesOf(refused)).toEqual({ 'code.too_soon': 19 });
    expect(mails()).toHaveLength(2);
    world.advance(2 * minute);
    // The third goes to the registration of another person with the same address.
    const other = await registerUnproved(world, citizenNamed('温以恒'));
    await world.settle();
    expect(mails()).toHaveLength(3);
    world.advance(2 * minute);
    const late = await applicantOf(world, other.sessionToken);
    expect(await refusalOf(sendMailProof(late.ctx, late.signedIn))).toMatchObject({
      code: 'code.day_limit',
      limit: 3,
    });
    // A registration is not refused for it.
    await registerUnproved(world, citizenNamed('周子涵'));
    await world.settle();
    expect(mails()).toHaveLength(3);
    expect((await stateNow()).mailProof.remainingToday).toBe(0);
  });

  test('its holder takes it off the account of somebody else, without signing in, and as often as they like', async () => {
    const link = linkIn();
    await disownMail(world.ctx(), { link });
    await disownMail(world.ctx(), { link });
    const { ctx, signedIn } = await now();
    expect((await openContact(ctx, signedIn.account)).email).toBe('');
    expect(await stateNow()).toMatchObject({ maskedEmail: '', isProved: { email: false } });
    expect((await listNotices(ctx, signedIn)).notices[0]).toMatchObject({
      kind: 'email_disowned',
      facts: { contact: 'so****@example.com' },
    });
    expect(await refusalOf(send())).toEqual({ code: 'request.stale' });
    expect(await refusalOf(proveMail(world.ctx(), { link }))).toMatchObject({ code: 'link.used' });
    // Another address can be given instead, and the change taken back leaves none again.
    const there = await proved(world, await now());
    const ticket = await giveTestTicket(there.ctx, 'contact');
    const begun = { kind: 'email', value: 'b@example.org', ticket } as const;
    expect(await beginContactChange(there.ctx, there.signedIn, begun)).toMatchObject({
      outcome: 'sent',
    });
  });

  test('proved and disowned at the same moment, it is one of both', async () => {
    const link = linkIn();
    const { done } = await atOnce(2, (each) =>
      (each === 0 ? proveMail : disownMail)(world.ctx(), { link }),
    );
    expect(done).toHaveLength(1);
    const { isProved, maskedEmail } = await stateNow();
    expect(isProved.email).toBe(maskedEmail !== '');
  });

  test('no other sender writes to it, nor to a number that nobody has proved', async () => {
    const { id } = person.signedIn.account;
    await world
      .ctx()
      .db.update(identifierTable)
      .set({ provedAtMs: null })
      .where(isIdentifier(id, 'mobile'));
    await world.ctx().db.delete(outboxTable);
    const texts = world.sandbox.phone.messages(citizen.mobile).length;
    const there = await proved(world, await now());
    const { ctx, signedIn } = there;
    const { account } = signedIn;
    const senders: Record<string, () => Promise<unknown>> = {
      cancellation: () => requestCancellation(ctx, signedIn),
      recovery: async () => {
        const token = await identifyAs(world.ctx(), citizen);
        await sendRecoveryLink(world.ctx(), token, {
          ticket: await giveTestTicket(world.ctx(), 'recover'),
        });
      },
      proofByMail: async () =>
        expect(
          await refusalOf(
            sendProofCode(ctx, signedIn, {
              channel: 'mail',
              ticket: await giveTestTicket(ctx, 'contact'),
            }),
          ),
        ).toEqual({ code: 'contact.not_proved' }),
    };
    for (const kind of accountNoticeKinds) {
      senders[kind] = async () => commit(ctx.db, await notify(ctx, account, kind));
    }
    for (const kind of reviewNoticeKinds) {
      for (const channel of ['mail', 'sms'] as const) {
        senders[`${kind} ${channel}`] = async () =>
          commit(
            ctx.db,
            await newsStatements(ctx, { channel, portal: 'teacher' }, account, kind, '1'),
          );
      }
    }
    for (const sender of Object.values(senders)) await sender();
    expect(await ctx.db.$count(outboxTable)).toBe(0);

    const [first] = await ctx.db
      .select(accountRow)
      .from(accountTable)
      .where(eq(accountTable.id, id));
    await commit(ctx.db, await closeAccount(ctx, first ?? account, 'owner'));
    // Of a change, the mail or message to the new contact is the one that proves it or puts it on record.
    const to = { email: 'b@example.org', mobile: '19900000077' };
    for (const kind of ['email', 'mobile'] as const) {
      const [row] = await ctx.db
        .select(accountRow)
        .from(accountTable)
        .where(eq(accountTable.id, id));
      const change = { id: kind, kind, before: '', after: to[kind] };
      await commit(ctx.db, await applyChange(ctx, row ?? account, change, { by: 'staff' }));
      if (kind === 'email') await setEmailProved(world, id, null);
    }
    await world.settle();
    expect(mails()).toHaveLength(1);
    expect(world.sandbox.phone.messages(citizen.mobile)).toHaveLength(texts);
    expect(mails(to.email).map(({ links }) => links[0])).toEqual([
      expect.stringContaining('/mail#'),
    ]);
    expect(world.sandbox.phone.messages(to.mobile)).toHaveLength(1);
  });

  test('a recovery gives the same answer for it, and a link that nobody gets', async () => {
    const ask = async () => {
      const token = await identifyAs(world.ctx(), citizen);
      const ticket = await giveTestTicket(world.ctx(), 'recover');
      const { drawnFrom: _id, ...answer } = await sendRecoveryLink(world.ctx(), token, { ticket });
      await world.settle();
      return answer;
    };
    const askForCode = async () =>
      sendRecoveryCode(world.ctx(), await identifyAs(world.ctx(), citizen), {
        by: 'email',
        ticket: await giveTestTicket(world.ctx(), 'recover'),
      });
    const unproved = await ask();
    expect(mails()).toHaveLength(1);
    expect(await refusalOf(askForCode())).toEqual({ code: 'contact.not_proved' });
    expect(
      await world.ctx().db.$count(challengeTable, eq(challengeTable.purpose, 'recovery.link')),
    ).toBe(1);
    await setEmailProved(world, person.signedIn.account.id, world.nowMs());
    world.advance(2 * minute);
    expect(await ask()).toEqual(unproved);
    expect(mails().at(-1)?.links[0]).toContain('/recovery/link#');
    expect(await refusalOf(askForCode())).toEqual({ code: 'contact.not_proved' });
  });
});
