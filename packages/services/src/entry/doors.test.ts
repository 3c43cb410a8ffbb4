import { studentPortal, teacherPortal } from '@shiming/domain';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { inPortal } from '../context.ts';
import { giveConsent, withdrawConsent } from '../data/consents.ts';
import { authenticate } from '../session/session.ts';
import { applicantOf, citizenNamed, register, registerCompletely } from '../testing/people.ts';
import { createTestWorld, type TestWorld } from '../testing/world.ts';
import { listDoors } from './doors.ts';

let world: TestWorld;
beforeEach(async () => {
  world = await createTestWorld();
});
afterEach(() => world.close());

const doorsAt = async (portalId: string, token: string) => {
  const ctx = inPortal(world.ctx(), portalId);
  const signedIn = await authenticate(ctx, token);
  if (signedIn === null) throw new Error('the session is not one');
  const doors = await listDoors(ctx, signedIn);
  const [teacher, student] = [teacherPortal, studentPortal].map(({ name }) =>
    doors.find((door) => door.name === name),
  );
  return { ctx, signedIn, teacher, student };
};
const missing = (door: Awaited<ReturnType<typeof doorsAt>>['teacher']) =>
  door?.needs.filter(({ isGiven }) => !isGiven).map(({ need }) => need);

test('S-REG-06: each portal shows what it needs and what it was given, wherever the person stands', async () => {
  const { sessionToken } = await register(world, citizenNamed('林知远'));
  const here = await doorsAt(teacherPortal.id, sessionToken);
  expect(here.teacher).toMatchObject({ isHere: true, address: 'https://account.example.cn' });
  expect(here.student).toMatchObject({
    isHere: false,
    address: 'https://account.example.cn/student',
    consents: [],
  });
  // The document and the mobile that the teachers' portal asked for are asked for by nobody again; its profile is.
  expect([missing(here.teacher), missing(here.student)]).toEqual([['profile'], []]);
  expect(here.teacher?.consents.map(({ kind }) => kind)).toContain('agreement');

  const there = await doorsAt(studentPortal.id, sessionToken);
  expect([there.teacher?.isHere, there.student?.isHere]).toEqual([false, true]);
  await giveConsent(there.ctx, there.signedIn, { kind: 'document_number', hasAgreed: true });
  const again = await doorsAt(teacherPortal.id, sessionToken);
  expect(again.student?.consents.map(({ kind }) => kind).toSorted()).toEqual([
    'agreement',
    'document_number',
  ]);
  expect(again.teacher?.consents).toEqual(here.teacher?.consents);
});

test('S-REG-06: a service is named by its portal, and a consent that was withdrawn is no longer shown', async () => {
  const { ctx, signedIn, sessionToken } = await registerCompletely(world, citizenNamed('林知远'));
  const service = { kind: 'service', serviceId: 'certification' } as const;
  await giveConsent(ctx, signedIn, { ...service, hasAgreed: false });
  const name = { zh: '教师资格认定' };
  const services = async () =>
    (await doorsAt(studentPortal.id, sessionToken)).teacher?.consents.flatMap((each) =>
      each.service === null ? [] : [each.service],
    );
  expect(await services()).toMatchObject([name]);
  const now = await applicantOf(world, sessionToken);
  await withdrawConsent(now.ctx, now.signedIn, service);
  expect(await services()).toEqual([]);
});

test('S-REG-06: nobody reads what another person has given', async () => {
  const one = await registerCompletely(world, citizenNamed('林知远'));
  const other = await register(world, citizenNamed('沈秀兰'));
  await giveConsent(one.ctx, one.signedIn, {
    kind: 'service',
    serviceId: 'certification',
    hasAgreed: false,
  });
  const { teacher } = await doorsAt(teacherPortal.id, other.sessionToken);
  expect(teacher?.consents.map(({ kind }) => kind)).not.toContain('service');
});
