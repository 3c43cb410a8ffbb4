import { verificationTable } from '@shiming/db';
import { shanghaiDate } from '@shiming/domain';
import { expect, test } from 'vitest';
import { database, readCode, textsTo, withGateway, withoutDatabase } from '../harness.ts';
import { newPerson, outcomes, registered, sendCode, ticketFor, upToCode } from '../people.ts';

/** Many callers at the same moment against sqld and workerd, as in production. */
const many = (count: number) => Array.from({ length: count }, (_, index) => index);

const count = (all: readonly string[], code: string) => all.filter((each) => each === code).length;

test('T-REG-12, X-02: 50 requests at once for a code to one number send one message', async () => {
  const shared = newPerson();
  const waiting = await Promise.all(
    many(50).map(async () => {
      const client = await upToCode(newPerson());
      return { client, ticket: await ticketFor(client, 'register') };
    }),
  );
  const { mobile, email } = shared;
  const answers = await outcomes(
    waiting.map(({ client, ticket }) =>
      client.registration.sendCode.mutate({ email, mobile, ticket }),
    ),
  );
  expect(count(answers, 'ok')).toBe(1);
  expect(count(answers, 'code.too_soon')).toBe(49);
  expect(await textsTo(mobile)).toHaveLength(1);
});

test('T-REG-12, X-02: of 50 wrong codes at once at most 5 are looked at, and then none', async () => {
  const person = newPerson();
  const client = await upToCode(person);
  await sendCode(client, person);
  const code = await readCode(person.mobile);
  const wrong = code === '000000' ? '000001' : '000000';
  const answers = await outcomes(
    many(50).map(() => client.registration.proveContact.mutate({ code: wrong })),
  );
  expect(count(answers, 'code.wrong')).toBe(4);
  expect(count(answers, 'code.tries_used_up')).toBe(46);
  const [right] = await outcomes([client.registration.proveContact.mutate({ code })]);
  expect(right).toBe('code.tries_used_up');
});

test('T-REG-12: of 5 right codes at once one is taken', async () => {
  const person = newPerson();
  const client = await upToCode(person);
  await sendCode(client, person);
  const code = await readCode(person.mobile);
  const answers = await outcomes(
    many(5).map(() => client.registration.proveContact.mutate({ code })),
  );
  expect(count(answers, 'ok')).toBe(1);
});

test('T-REG-16: a registration sent eight times at once makes one account', async () => {
  const person = newPerson();
  const client = await upToCode(person);
  await sendCode(client, person);
  await client.registration.proveContact.mutate({ code: await readCode(person.mobile) });
  const answers = await outcomes(
    many(8).map(() => client.registration.submit.mutate({ hasAgreed: true })),
  );
  expect(count(answers, 'ok')).toBe(1);
  expect(await client.session.current.query()).not.toBeNull();
});

test('a code goes by the second gateway while the first is down, once', async () => {
  const person = newPerson();
  const client = await upToCode(person);
  await withGateway('down', async () => {
    expect((await sendCode(client, person)).outcome).toBe('sent');
  });
  const messages = await textsTo(person.mobile);
  expect(messages.map(({ vendor }) => vendor)).toEqual(['tencent']);
  await client.registration.proveContact.mutate({ code: messages[0]?.code ?? '' });
});

test('T-VER-02, X-02: asked 20 times at once, every question is in the ledger and there are at most three', async () => {
  const person = newPerson();
  const client = await registered(person);
  const { name, validityStart, validityTerm } = person.document;
  const answers = await outcomes(
    many(20).map(() => client.verification.verify.mutate({ name, validityStart, validityTerm })),
  );
  const asked = await database().select().from(verificationTable);
  expect(asked).toHaveLength(count(answers, 'ok'));
  // A day, of which midnight makes two.
  const days = asked.map(({ askedAtMs }) => shanghaiDate(askedAtMs));
  for (const day of new Set(days)) expect(count(days, day)).toBeLessThanOrEqual(3);
});

test('the database goes away in mid-flow and comes back: the person goes on', async () => {
  const person = newPerson();
  const client = await upToCode(person);
  await sendCode(client, person);
  const code = await readCode(person.mobile);
  await withoutDatabase(async () => {
    const [away] = await outcomes([client.registration.proveContact.mutate({ code })]);
    expect(away).toBe('service.unavailable');
  });
  await client.registration.proveContact.mutate({ code });
  await client.registration.submit.mutate({ hasAgreed: true });
  expect(await client.session.current.query()).toMatchObject({ level: 2 });
});
