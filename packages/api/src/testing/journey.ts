import type { PuzzlePurpose } from '@shiming/domain';
import { documentAnswersOf, testPassword, type TestWorld } from '@shiming/services/testing';
import { bornOf } from '@shiming/services/testing/people';
import type { Answer, Call } from './caller.ts';

export type Citizen = TestWorld['sandbox']['citizens'][number];

/** The first made-up citizen of whom this holds. */
export function citizenWith(world: TestWorld, wanted: Partial<Citizen>): Citizen {
  const found = world.sandbox.citizens.find((citizen) =>
    Object.entries(wanted).every(([key, value]) => citizen[key as keyof Citizen] === value),
  );
  if (found === undefined) throw new Error(`no such citizen: ${JSON.stringify(wanted)}`);
  return found;
}

/** The result of a call that must not be refused. */
export function succeeded(answer: Answer): unknown {
  if (answer.app !== null) throw new Error(`refused: ${JSON.stringify(answer.app)}`);
  return answer.data;
}

/** Where the piece of a puzzle belongs; read from the database, where no browser looks. */
export async function puzzleX(world: TestWorld, puzzleId: string): Promise<number> {
  const rows = await world.ctx().db.all<{ id: string; x: number }>('select id, x from puzzle');
  return rows.find(({ id }) => id === puzzleId)?.x ?? -1;
}

/** A ticket, by drawing the puzzle and putting the piece where it belongs. */
export async function ticketFor(call: Call, world: TestWorld, purpose: PuzzlePurpose) {
  const drawn = succeeded(await call('puzzle.draw', { purpose }));
  if ((drawn as { way: string }).way === 'ticket') return (drawn as { ticket: string }).ticket;
  const { puzzleId } = drawn as { puzzleId: string };
  const x = await puzzleX(world, puzzleId);
  const solved = succeeded(await call('puzzle.solve', { puzzleId, x }));
  return (solved as { ticket: string }).ticket;
}

export const passwordAnswers = { password: testPassword, passwordAgain: testPassword };

export const contactOf = (citizen: Citizen) => ({
  email: 'someone@example.com',
  mobile: citizen.mobile,
});

/** A registration up to the page with the code; answers the code on the citizen's phone. */
export async function registerUntilCode(call: Call, world: TestWorld, citizen: Citizen) {
  succeeded(await call('registration.saveDocument', documentAnswersOf(citizen)));
  succeeded(await call('registration.savePassword', passwordAnswers));
  const ticket = await ticketFor(call, world, 'register');
  succeeded(await call('registration.sendCode', { ...contactOf(citizen), ticket }));
  return world.sandbox.phone.lastCode(citizen.mobile) ?? '';
}

/** A whole registration; the person is signed in afterwards. */
export async function register(call: Call, world: TestWorld, citizen: Citizen): Promise<void> {
  const code = await registerUntilCode(call, world, citizen);
  succeeded(await call('registration.proveContact', { code }));
  succeeded(await call('registration.submit', { hasAgreed: true }));
  await setEmailsProved(world, world.nowMs());
}

/** Sets when the holders of all accounts proved their mail addresses; `null`: never. */
export async function setEmailsProved(world: TestWorld, atMs: number | null): Promise<void> {
  await world.ctx().db.run(`update identifier set proved_at_ms = ${atMs} where kind = 'email'`);
}

export async function signIn(
  call: Call,
  world: TestWorld,
  number: string,
  password: string,
): Promise<Answer> {
  return call('login.signIn', {
    name: number,
    password,
    ticket: await ticketFor(call, world, 'login'),
  });
}

/** What says whose password is forgotten, with a fresh ticket. */
export async function recoveryAnswersOf(
  call: Call,
  world: TestWorld,
  { documentType, number, name }: Citizen,
) {
  return { documentType, number, name, ticket: await ticketFor(call, world, 'recover') };
}

/** A recovery up to the page with the code and the new password; answers the code on the citizen's phone. */
export async function recoverUntilCode(call: Call, world: TestWorld, citizen: Citizen) {
  succeeded(await call('recovery.identify', await recoveryAnswersOf(call, world, citizen)));
  const ticket = await ticketFor(call, world, 'recover');
  succeeded(await call('recovery.sendCode', { ticket }));
  return world.sandbox.phone.lastCode(citizen.mobile) ?? '';
}

export const profileAnswersOf = (citizen: Citizen) => ({
  ethnicity: '01',
  ...bornOf(citizen),
  localDocumentNumber: citizen.localDocumentNumber ?? '',
  travelPermitNumber: citizen.travelPermitNumber ?? '',
});

/** Name and validity as the document has them. */
export function correctionOf(citizen: Citizen) {
  const { name, validityStart, validityTerm } = documentAnswersOf(citizen);
  return { name, validityStart, validityTerm };
}
