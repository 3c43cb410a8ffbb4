import { allowanceTable, auditTable, recordTable } from '@shiming/db';
import type { RecordKind } from '@shiming/domain';
import type { RecordSource } from '@shiming/providers';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { inPortal } from '../context.ts';
import { exportData } from '../data/export.ts';
import { giveConsent, withdrawConsent } from '../data/consents.ts';
import { runJobs } from '../run-jobs.ts';
import { newSession } from '../session/session.ts';
import { attestFor } from '../testing/attestations.ts';
import { withoutDatabase } from '../testing/outside-down.ts';
import {
  type Applicant,
  applicantOf,
  citizenNamed,
  registerCompletely,
} from '../testing/people.ts';
import { atOnce, codesOf, moment, refusalOf } from '../testing/refusals.ts';
import { createTestWorld, noonMs, type TestWorld } from '../testing/world.ts';
import { refreshRecord } from './ask.ts';
import { bindQualifications } from './bind.ts';
import { viewRecords } from './view.ts';

const dayMs = 24 * 3_600_000;
let world: TestWorld;
beforeAll(async () => {
  world = await createTestWorld({ vendorTimeoutMs: 200 });
});
afterAll(() => world.close());
beforeEach(() => {
  world.advance(2 * dayMs - ((world.nowMs() - noonMs) % dayMs));
  world.sandbox.reset();
});

const consent = { kind: 'records', hasAgreed: true } as const;
const made = new Map<string, string>();

/** A verified citizen who consents to questions, registered once for this file, at a portal. */
async function personNamed(name: string, portal = 'teacher'): Promise<Applicant> {
  let accountId = made.get(name);
  const isNew = accountId === undefined;
  if (accountId === undefined) {
    accountId = (await registerCompletely(world, citizenNamed(name))).signedIn.account.id;
    made.set(name, accountId);
    await attestFor(world, accountId);
  }
  const session = await newSession(world.ctx(), accountId);
  await session.statement;
  const person = await applicantOf(world, session.token);
  if (isNew) await giveConsent(person.ctx, person.signedIn, consent);
  return { ...person, ctx: inPortal(person.ctx, portal) };
}

const ask = ({ ctx, signedIn }: Applicant, kind: RecordKind) =>
  refreshRecord(ctx, signedIn, { kind });
const view = async ({ ctx, signedIn }: Applicant) => {
  const found = await viewRecords(ctx, signedIn);
  if (found === null) throw new Error('no records are shown');
  return found;
};
const recordOf = async (person: Applicant, kind: RecordKind) =>
  (await view(person)).sections
    .flatMap(({ records }) => records)
    .find((each) => each.kind === kind);
const rows = () => world.ctx().db.select().from(recordTable);

/** The same request, when the authorities do what the test says. */
const behind = (person: Applicant, findRecords: RecordSource['findRecords']): Applicant => ({
  ...person,
  ctx: {
    ...person.ctx,
    records: { findRecords, reportDispute: () => Promise.reject(new Error('none')) },
  },
});

describe('T-PRO-07, S-REC-01: what the authorities hold of a verified person', () => {
  test('is shown with its source and its time, several records among it, and sealed', async () => {
    const person = await personNamed('林知远');
    const atMs = world.nowMs();
    expect(await ask(person, 'qualification')).toEqual({ outcome: 'found' });
    expect(await recordOf(person, 'qualification')).toMatchObject({
      authority: 'student_record',
      status: 'found',
      answer: {
        outcome: 'found',
        atMs,
        records: [
          { id: 'XL-99901-2018-0119', fields: { school: '沙箱师范大学', level: '专升本' } },
          { id: 'XL-99902-2016-0119', fields: { graduatedOn: '2016-06-30' } },
        ],
      },
    });
    expect(JSON.stringify(await rows())).not.toContain('沙箱师范大学');
    expect(await recordOf(person, 'degree')).toMatchObject({ status: null, answer: null });
  });

  test('each portal shows its own kinds and no others', async () => {
    const teacher = await view(await personNamed('林知远'));
    const student = await view(await personNamed('林知远', 'student'));
    expect(teacher.sections.map(({ id }) => id)).toEqual([
      'examination',
      'putonghua',
      'education',
      'degree',
      'certificate',
    ]);
    expect(student.sections.map(({ id }) => id)).toEqual([
      'enrolment',
      'qualification',
      'admission',
      'loan',
    ]);
    // The consent is the teacher portal's, and so is what was found with it.
    expect(student).toMatchObject({ needs: 'consent' });
    expect(student.sections[1]?.records[0]).toMatchObject({ status: null });
    expect(await refusalOf(ask(await personNamed('林知远'), 'student_loan'))).toEqual({
      code: 'request.not_found',
    });
    const { ctx, signedIn } = await personNamed('林知远', 'business');
    expect(await viewRecords(ctx, signedIn)).toBeNull();
  });

  test.each([
    ['沈秀兰', 'enrolment', 'not_found'],
    ['周子涵', 'qualification', 'mismatched'],
    ['秦望舒', 'enrolment', 'hidden'],
    ['杜若溪', 'enrolment', 'not_yet'],
    ['许静姝', 'enrolment', 'unreachable'],
  ] as const)('%s, %s: %s', async (name, kind, outcome) => {
    expect(await ask(await personNamed(name), kind)).toEqual({ outcome });
  });

  test('S-NAM-03: a record is compared with the real-name information, and says what differs', async () => {
    const person = await personNamed('林知远');
    await ask(person, 'qualification');
    const differs = async () =>
      (await recordOf(person, 'qualification'))?.answer?.records.map((each) => each.differs);
    expect(await differs()).toEqual([[], []]);
    const correcting = behind(person, async (query) => {
      const answer = await person.ctx.records?.findRecords(query);
      if (answer === undefined) throw new Error('none');
      const [first, ...others] = answer.records;
      const fields = { ...first?.fields, sex: '女', birthDate: '1995-08-16' };
      return { ...answer, records: [{ id: first?.id ?? '', fields }, ...others] };
    });
    await ask(correcting, 'qualification');
    expect(await differs()).toEqual([['sex', 'birthDate'], []]);
  });

  test('X-03: of a number that was only typed nobody reads that it has records under another name', async () => {
    const person = await personNamed('何俊彦');
    const { number } = citizenNamed('何俊彦');
    /** The authority knows the own number, or all others, under another name. */
    const elsewhere = (isOwn: boolean) =>
      behind(person, async (query) => ({
        outcome: (query.number === number) === isOwn ? 'mismatched' : 'not_found',
        records: [],
        availableFrom: null,
        rawCode: '-2',
        requestId: null,
      }));
    expect(await ask(elsewhere(false), 'degree')).toEqual({ outcome: 'not_found' });
    expect(await ask(elsewhere(true), 'degree')).toEqual({ outcome: 'mismatched' });
  });

  test('S-REC-01a: "not yet" says from when, a month after the admission of the batch closed', async () => {
    const person = await personNamed('杜若溪');
    await ask(person, 'enrolment');
    expect((await recordOf(person, 'enrolment'))?.answer).toMatchObject({
      outcome: 'not_yet',
      availableFrom: '2026-12-15',
    });
  });

  test('every document that the person has shown is asked about before "not found"', async () => {
    // The school knows the one by the identity card of Hong Kong, the other by the 通行证.
    for (const name of ['何俊彦', '简柏言']) {
      const person = await personNamed(name);
      expect(await ask(person, 'enrolment')).toEqual({ outcome: 'found' });
      const { number, travelPermitNumber = '', localDocumentNumber = '' } = citizenNamed(name);
      for (const each of [number, travelPermitNumber, localDocumentNumber]) {
        expect(world.sandbox.records.queries.get(each)).toBe(1);
      }
    }
  });
});

describe('who may ask', () => {
  test('nobody whose name and number were only typed', async () => {
    const { ctx, signedIn } = await registerCompletely(world, citizenNamed('方念之'));
    const { sections, needs } = await view({ ctx, signedIn, sessionToken: '' });
    expect([sections.length, needs]).toEqual([5, 'verification']);
    expect(await refusalOf(refreshRecord(ctx, signedIn, { kind: 'degree' }))).toEqual({
      code: 'service.not_verified',
    });
    expect(world.sandbox.records.queries.size).toBe(0);
  });

  test('nobody at an operator without a gateway', async () => {
    const { ctx, signedIn } = await personNamed('林知远');
    expect(await viewRecords({ ...ctx, records: null }, signedIn)).toBeNull();
    const work = refreshRecord({ ...ctx, records: null }, signedIn, { kind: 'degree' });
    expect(await refusalOf(work)).toEqual({ code: 'request.not_found' });
  });

  test('X-06: nobody without the consent; withdrawn, what was found is deleted', async () => {
    const person = await personNamed('罗建民');
    expect(await ask(person, 'teacher_certificate')).toEqual({ outcome: 'found' });
    await withdrawConsent(person.ctx, person.signedIn, { kind: 'records' });
    const { id } = person.signedIn.account;
    expect((await rows()).filter(({ accountId }) => accountId === id)).toEqual([]);
    expect(await view(person)).toMatchObject({ needs: 'consent' });
    expect(await refusalOf(ask(person, 'teacher_certificate'))).toEqual({
      code: 'consent.required',
    });
    await giveConsent(person.ctx, person.signedIn, consent);
    expect(await recordOf(person, 'teacher_certificate')).toMatchObject({ status: null });
    await withdrawConsent(person.ctx, person.signedIn, { kind: 'document_number' });
    expect(await refusalOf(ask(person, 'teacher_certificate'))).toEqual({
      code: 'consent.required',
    });
    await giveConsent(person.ctx, person.signedIn, { kind: 'document_number', hasAgreed: true });
  });

  test('withdrawn while the authority is asked, the consent does not cover the answer', async () => {
    const person = await personNamed('罗建民');
    const { ctx, signedIn } = person;
    const asking = behind(person, async (query) => {
      await withdrawConsent(ctx, signedIn, { kind: 'records' });
      return ctx.records?.findRecords(query) ?? Promise.reject(new Error('none'));
    });
    expect(await refusalOf(ask(asking, 'qualification'))).toEqual({ code: 'consent.required' });
    await giveConsent(ctx, signedIn, consent);
    expect(await recordOf(person, 'qualification')).toMatchObject({ status: null, answer: null });
  });
});

describe('X-02: so many questions a day', () => {
  const perDay = 12;

  test('of 30 at once one is asked, and of those after one another no more than the limit', async () => {
    const person = await personNamed('古丽·买买提');
    // The one that is asked has its answer when the others have theirs.
    const othersDone = moment();
    let left = 29;
    const slow = behind(person, async (query) => {
      await othersDone.wait;
      return person.ctx.records?.findRecords(query) ?? Promise.reject(new Error('none'));
    });
    const { done, refused } = await atOnce(30, async () => {
      try {
        return await ask(slow, 'putonghua');
      } catch (error) {
        left -= 1;
        if (left === 0) othersDone.come();
        throw error;
      }
    });
    expect([done.length, codesOf(refused)]).toEqual([1, { 'record.in_progress': 29 }]);
    for (let i = 1; i < perDay; i++) await ask(person, 'putonghua');
    expect(await refusalOf(ask(person, 'degree'))).toEqual({
      code: 'record.day_limit',
      limit: perDay,
      resumesAtMs: world.nowMs() + dayMs / 2,
    });
    expect(await view(person)).toMatchObject({ perDay, remainingToday: 0 });
  });

  test('of five kinds at once with two tries left, two are asked', async () => {
    const person = await personNamed('古丽·买买提');
    for (let i = 0; i < perDay - 2; i++) await ask(person, 'putonghua');
    const kinds = ['enrolment', 'qualification', 'putonghua', 'degree', 'teacher_certificate'];
    const { done, refused } = await atOnce(5, (i) => ask(person, kinds[i] as RecordKind));
    expect([done.length, codesOf(refused)]).toEqual([2, { 'record.day_limit': 3 }]);
  });
});

describe('a bad hour of an authority', () => {
  test.each(['down', 'slow', 'source_down', 'quota'] as const)(
    '%s costs the person nothing, and what was known stays',
    async (mode) => {
      const person = await personNamed('林知远');
      await ask(person, 'putonghua');
      const { remainingToday } = await view(person);
      const before = (await recordOf(person, 'putonghua'))?.answer;
      world.advance(1_000);
      world.sandbox.records.setMode(mode);
      expect(await ask(person, 'putonghua')).toEqual({ outcome: 'unreachable' });
      expect(await view(person)).toMatchObject({ remainingToday });
      expect(await recordOf(person, 'putonghua')).toMatchObject({
        status: 'unreachable',
        answer: before,
      });
      world.sandbox.records.setMode('working');
      expect(await ask(person, 'putonghua')).toEqual({ outcome: 'found' });
      expect((await recordOf(person, 'putonghua'))?.answer?.atMs).toBe(world.nowMs());
    },
  );

  test('given back without end, questions have an end', async () => {
    const person = await personNamed('许静姝');
    for (let i = 0; i < 40; i++) await ask(person, 'enrolment');
    expect(await refusalOf(ask(person, 'enrolment'))).toMatchObject({ code: 'request.too_many' });
  });

  test('a question whose asker died is ended by the job, and costs nothing', async () => {
    const person = await personNamed('林知远');
    const dying = behind(person, () => Promise.reject(new Error('the isolate is gone')));
    await expect(ask(dying, 'degree')).rejects.toThrow('the isolate is gone');
    expect(await recordOf(person, 'degree')).toMatchObject({ status: 'asking' });
    expect(await refusalOf(ask(person, 'degree'))).toEqual({ code: 'record.in_progress' });
    const { remainingToday, perDay } = await view(person);
    expect(remainingToday).toBe(perDay - 1);
    world.advance(60_001);
    const reports = [await runJobs(world.ctx()), await runJobs(world.ctx())];
    expect(reports.map(({ records }) => records.done)).toEqual([1, 0]);
    expect(await view(person)).toMatchObject({ remainingToday: perDay });
    expect(await ask(person, 'degree')).toEqual({ outcome: 'found' });
  });

  test('an answer that comes after another question is no answer to that one', async () => {
    const person = await personNamed('林知远');
    const late = moment();
    const slow = behind(person, async (query) => {
      await late.wait;
      return person.ctx.records?.findRecords(query) ?? Promise.reject(new Error('none'));
    });
    const first = refusalOf(ask(slow, 'degree'));
    for (;;) {
      if ((await recordOf(person, 'degree'))?.status === 'asking') break;
    }
    world.advance(60_001);
    await ask(person, 'degree');
    late.come();
    expect(await first).toEqual({ code: 'request.stale' });
  });

  test('without a database nobody is asked', async () => {
    const { ctx, signedIn } = await personNamed('林知远');
    const work = refreshRecord(withoutDatabase(ctx), signedIn, { kind: 'degree' });
    expect(await refusalOf(work)).toMatchObject({ code: 'service.unavailable' });
    expect(world.sandbox.records.queries.size).toBe(0);
  });
});

test('an answer about another name is not shown', async () => {
  const person = await personNamed('林知远');
  await ask(person, 'degree');
  const account = { ...person.signedIn.account, identityVersion: 99 };
  const changed = { ...person, signedIn: { ...person.signedIn, account } };
  expect((await recordOf(changed, 'degree'))?.answer).toBeNull();
});

test('X-01, X-07: each question is in the audit without what was found, and the answers are in the export', async () => {
  const person = await personNamed('林知远');
  await ask(person, 'putonghua');
  const { db } = world.ctx();
  const audit = await db.select().from(auditTable).where(eq(auditTable.action, 'record.found'));
  expect(audit.at(-1)).toMatchObject({
    accountId: person.signedIn.account.id,
    facts: '{"kind":"putonghua","rawCode":"0"}',
  });
  const proved = { ...person.signedIn, provedAtMs: world.nowMs() };
  const { records } = await exportData(person.ctx, proved);
  expect(records.find(({ kind }) => kind === 'putonghua')).toMatchObject({
    portal: '教师资格网',
    authority: 'putonghua',
    outcome: 'found',
    answer: { records: [{ id: 'PTH-2017-0119' }] },
  });
  expect(await db.$count(allowanceTable, eq(allowanceTable.kind, 'record'))).toBeGreaterThan(0);
});

/** 林知远 at the student portal, with both records. */
async function transferred(): Promise<Applicant> {
  const person = await personNamed('林知远', 'student');
  await giveConsent(person.ctx, person.signedIn, {
    kind: 'document_number',
    hasAgreed: true,
  }).catch(() => undefined);
  await giveConsent(person.ctx, person.signedIn, consent).catch(() => undefined);
  for (const kind of ['enrolment', 'qualification'] as const) await ask(person, kind);
  return person;
}
const bind = ({ ctx, signedIn }: Applicant, id: string, qualificationIds: readonly string[]) =>
  bindQualifications(ctx, signedIn, { enrolmentId: id, qualificationIds });

describe('S-REC-04: earlier qualifications bound to an enrolment', () => {
  const enrolmentId = 'XJ-99901-20162001';
  const both = ['XL-99901-2018-0119', 'XL-99902-2016-0119'];

  test('one or more, kept sealed and through the next question, and none again', async () => {
    const person = await transferred();
    await bind(person, enrolmentId, both);
    expect((await recordOf(person, 'enrolment'))?.bound).toEqual({ [enrolmentId]: both });
    expect(JSON.stringify(await rows())).not.toContain('XL-99902');
    await ask(person, 'enrolment');
    expect((await recordOf(person, 'enrolment'))?.bound).toEqual({ [enrolmentId]: both });
    await bind(person, enrolmentId, []);
    expect((await recordOf(person, 'enrolment'))?.bound).toEqual({ [enrolmentId]: [] });
  });

  test('nothing that is not theirs, without consent, or at a portal that binds none', async () => {
    const person = await transferred();
    const notFound = { code: 'request.not_found' };
    expect(await refusalOf(bind(person, 'XJ-99901-20243001', both))).toEqual(notFound);
    expect(await refusalOf(bind(person, enrolmentId, ['XL-99901-2017-0127']))).toEqual(notFound);
    const teacher = await personNamed('林知远');
    expect(await refusalOf(bind(teacher, enrolmentId, both))).toEqual(notFound);
    await world.ctx().db.run("update consent set withdrawn_at_ms = 1 where kind = 'records'");
    expect(await refusalOf(bind(person, enrolmentId, both))).toEqual({ code: 'consent.required' });
    await world.ctx().db.run("update consent set withdrawn_at_ms = null where kind = 'records'");
  });

  test('of ten at once, each is one whole or refused', async () => {
    const person = await transferred();
    const { done, refused } = await atOnce(10, (at) =>
      bind(person, enrolmentId, [both[at % 2] ?? '']),
    );
    expect(done.length).toBeGreaterThan(0);
    expect(codesOf(refused)).toEqual(
      refused.length === 0 ? {} : { 'request.stale': refused.length },
    );
    const bound = (await recordOf(person, 'enrolment'))?.bound[enrolmentId];
    expect(bound).toHaveLength(1);
  });
});
