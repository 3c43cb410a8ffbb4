import {
  authorisationTable,
  cancellationTable,
  challengeTable,
  commit,
  contactChangeTable,
  recoveryTable,
  serviceTokenTable,
  sessionTable,
  wechatSceneTable,
} from '@shiming/db';
import { undoCodeBytes, undoCodeOf, type WeChatScenePurpose } from '@shiming/domain';
import { and, eq, gt, inArray, isNull } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { putIdentifier, removeIdentifier } from '../account/identifiers.ts';
import { type Binding, give } from '../challenge/challenge.ts';
import { beginContactChange } from '../contact/begin.ts';
import { type ContactChange, contactCode } from '../contact/change.ts';
import { confirmContactChange } from '../contact/confirm.ts';
import { undoBinding, undoContactChange } from '../contact/undo.ts';
import {
  requestCancellation,
  stopCancellation,
  stopCancellationByLink,
} from '../data/cancellation.ts';
import { correctionStatements } from '../help-desk/correct.ts';
import { proofCode } from '../proof/proof.ts';
import { newRecovery, recoveryCode, recoveryLink } from '../recovery/begun.ts';
import { resetByLink } from '../recovery/reset-by-link.ts';
import { resetPassword } from '../recovery/reset-password.ts';
import { sendRecoveryCode } from '../recovery/send-code.ts';
import { endAllSessions } from '../login/end-sessions.ts';
import { newSession } from '../session/session.ts';
import { type Applicant, applicantOf, citizenNamed, register } from '../testing/people.ts';
import { atOnce, refusalOf } from '../testing/refusals.ts';
import { giveTestTicket } from '../testing/tickets.ts';
import { createTestWorld, testPassword, type TestWorld } from '../testing/world.ts';
import { currentKeyId, seal, placeOf } from '../vault/vault.ts';
import { bindWeChat } from '../wechat/bind.ts';
import { bindingCode } from '../wechat/binding.ts';
import { sealOpenId } from '../wechat/scene.ts';
import { unbindWeChat } from '../wechat/unbind.ts';
import { changePassword } from '../login/change-password.ts';
import { endPending } from './secure.ts';

const hour = 3_600_000;
const life = { validMs: hour, tries: 5 };
const another = { password: 'Zhuye-47*stone', passwordAgain: 'Zhuye-47*stone' };

let world: TestWorld;
let accountId: string;
let mobile: string;
let person: Applicant;
/** What is on its way, with the secrets of each. */
let pending: Awaited<ReturnType<typeof begin>>;
beforeAll(async () => {
  world = await createTestWorld();
  const citizen = citizenNamed('林知远');
  ({ mobile } = citizen);
  accountId = (await register(world, citizen)).signedIn.account.id;
});
afterAll(() => world.close());
beforeEach(async () => {
  world.advance(24 * hour);
  person = await signedIn();
  pending = await begin();
});

const verify = (typed: string) =>
  Promise.resolve({ isRight: typed === testPassword, isOutdated: false });

/** Signed in and proved, without the cost of a password hash. */
async function signedIn(): Promise<Applicant> {
  const ctx = world.ctx();
  const session = await newSession(ctx, accountId);
  await session.statement;
  await ctx.db
    .update(sessionTable)
    .set({ provedAtMs: ctx.now() })
    .where(eq(sessionTable.id, session.id));
  const applicant = await applicantOf(world, session.token);
  const { hasher } = ctx;
  const { passwordHash } = applicant.signedIn.account;
  const cheap = { ...hasher, verify, hash: () => Promise.resolve(passwordHash ?? '') };
  return { ...applicant, ctx: { ...applicant.ctx, hasher: cheap } };
}

/** Begins everything that there is to begin, and what takes something back. */
async function begin() {
  const { ctx } = person;
  const nowMs = ctx.now();
  const id = ctx.crypto.randomToken(12);
  const recovery = await newRecovery(ctx, { account: person.signedIn.account, userName: null });
  await recovery.statement;
  const [recoveryId = ''] = recovery.token.split('.');
  const scene = async (purpose: WeChatScenePurpose, subject: string) => {
    const sceneId = ctx.crypto.randomToken(12);
    await ctx.db.insert(wechatSceneTable).values({
      id: sceneId,
      purpose,
      subject,
      url: 'https://example.cn/',
      createdAtMs: nowMs,
      expiresAtMs: nowMs + hour,
      scannedAtMs: nowMs,
      openIdIndex: sceneId,
      openIdSealed: await sealOpenId(ctx, sceneId, `another-${id}`),
      keyId: currentKeyId(ctx),
    });
    return sceneId;
  };
  const change = async (changeId: string, doneAtMs: number | null) => {
    const made: ContactChange = {
      before: mobile,
      after: doneAtMs === null ? '19900000071' : mobile,
      sessionId: person.signedIn.sessionId,
    };
    await ctx.db.insert(contactChangeTable).values({
      id: changeId,
      accountId,
      kind: 'mobile',
      changeSealed: await seal(ctx, placeOf(contactChangeTable.changeSealed, changeId), made),
      createdAtMs: nowMs,
      expiresAtMs: nowMs + hour,
      doneAtMs,
      keyId: currentKeyId(ctx),
    });
  };
  const secret = async (binding: Binding, text: string, challengeId = ctx.crypto.randomToken(12)) =>
    commit(ctx.db, await give(ctx, challengeId, binding, text, life));

  await removeIdentifier(ctx, accountId, 'wechat')[0];
  for (const left of [cancellationTable, challengeTable, contactChangeTable]) {
    await ctx.db.delete(left);
  }
  await (
    await putIdentifier(ctx, accountId, {
      kind: 'wechat',
      value: `mine-${id}`,
      provedAtMs: ctx.now(),
    })
  )[0];
  await secret(recoveryCode(recoveryId), '111111');
  await secret(recoveryLink(accountId), `link-${id}`);
  await scene('recovery', recoveryId);
  await change(`waits-${id}`, null);
  await secret(contactCode(accountId), '222222');
  const bindingScene = await scene('binding', accountId);
  await secret(bindingCode(accountId), '333333', `${bindingScene}.${id}`);
  await secret(proofCode(person.signedIn), '444444');
  const elsewhere = await signedIn();
  await secret(proofCode(elsewhere.signedIn), '555555');
  await change(`done-${id}`, nowMs - hour);
  const undo = undoCodeOf(ctx.crypto.randomBytes(undoCodeBytes));
  await secret(await undoBinding(ctx, undo), undo, `done-${id}`);
  await secret({ purpose: 'cancellation.stop', subject: accountId }, `stop-${id}`);
  return {
    recovery: recovery.token,
    link: `${accountId}.link-${id}`,
    undo,
    stop: `${accountId}.stop-${id}`,
    elsewhere,
  };
}

/** The names of all that is on its way. */
async function standing(): Promise<string[]> {
  const { db } = world.ctx();
  const nowMs = world.nowMs();
  const [codes, recoveries, changes, scenes] = [
    await db
      .select({ name: challengeTable.purpose })
      .from(challengeTable)
      .where(
        and(
          isNull(challengeTable.usedAtMs),
          gt(challengeTable.expiresAtMs, nowMs),
          inArray(challengeTable.purpose, [...codesOnTheirWay, ...kept]),
        ),
      ),
    await db.select().from(recoveryTable).where(gt(recoveryTable.expiresAtMs, nowMs)),
    await db
      .select()
      .from(contactChangeTable)
      .where(and(isNull(contactChangeTable.doneAtMs), gt(contactChangeTable.expiresAtMs, nowMs))),
    await db
      .select({ name: wechatSceneTable.purpose })
      .from(wechatSceneTable)
      .where(gt(wechatSceneTable.expiresAtMs, nowMs)),
  ];
  return [
    ...codes.map(({ name }) => name),
    ...recoveries.map(() => 'recovery'),
    ...changes.map(() => 'contact change'),
    ...scenes.map(({ name }) => `scene.${name}`),
  ].toSorted();
}

const codesOnTheirWay = [
  'recovery.code',
  'recovery.link',
  'contact.code',
  'wechat.binding',
  'proof.code',
];
/** What takes something back is no way in. */
const kept = ['cancellation.stop', 'contact.undo'];
const everything = [
  ...kept,
  ...codesOnTheirWay,
  'proof.code',
  'recovery',
  'contact change',
  'scene.recovery',
  'scene.binding',
].toSorted();

const closing = () =>
  world
    .ctx()
    .db.insert(cancellationTable)
    .values({ accountId, requestedAtMs: world.nowMs(), dueAtMs: world.nowMs() + hour });

/** Everything that secures an account, and what takes something back that it leaves. */
const acts: Record<string, { act: () => Promise<unknown>; leaves?: readonly string[] }> = {
  'a change of password': {
    act: () => changePassword(person.ctx, person.signedIn, { current: testPassword, ...another }),
  },
  'a reset by code': {
    act: () => resetPassword(person.ctx, pending.recovery, { code: '111111', ...another }),
  },
  'a reset by link': {
    act: () => resetByLink(person.ctx, { link: pending.link, ...another }),
  },
  'a change of contact': {
    act: () => confirmContactChange(person.ctx, person.signedIn, { code: '222222' }),
    leaves: ['cancellation.stop', 'contact.undo', 'contact.undo'],
  },
  'taking back a change of contact': {
    act: () => undoContactChange(person.ctx, { secret: pending.undo }),
    leaves: ['cancellation.stop'],
  },
  'a correction by the help desk': {
    act: async () =>
      commit(person.ctx.db, [
        person.ctx.db.delete(cancellationTable),
        ...(await correctionStatements(
          person.ctx,
          { ...person.signedIn.account, attested: null },
          {
            id: `desk-${world.nowMs()}`,
            kind: 'email',
            before: 'someone@example.com',
            after: 'nova@example.org',
          },
        )),
      ]),
    leaves: ['cancellation.stop', 'contact.undo', 'contact.undo'],
  },
  'binding a WeChat': {
    act: () => bindWeChat(person.ctx, person.signedIn, { code: '333333' }),
  },
  'unbinding the WeChat': { act: () => unbindWeChat(person.ctx, person.signedIn) },
  'ending all sessions': { act: () => endAllSessions(person.ctx, person.signedIn) },
  'asking for deletion': { act: () => requestCancellation(person.ctx, person.signedIn) },
  'stopping the deletion': {
    act: () => closing().then(() => stopCancellation(person.ctx, person.signedIn)),
    leaves: ['contact.undo'],
  },
  'stopping the deletion by its link': {
    act: () => closing().then(() => stopCancellationByLink(person.ctx, { link: pending.stop })),
    leaves: ['contact.undo'],
  },
};

describe('whatever secures an account ends everything on its way, and keeps what takes something back', () => {
  test.for(Object.entries(acts))('%s', async ([, { act, leaves = kept }]) => {
    expect(await standing()).toEqual(everything);
    await act();
    expect(await standing()).toEqual(leaves);
  });
});

const everyRow = async () => {
  const { db } = world.ctx();
  return {
    codes: await db.select().from(challengeTable),
    recoveries: await db.select().from(recoveryTable),
    changes: await db.select().from(contactChangeTable),
    scenes: await db.select().from(wechatSceneTable),
    tokens: await db.select().from(serviceTokenTable),
    authorisations: await db.select().from(authorisationTable),
  };
};
/** An authorisation, and what a service holds of the person. */
async function authorise(): Promise<void> {
  const { db } = world.ctx();
  const id = `of-${world.nowMs()}`;
  const untilMs = world.nowMs() + hour;
  await db.delete(authorisationTable);
  await db.insert(authorisationTable).values({
    id,
    accountId,
    portal: 'business',
    service: 'office',
    purposes: [],
    openedAtMs: world.nowMs(),
    untilMs,
    lookAtMs: untilMs,
  });
  const token = { id, accountId, payloadSealed: 'x', keyId: 'k', expiresAtMs: untilMs };
  await db.insert(serviceTokenTable).values(token);
}

test('what is on its way of one account stays when another is secured', async () => {
  await authorise();
  const before = await everyRow();
  const { ctx } = person;
  await commit(ctx.db, endPending(ctx, 'another'));
  expect(await everyRow()).toEqual(before);
  await commit(ctx.db, endPending(ctx, accountId));
  const { tokens, authorisations } = await everyRow();
  expect(tokens).toEqual([]);
  const closed = { closedAtMs: world.nowMs(), closedBy: 'secured', lookAtMs: null };
  expect(authorisations).toMatchObject([closed]);
});

test('what is over keeps its end', async () => {
  const { ctx } = person;
  const { db } = ctx;
  await authorise();
  const over = world.nowMs() - 1;
  await db.update(authorisationTable).set({ closedAtMs: over, closedBy: 'holder' });
  await db.update(wechatSceneTable).set({ expiresAtMs: over });
  await db.update(contactChangeTable).set({ doneAtMs: over });
  await db.update(challengeTable).set({ usedAtMs: over });
  const before = await everyRow();
  await commit(db, endPending(ctx, accountId));
  const after = await everyRow();
  expect(after).toMatchObject({
    changes: before.changes,
    scenes: before.scenes,
    authorisations: before.authorisations,
  });
  const left = before.codes.filter(({ purpose }) => !/^(?:recovery|proof)\.code$/.test(purpose));
  expect(after.codes).toEqual(left);
});

test('what was begun elsewhere at the moment of a change of password does not survive it', async () => {
  const { ctx, signedIn: thief } = pending.elsewhere;
  const ticket = await giveTestTicket(ctx, 'contact');
  const forCode = await giveTestTicket(ctx, 'recover');
  await atOnce(3, async (index) => {
    if (index === 0) return acts['a change of password']?.act();
    if (index === 1) return sendRecoveryCode(ctx, pending.recovery, { ticket: forCode });
    return beginContactChange(ctx, thief, { kind: 'email', value: 'x@example.org', ticket });
  });
  expect(await standing()).toEqual(kept);
  // A request that was signed in before and comes after is refused as one without a session.
  const late = { kind: 'email', value: 'x@example.org' } as const;
  const again = await giveTestTicket(ctx, 'contact');
  expect(await refusalOf(beginContactChange(ctx, thief, { ...late, ticket: again }))).toEqual({
    code: 'session.required',
  });
});
