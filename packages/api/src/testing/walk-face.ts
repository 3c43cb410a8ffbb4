import type { AppErrorCode, FaceOutcome } from '@shiming/domain';
import { inPortal } from '@shiming/services/context';
import { testPassword, type TestWorld } from '@shiming/services/testing';
import { greyFrames, withFaces } from '@shiming/services/testing/faces';
import { giveTestTicket } from '@shiming/services/testing/tickets';
import { applicantOf, citizenNamed, signInAs } from '@shiming/services/testing/people';
import { createBrowser, type TestBrowser } from './browser.ts';
import type { Answer } from './caller.ts';
import { succeeded } from './journey.ts';

function refused(answer: Answer, code: AppErrorCode): void {
  if (answer.app?.code !== code) {
    throw new Error(`not ${code}: ${JSON.stringify(answer.app ?? answer.data)}`);
  }
}

const inputOf = (begun: Answer, frames = greyFrames()) => ({
  purpose: 'level',
  challenge: (succeeded(begun) as { challenge: string }).challenge,
  frames,
});

/** The face of a person who has an account already: for level 4. */
export async function walkFace(
  world: TestWorld,
  useUp: (kind: string, times: number) => Promise<void>,
  giveBack: (kind: string) => Promise<void>,
): Promise<TestBrowser['told']> {
  let outcome: FaceOutcome = 'not_same';
  const { call, callWhile, cookies, told } = createBrowser(
    world,
    'device-face',
    (ctx) => withFaces(inPortal(ctx, 'business'), async () => outcome).ctx,
  );
  const { sessionToken } = await signInAs(
    world.ctx(),
    citizenNamed('古丽·买买提').number,
    testPassword,
  );
  cookies.set('session', sessionToken);
  const { id } = (await applicantOf(world, sessionToken)).signedIn.account;
  const run = (sql: string) => world.ctx().db.run(sql);
  const begin = () => call('face.begin', { purpose: 'level', hasAgreed: true });
  const submit = async (frames?: string[]) => call('face.submit', inputOf(await begin(), frames));
  const nothing = { purpose: 'level', challenge: 'none', frames: greyFrames() };

  succeeded(await call('face.offer'));
  succeeded(await call('face.current'));
  refused(await begin(), 'face.not_offered');
  refused(await call('face.submit', nothing), 'face.not_offered');
  await run(`delete from attestation where account_id = '${id}' and level = 4`);
  refused(await begin(), 'consent.required');
  await run(
    `insert into consent (id, account_id, kind, portal, purpose, receiver, version, given_at_ms) values ('face-walk', '${id}', 'document_number', 'business', 'real_name_check', 'identity_authority', '2026-12', 1)`,
  );

  const frames = greyFrames();
  succeeded(await submit(frames));
  refused(await submit(frames), 'face.frame_repeated');
  refused(await submit(['%', ...greyFrames().slice(1)]), 'photo.refused');
  refused(await call('face.submit', nothing), 'face.challenge_over');
  const withdraw = (atMs: string) =>
    run(`update consent set withdrawn_at_ms = ${atMs} where kind = 'face'`);
  const begun = inputOf(await begin());
  await withdraw('1');
  refused(await call('face.submit', begun), 'consent.required');
  await withdraw('null');
  await run(
    `insert into "case" (id, account_id, portal, status, stage, channel, flags, created_at_ms, key_id) values ('face-walk', '${id}', 'business', 'waiting', 'first', 'inbox', '[]', 1, 'v1')`,
  );
  refused(await submit(), 'review.open');
  await run(`delete from "case" where id = 'face-walk'`);
  let second: Answer | null = null;
  const first = await callWhile(
    'face.submit',
    inputOf(await begin()),
    async () => {
      second = await submit();
    },
    2,
  );
  refused(second ?? first, 'verification.in_progress');
  outcome = 'matched';
  const bump = () => run(`update account set version = version + 1 where id = '${id}'`);
  refused(await callWhile('face.submit', inputOf(await begin()), bump, 2), 'request.stale');
  world.advance(61_000);
  await useUp('face', 5);
  refused(await submit(), 'face.day_limit');
  await giveBack('face');
  await useUp('face.asked', 15);
  refused(await submit(), 'request.too_many');
  await giveBack('face.asked');
  await useUp('face.begun', 30);
  refused(await begin(), 'request.too_many');
  await giveBack('face.begun');
  succeeded(await submit());

  await walkSignIn(
    world,
    { call, cookies, told },
    { setOutcome: (said) => (outcome = said), useUp, giveBack },
  );
  return told;
}

/** Signing in by number and face. */
async function walkSignIn(
  world: TestWorld,
  { call, cookies, told }: Pick<TestBrowser, 'call' | 'cookies' | 'told'>,
  {
    setOutcome,
    useUp,
    giveBack,
  }: {
    setOutcome: (outcome: FaceOutcome) => void;
    useUp: (kind: string, times: number) => Promise<void>;
    giveBack: (kind: string) => Promise<void>;
  },
): Promise<void> {
  const { number } = citizenNamed('古丽·买买提');
  cookies.delete('session');
  cookies.delete('device');
  const here = inPortal(world.ctx({ visitor: { deviceId: 'device-face' } }), 'business');
  const begin = async (ticket?: string) =>
    call('face.beginSignIn', {
      name: number,
      ticket: ticket ?? (await giveTestTicket(here, 'login')),
      hasAgreed: true,
    });
  const inputFor = (begun: Answer, frames = greyFrames()) => {
    const { challenge } = succeeded(begun) as { challenge: string };
    return { name: number, challenge, frames };
  };
  const signIn = async (frames?: string[]) => call('face.signIn', inputFor(await begin(), frames));

  refused(await begin('none'), 'puzzle.ticket_refused');
  succeeded(await begin());
  await useUp('face.begun', 600);
  refused(await begin(), 'request.too_many');
  await giveBack('face.begun');
  setOutcome('not_same');
  const frames = greyFrames();
  refused(await signIn(frames), 'login.refused');
  refused(await signIn(frames), 'face.frame_repeated');
  refused(await signIn(['%', ...greyFrames().slice(1)]), 'photo.refused');
  const none = { name: number, challenge: 'none', frames: greyFrames() };
  refused(await call('face.signIn', none), 'face.challenge_over');
  await useUp('login', 5);
  refused(await signIn(), 'login.locked');
  await giveBack('login');
  await useUp('login.strangers', 30);
  refused(await signIn(), 'puzzle.work_required');
  await useUp('login.strangers', 300);
  refused(await signIn(), 'login.strangers_locked');
  await giveBack('login.strangers');
  await useUp('login.address', 400);
  refused(await signIn(), 'request.too_many');
  await giveBack('login.address');
  const withoutFaces = createBrowser(world, 'device-face', (ctx) => ({
    ...inPortal(ctx, 'business'),
    faces: null,
  }));
  const asked = { name: number, ticket: 'none', hasAgreed: true };
  refused(await withoutFaces.call('face.beginSignIn', asked), 'face.not_offered');
  refused(await withoutFaces.call('face.signIn', none), 'face.not_offered');
  told.push(...withoutFaces.told);
  setOutcome('matched');
  succeeded(await signIn());
}
