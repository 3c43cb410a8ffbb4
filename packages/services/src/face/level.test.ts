import { attestationTable, commit, faceCheckTable } from '@shiming/db';
import { businessPortal, type FaceOutcome, faceOutcomes, teacherPortal } from '@shiming/domain';
import { eq } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Ctx, inPortal } from '../context.ts';
import { withdrawConsent } from '../data/consents.ts';
import { runJobs } from '../run-jobs.ts';
import { newSession } from '../session/session.ts';
import { registerAtBusiness } from '../testing/business.ts';
import { framesOf, framesOfPrint, greyFrames, tracesOf, withFaces } from '../testing/faces.ts';
import { type Applicant, applicantOf, citizenNamed } from '../testing/people.ts';
import { atOnce, codesOf, moment, refusalOf } from '../testing/refusals.ts';
import { withoutDatabase } from '../testing/outside-down.ts';
import { useUpOf } from '../testing/use-up.ts';
import { createTestWorld, type TestWorld } from '../testing/world.ts';
import { viewFace } from './current.ts';
import { type FaceChallenge, facesHere } from './challenge.ts';
import { beginFace, submitFace } from './level.ts';
import { spendShownFace } from './shown.ts';

const day = 24 * 3_600_000;
let world: TestWorld;
let person: Applicant;

/** At the portal that compares faces, with a session. */
async function by(sessionToken: string): Promise<Applicant> {
  const made = await applicantOf(world, sessionToken);
  return { ...made, ctx: inPortal(made.ctx, businessPortal.id) };
}

/** Somebody whom the authority has verified. */
const atThree = async (name: string): Promise<Applicant> =>
  by(await registerAtBusiness(world, citizenNamed(name)));

/** The person after some days, signed in once more. */
async function later(ms: number): Promise<Applicant> {
  world.advance(ms);
  const session = await newSession(world.ctx(), person.signedIn.account.id);
  await session.statement;
  return by(session.token);
}

beforeEach(async () => {
  world = await createTestWorld();
  person = await atThree('林知远');
});
afterEach(() => world.close());

const begin = (ctx: Ctx, { signedIn } = person) =>
  beginFace(ctx, signedIn, { purpose: 'level', hasAgreed: true });
const submit = (ctx: Ctx, challenge: string, frames = greyFrames(), { signedIn } = person) =>
  submitFace(ctx, signedIn, { purpose: 'level', challenge, frames });
async function show(ctx: Ctx, frames = greyFrames()) {
  const { challenge } = await begin(ctx);
  return submit(ctx, challenge, frames);
}
const rowsOf = () => world.ctx().db.select().from(faceCheckTable);

describe('E-LVL-01: level 4 by face', () => {
  test('a face that the authority finds alike gives level 4, and a new cookie', async () => {
    const { ctx } = person;
    const given = await begin(ctx);
    const frames = await framesOf('林知远', given);
    expect(new Set(given.actions).size).toBe(2);
    expect(given.expiresAtMs).toBe(world.nowMs() + 3 * 60_000);
    const { answer, sessionToken } = await submit(ctx, given.challenge, frames);
    expect(answer).toMatchObject({ outcome: 'matched', isCounted: true, remainingToday: 4 });
    const after = await by(sessionToken ?? '');
    expect(after.signedIn).toMatchObject({ level: 4, attested: { kind: 'face', untilMs: null } });
    expect(await viewFace(after.ctx, after.signedIn)).toMatchObject({ obstacle: 'reached' });
    const [row] = await rowsOf();
    expect(row).toMatchObject({ status: 'matched', model: 'ImageRecognitionV2' });
    expect(row?.score).toBeGreaterThanOrEqual(70);
    // It is about the person: what the document says may change.
    const [attested] = await ctx.db
      .select()
      .from(attestationTable)
      .where(eq(attestationTable.kind, 'face'));
    expect(attested).toMatchObject({ level: 4, about: null, sourceId: row?.id });
  });

  test('another person’s face is refused', async () => {
    const given = await begin(person.ctx);
    const { answer } = await submit(person.ctx, given.challenge, await framesOf('杜若溪', given));
    expect(answer).toMatchObject({ outcome: 'not_same', isCounted: true, isRemembered: false });
    expect((await by(person.sessionToken)).signedIn.level).toBe(3);
  });

  test('a photo that is held before the camera and turned is not compared, and neither is one beside somebody else', async () => {
    const { number } = citizenNamed('林知远');
    const { crypto } = person.ctx;
    // What is asked for is read off the challenge: a turn to the right and a blink.
    const randomToken = (length: number) => `ACB${crypto.randomToken(length).slice(3)}`;
    const ctx = { ...person.ctx, crypto: { ...crypto, randomToken } };
    const shown = async (framesFor: (given: FaceChallenge) => Promise<string[]>) => {
      const given = await begin(ctx);
      expect(given.actions).toEqual(['turn_right', 'blink']);
      const { answer } = await submit(person.ctx, given.challenge, await framesFor(given));
      return [answer.outcome, answer.pictureFault, answer.isCounted];
    };
    expect(await shown((given) => framesOfPrint('林知远', given))).toEqual([
      'picture',
      'not_done',
      false,
    ]);
    expect(
      await shown((given) => framesOf('林知远', given, { doing: '杜若溪', light: 0.95 })),
    ).toEqual(['picture', 'other_person', false]);
    // Nobody has asked about the person.
    expect(world.sandbox.authority.queries.get(number)).toBe(1);
    expect((await by(person.sessionToken)).signedIn.level).toBe(3);
  });

  test('E-FAC-01: each outcome is told apart, and what is no fault of the person costs no try', async () => {
    const counted: FaceOutcome[] = [];
    for (const outcome of faceOutcomes.filter((each) => each !== 'matched')) {
      const { ctx } = withFaces(person.ctx, outcome);
      const { answer } = await show(ctx);
      expect(answer.outcome).toBe(outcome);
      if (answer.isCounted) counted.push(outcome);
      expect((await viewFace(ctx, person.signedIn)).remainingToday).toBe(answer.remainingToday);
      person = await later(2 * day);
    }
    expect(counted).toEqual([
      'not_same',
      'suspected_fake',
      'name_mismatch',
      'no_record',
      'no_photo',
    ]);
  });

  test('what another picture does not change stands for a day, and nobody is asked', async () => {
    const { ctx, asked } = withFaces(person.ctx, 'no_photo');
    expect((await show(ctx)).answer).toMatchObject({ isCounted: true, isRemembered: false });
    const second = (await show(ctx)).answer;
    expect(second).toMatchObject({ outcome: 'no_photo', isCounted: false, isRemembered: true });
    expect(second.remainingToday).toBe(4);
    expect(asked.length).toBe(1);
    expect(await viewFace(ctx, person.signedIn)).toMatchObject({
      last: { outcome: 'no_photo', isStanding: true },
    });
    person = await later(day);
    const next = withFaces(person.ctx, 'no_photo');
    await show(next.ctx);
    expect(next.asked.length).toBe(1);
  });

  test('five a day, by person; the answers that were given back are limited, too', async () => {
    const { ctx, asked } = withFaces(person.ctx, 'not_same');
    for (let count = 0; count < 5; count += 1) await show(ctx);
    expect(await refusalOf(show(ctx))).toEqual({
      code: 'face.day_limit',
      limit: 5,
      resumesAtMs: world.nowMs() + day / 2,
    });
    expect(asked.length).toBe(5);
    person = await later(day / 2);
    const down = withFaces(person.ctx, 'unavailable');
    for (let count = 0; count < 15; count += 1) await show(down.ctx);
    expect(await refusalOf(show(down.ctx))).toMatchObject({ code: 'request.too_many' });
  });

  test('T-VER-07: with the authority down nothing is lost', async () => {
    world.sandbox.authority.setMode('down');
    const { answer } = await show(person.ctx);
    expect(answer).toMatchObject({ outcome: 'unavailable', isCounted: false, remainingToday: 5 });
    expect(await rowsOf()).toMatchObject([{ status: 'unavailable', rawCode: 'network_error' }]);
  });

  test('with the database down nothing is asked, and the challenge is as good as before', async () => {
    const { ctx, asked } = withFaces(person.ctx, 'not_same');
    const { challenge } = await begin(ctx);
    expect(await refusalOf(submit(withoutDatabase(ctx), challenge))).toEqual({
      code: 'service.unavailable',
    });
    expect(asked).toEqual([]);
    await submit(ctx, challenge);
  });

  test('of one person sixty are compared in a day, from wherever', async () => {
    const { ctx } = withFaces(person.ctx, 'not_same');
    await show(ctx);
    const [row] = await rowsOf();
    await useUpOf(world, 'face.asked', { subject: row?.person ?? '' }, 59);
    expect(await refusalOf(show(ctx))).toMatchObject({ code: 'request.too_many' });
  });

  test('an unknown code is the source’s fault, and an alarm', async () => {
    const { ctx } = withFaces(person.ctx, 'unavailable', { isKnownCode: false });
    const deferred: (() => Promise<unknown>)[] = [];
    const { answer } = await show({ ...ctx, defer: (work) => deferred.push(work) });
    expect(answer).toMatchObject({ outcome: 'unavailable', isCounted: false });
    const failed = await Promise.allSettled(deferred.map((work) => work()));
    expect(failed).toEqual([
      expect.objectContaining({
        reason: expect.objectContaining({
          alarm: 'face_code_unknown',
          logNote: 'tencent: unavailable',
        }) as unknown,
      }),
    ]);
  });
});

describe('a challenge', () => {
  test('is used once, for three minutes, by its holder, and the one before is void', async () => {
    const { ctx, asked } = withFaces(person.ctx, 'not_same');
    const { challenge } = await begin(ctx);
    await submit(ctx, challenge);
    const over = { code: 'face.challenge_over' };
    expect(await refusalOf(submit(ctx, challenge))).toEqual(over);
    const [first, second] = [await begin(ctx), await begin(ctx)];
    expect(await refusalOf(submit(ctx, first.challenge))).toEqual(over);
    const other = await atThree('杜若溪');
    await begin(other.ctx, other);
    const theirs = withFaces(other.ctx, 'matched');
    expect(await refusalOf(submit(theirs.ctx, second.challenge, greyFrames(), other))).toEqual(
      over,
    );
    world.advance(3 * 60_000);
    expect(await refusalOf(submit(ctx, second.challenge))).toEqual(over);
    expect(await refusalOf(submit(ctx, 'nothing'))).toEqual(over);
    expect([asked.length, theirs.asked.length]).toEqual([1, 0]);
  });

  test('for one purpose is good for no other', async () => {
    const { ctx } = withFaces(person.ctx, 'matched');
    const { challenge } = await beginFace(ctx, person.signedIn, {
      purpose: 'authorise',
      about: 'matter-1',
      hasAgreed: true,
    });
    expect(await refusalOf(submit(ctx, challenge))).toEqual({ code: 'face.challenge_over' });
  });

  test('fifty answers to one at the same moment are one question', async () => {
    const { ctx, asked } = withFaces(person.ctx, 'not_same');
    const { challenge } = await begin(ctx);
    const { done, refused } = await atOnce(50, () => submit(ctx, challenge));
    expect([done.length, asked.length]).toEqual([1, 1]);
    expect(Object.keys(codesOf(refused))).toEqual(
      expect.arrayContaining(['face.challenge_over']) as string[],
    );
  });

  test('is not answered while another picture is compared', async () => {
    const [come, wait] = [moment(), moment()];
    const { ctx } = withFaces(person.ctx, async () => {
      come.come();
      await wait.wait;
      return 'not_same';
    });
    const { challenge } = await begin(ctx);
    const first = submit(ctx, challenge);
    await come.wait;
    const second = await begin(ctx);
    expect(await refusalOf(submit(ctx, second.challenge))).toEqual({
      code: 'verification.in_progress',
    });
    wait.come();
    await first;
  });
});

describe('frames', () => {
  test('that were sent before, or twice, are refused', async () => {
    const { ctx, asked } = withFaces(person.ctx, 'not_same');
    const frames = greyFrames();
    await show(ctx, frames);
    const repeated = { code: 'face.frame_repeated' };
    const [first = '', second = '', third = ''] = greyFrames();
    expect(await refusalOf(show(ctx, [first, second, frames[2] ?? '']))).toEqual(repeated);
    expect(await refusalOf(show(ctx, [first, second, first]))).toEqual(repeated);
    // By anybody.
    const other = await atThree('杜若溪');
    const { challenge } = await begin(other.ctx, other);
    const theirs = withFaces(other.ctx, 'matched');
    expect(await refusalOf(submit(theirs.ctx, challenge, frames, other))).toEqual(repeated);
    expect(asked.length).toBe(1);
    await show(ctx, [first, second, third]);
  });

  test('that are no whole pictures are refused, and the challenge stays', async () => {
    const { ctx } = withFaces(person.ctx, 'not_same');
    const { challenge } = await begin(ctx);
    const [first = '', second = ''] = greyFrames();
    const refused = async (third: string) => {
      const refusal = await refusalOf(submit(ctx, challenge, [first, second, third]));
      return 'reason' in refusal ? refusal.reason : refusal.code;
    };
    expect(await refused('%')).toBe('not_jpeg');
    expect(await refused(btoa('GIF89a'))).toBe('not_jpeg');
    expect(await refused(btoa(atob(first).slice(0, 400)))).toBe('broken');
    expect(await refused(btoa('\xFF'.repeat(200 * 1024)))).toBe('too_large');
    expect(await refusalOf(submit(ctx, challenge, [first, second]))).toMatchObject({
      code: 'input.invalid',
    });
    await submit(ctx, challenge);
  });

  test('the authority gets the frontal one, without what it says besides, and those of the actions that were asked for', async () => {
    const { ctx, asked } = withFaces(person.ctx, 'not_same');
    const [plain = '', second = '', third = ''] = greyFrames();
    const file = atob(plain);
    const comment = '\xFF\xFE\x00\x0Asecrets!';
    const { challenge, actions } = await begin(ctx);
    await submit(ctx, challenge, [btoa(file.slice(0, 2) + comment + file.slice(2)), second, third]);
    const [first, last] = actions;
    expect(asked).toEqual([
      {
        name: '林知远',
        number: citizenNamed('林知远').number,
        picture: plain,
        actions: [
          { action: first, picture: second },
          { action: last, picture: third },
        ],
      },
    ]);
  });
});

describe('X-06: consent', () => {
  test('without the tick there is no challenge', async () => {
    const work = beginFace(person.ctx, person.signedIn, { purpose: 'level', hasAgreed: false });
    expect(await refusalOf(work)).toEqual({
      code: 'input.invalid',
      fields: { hasAgreed: 'consent.missing' },
    });
    expect((await viewFace(person.ctx, person.signedIn)).hasConsent).toBe(false);
  });

  test('withdrawn, nothing that was begun is compared, and the level that was reached stays', async () => {
    const { ctx, asked } = withFaces(person.ctx, 'matched');
    await show(ctx);
    expect((await viewFace(ctx, person.signedIn)).hasConsent).toBe(true);
    const other = await atThree('杜若溪');
    const { challenge } = await begin(other.ctx, other);
    for (const { ctx: theirs, signedIn } of [person, other]) {
      await withdrawConsent(theirs, signedIn, { kind: 'face' });
    }
    const theirs = withFaces(other.ctx, 'matched');
    const required = { code: 'consent.required' };
    expect(await refusalOf(submit(theirs.ctx, challenge, greyFrames(), other))).toEqual(required);
    expect([asked.length, theirs.asked.length]).toEqual([1, 0]);
    expect((await by(person.sessionToken)).signedIn.level).toBe(4);
  });

  test('withdrawn while the authority is asked, it gives no level', async () => {
    const { ctx } = withFaces(person.ctx, async () => {
      await withdrawConsent(person.ctx, person.signedIn, { kind: 'face' });
      return 'matched';
    });
    expect(await refusalOf(show(ctx))).toEqual({ code: 'consent.required' });
    expect((await by(person.sessionToken)).signedIn.level).toBe(3);
    world.advance(61_000);
    await runJobs(world.ctx());
    expect(await rowsOf()).toMatchObject([{ status: 'unavailable' }]);
    expect(await viewFace(person.ctx, person.signedIn)).toMatchObject({ remainingToday: 5 });
  });

  test('withdrawn while the authority is asked, it answers no matter', async () => {
    const { ctx } = withFaces(person.ctx, async () => {
      await withdrawConsent(person.ctx, person.signedIn, { kind: 'face' });
      return 'matched';
    });
    const of = { purpose: 'authorise', about: 'm' } as const;
    const { challenge } = await beginFace(ctx, person.signedIn, { ...of, hasAgreed: true });
    const shown = submitFace(ctx, person.signedIn, { ...of, challenge, frames: greyFrames() });
    expect(await refusalOf(shown)).toEqual({ code: 'consent.required' });
    expect(await rowsOf()).toMatchObject([{ status: 'asked' }]);
  });
});

test('X-03: an account whose person was not verified reads nothing of what that person has tried', async () => {
  const { ctx } = withFaces(person.ctx, 'no_photo');
  await show(ctx);
  expect(await viewFace(ctx, person.signedIn)).toMatchObject({
    remainingToday: 4,
    last: { outcome: 'no_photo' },
  });
  const unverified = { ...person.signedIn, level: 2 } as const;
  expect(await viewFace(ctx, unverified)).toMatchObject({
    obstacle: 'level_first',
    remainingToday: 5,
    last: null,
  });
});

async function why({ ctx, signedIn }: Applicant) {
  const refusal = await refusalOf(begin(ctx, { ctx, signedIn, sessionToken: '' }));
  return 'why' in refusal ? refusal.why : refusal.code;
}

const here = async (at: Ctx) => facesHere(at).rule;
test('faces are compared where the portal and the operator both have it', async () => {
  const { ctx } = person;
  expect(await here(ctx)).toBe(businessPortal.face);
  const refusal = { code: 'face.not_offered', why: 'not_offered' };
  expect(await refusalOf(here(inPortal(ctx, teacherPortal.id)))).toEqual(refusal);
  expect(await refusalOf(here({ ...ctx, faces: null }))).toEqual(refusal);
});

test('the reason why somebody shows no face is said', async () => {
  expect(await why({ ...person, ctx: inPortal(person.ctx, teacherPortal.id) })).toBe('not_offered');
  expect(await why({ ...person, ctx: { ...person.ctx, faces: null } })).toBe('not_offered');
  const { signedIn } = person;
  expect(await why({ ...person, signedIn: { ...signedIn, level: 2 } })).toBe('level_first');
  expect(await why({ ...person, signedIn: { ...signedIn, level: 4 } })).toBe('reached');
  // 15 years ago the same person was a child.
  const child = { ...person.ctx, now: () => Date.parse('2009-08-14T12:00:00+08:00') };
  expect(await why({ ...person, ctx: child })).toBe('under_age');
});

test('a face that was shown for something is used once, for that, within ten minutes', async () => {
  const { ctx } = withFaces(person.ctx, 'matched');
  const { id } = person.signedIn.account;
  const about = 'matter-1';
  const showFor = async () => {
    const input = { purpose: 'authorise', about } as const;
    const { challenge } = await beginFace(ctx, person.signedIn, { ...input, hasAgreed: true });
    await submitFace(ctx, person.signedIn, { ...input, challenge, frames: greyFrames() });
  };
  const use = (accountId = id, which = about) =>
    commit(ctx.db, [...spendShownFace(ctx, accountId, which)]);
  const required = { code: 'proof.required' };
  expect(await refusalOf(use())).toEqual(required);
  await showFor();
  expect(await refusalOf(use(id, 'matter-2'))).toEqual(required);
  expect(await refusalOf(use('somebody'))).toEqual(required);
  const { done } = await atOnce(20, () => use());
  expect(done.length).toBe(1);
  await showFor();
  world.advance(10 * 60_000);
  expect(await refusalOf(use())).toEqual(required);
  expect((await by(person.sessionToken)).signedIn.level).toBe(3);
});

test('E-FAC-01: no trace of a picture is in the database, the photo store or the outbox', async () => {
  const given = await begin(person.ctx);
  const frames = await framesOf('林知远', given, { light: 0.9 });
  await submit(person.ctx, given.challenge, frames);
  expect(await tracesOf(world, frames)).toEqual([]);
  // What the search would find.
  const [, frame = ''] = frames;
  const middle = Math.floor(frame.length / 2);
  const rawCode = frame.slice(middle - 5_000, middle + 5_000);
  await person.ctx.db.update(faceCheckTable).set({ rawCode });
  await world.bucket.put('kept', new Uint8Array(8));
  expect(await tracesOf(world, frames)).toEqual(['kept', 'face_check.raw_code']);
});
