import { identifierTable } from '@shiming/db';
import { maskEmail, studentPortal, teacherPortal } from '@shiming/domain';
import { and, eq } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { inPortal } from '../context.ts';
import { newSession } from '../session/session.ts';
import { type Applicant, applicantOf, registerWithoutIdentity } from '../testing/people.ts';
import { atOnce, codesOf, refusalOf } from '../testing/refusals.ts';
import { giveTestTicket } from '../testing/tickets.ts';
import { createTestWorld, type TestWorld } from '../testing/world.ts';
import { beginContactChange } from './begin.ts';
import { confirmContactChange } from './confirm.ts';
import { currentContact } from './current.ts';

const mobile = '19900000077';

let world: TestWorld;
beforeEach(async () => {
  world = await createTestWorld();
});
afterEach(() => world.close());

async function again(person: Applicant, portal: string = studentPortal.id): Promise<Applicant> {
  const session = await newSession(world.ctx(), person.signedIn.account.id, { isProved: true });
  await session.statement;
  const there = await applicantOf(world, session.token);
  return { ...there, ctx: inPortal(there.ctx, portal) };
}
const student = async (contact: { mobile?: string; email?: string }) =>
  again(await registerWithoutIdentity(world, contact, studentPortal.id));

/** Asks for a code at a mobile number. Returns the code. */
async function begin({ ctx, signedIn }: Applicant): Promise<string> {
  const ticket = await giveTestTicket(ctx, 'contact');
  await beginContactChange(ctx, signedIn, { kind: 'mobile', value: mobile, ticket });
  return world.sandbox.phone.lastCode(mobile) ?? '';
}
const confirm = ({ ctx, signedIn }: Applicant, code: string) =>
  confirmContactChange(ctx, signedIn, { code });
const opened = async () => {
  const rows = await world
    .ctx()
    .db.select({ id: identifierTable.accountId })
    .from(identifierTable)
    .where(and(eq(identifierTable.kind, 'mobile'), eq(identifierTable.signsIn, true)));
  return rows.map(({ id }) => id);
};

describe('S-BND-03: a number bound elsewhere', () => {
  test('is refused with the masked user to who has proved to hold it, and to nobody before', async () => {
    const holder = await student({ mobile, email: 'holder@example.com' });
    const person = await student({ email: 'person@example.com' });
    const code = await begin(person);
    const wrong = code === '000000' ? '000001' : '000000';
    expect(await refusalOf(confirm(person, wrong))).toMatchObject({ code: 'code.wrong' });
    const refused = await refusalOf(confirm(person, code));
    expect(refused).toEqual({
      code: 'contact.bound_elsewhere',
      kind: 'mobile',
      maskedHolder: maskEmail('holder@example.com'),
    });
    expect(await opened()).toEqual([holder.signedIn.account.id]);
    // Said once: the code is spent, and the change is over.
    expect(await refusalOf(confirm(person, code))).toMatchObject({ code: 'code.expired' });
    expect((await currentContact(person.ctx, person.signedIn)).change).toBeNull();
  });

  test('a user who has no other name is named by the number itself, masked', async () => {
    await student({ mobile });
    const person = await student({ email: 'person@example.com' });
    expect(await refusalOf(confirm(person, await begin(person)))).toHaveProperty(
      'maskedHolder',
      '199*****77',
    );
  });

  test('a telephone that a family shares, with which nobody signs in, is bound', async () => {
    await registerWithoutIdentity(world, { mobile }, teacherPortal.id);
    const person = await student({ email: 'person@example.com' });
    await confirm(person, await begin(person));
    expect(await opened()).toEqual([person.signedIn.account.id]);
    const other = await again(
      await registerWithoutIdentity(world, { email: 'other@example.com' }, teacherPortal.id),
      teacherPortal.id,
    );
    world.advance(61_000);
    await confirm(other, await begin(other));
    expect(await opened()).toEqual([person.signedIn.account.id]);
  });

  test('of three who bind one number at once, one is bound', async () => {
    const tries: { person: Applicant; code: string }[] = [];
    for (const each of [1, 2, 3]) {
      const person = await student({ email: `person${each}@example.com` });
      tries.push({ person, code: await begin(person) });
      world.advance(61_000);
    }
    const { done, refused } = await atOnce(3, async (index) => {
      const { person, code } = tries[index] as (typeof tries)[number];
      await confirm(await again(person), code);
    });
    expect([done.length, codesOf(refused)]).toEqual([1, { 'contact.bound_elsewhere': 2 }]);
    expect(await opened()).toHaveLength(1);
  });
});
