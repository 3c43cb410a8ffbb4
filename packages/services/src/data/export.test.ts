import * as schema from '@shiming/db';
import { AccountExport, caseRule } from '@shiming/domain';
import { eq, getTableColumns, getTableName, is } from 'drizzle-orm';
import { SQLiteTable } from 'drizzle-orm/sqlite-core';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { attestFor } from '../testing/attestations.ts';
import { withoutDatabase } from '../testing/outside-down.ts';
import {
  type Applicant,
  applicantOf,
  citizenNamed,
  registerCompletely,
} from '../testing/people.ts';
import { proved } from '../testing/proofs.ts';
import { atOnce, codesOf, refusalOf } from '../testing/refusals.ts';
import { createTestWorld, documentAnswersOf, type TestWorld } from '../testing/world.ts';
import { seal, placeOf } from '../vault/vault.ts';
import { verify } from '../verification/verify.ts';
import {
  completeDraft,
  mismatched,
  openRequestOf,
  reasonOf,
  settleAs,
  testPhotos,
  waitingFor,
} from '../testing/reviews.ts';
import { staffNamed, type TestStaff } from '../testing/staff.ts';
import { currentReview } from '../review/current.ts';
import { settleCases } from '../desk/settle.ts';
import { decideCase, undoDecision } from '../desk/decide.ts';
import { revealCase } from '../desk/reveal.ts';
import { takeCase } from '../desk/take.ts';
import { listHistory } from './history.ts';
import { requestCancellation } from './cancellation.ts';
import { giveTestTicket } from '../testing/tickets.ts';
import { beginTicket } from '../ticket/begin.ts';
import { addTicketFile } from '../ticket/files.ts';
import { answerTicket, submitTicket } from '../ticket/submit.ts';
import { decideTicket } from '../help-desk/ticket.ts';
import { exportData } from './export.ts';
import { viewData } from './view.ts';
import { contactChangeTable, guardianConsentTable, correctionTable, caseTable } from '@shiming/db';

const citizen = citizenNamed('林知远');

let world: TestWorld;
let person: Applicant;
beforeEach(async () => {
  world = await createTestWorld();
  person = await proved(world, await registerCompletely(world, citizen));
});
afterEach(() => world.close());

/** A question that a person sends the help desk while signed in. */
async function ticketOf({ ctx, signedIn }: Applicant) {
  const draft = await beginTicket(ctx, signedIn, {
    topic: 'other',
    text: 'question-of-mine',
    name: '林小满',
    number: '',
    email: 'ticket@example.com',
    agreesToPhotos: true,
    ticket: await giveTestTicket(ctx, 'ticket'),
  });
  return { draft, ...(await submitTicket(ctx, draft)) };
}

const take = ({ ctx, signedIn }: Applicant = person) => exportData(ctx, signedIn);

/** Columns of the account’s tables that say nothing of the person, each with the reason. */
const notPersonal: Record<string, Record<string, string>> = {
  account: {
    passwordHash: 'opens the account to whoever finds the file',
    formerPasswordHashes: 'the same',
    version: 'counts changes',
  },
  verification: {},
  photo_check: {
    recordIndex: 'a keyed hash of the record, which is there',
    caseId: 'names a row',
    reportTries: 'counts tries',
    reportNextAtMs: 'when a message is sent next',
    reportCode: 'what the authority replied, for the help desk',
  },
  record: { askId: 'names a row of the ledger', about: 'counts changes' },
  attestation: {
    sourceId: 'names a row',
    about: 'counts changes',
    numberIndex: 'a keyed hash of a number, which is there',
    lookAtMs: 'when a job looks at it',
  },
  face_check: {
    person: 'a keyed hash of name and number, which are there',
    about: 'names a row',
    spentAtMs: 'tells a second use apart',
  },
  authorisation: { lookAtMs: 'when a job looks at it' },
  office_question: {
    officeKeyId: 'names the key of an office',
    nonce: 'tells two requests apart',
    requestId: 'what the office calls its question',
    bodyDigest: 'a hash of the question, which is there',
  },
  matter: {
    requestId: 'what the office calls its question',
    bodyDigest: 'a hash of the question, which is there',
    numberIndex: 'a keyed hash of the number, which is there',
  },
  cancellation: {
    closedBy: 'nobody who can sign in has any',
    wasSuspended: 'the same',
  },
  handover: {
    staffId: 'who of the staff handed it over',
    numberIndex: 'a keyed hash of the number, which is there',
    nameIndex: 'a keyed hash of the name, which is there',
    secretHash: 'a keyed hash of what no longer opens anything',
    endsAtMs: 'no longer there once it was used',
    revokedAtMs: 'never there once it was used',
  },
  number_claim: { holderId: 'the account of somebody else', version: 'counts changes' },
  contact_change: { expiresAtMs: 'when the row is deleted' },
  identifier: {
    index: 'a keyed hash of the value, which is there',
    signsIn: 'follows from the kind, its proof and the portal, while the account is open',
  },
  case: {
    kind: 'tells reviews and tickets apart, which are two lists',
    numberIndex: 'a keyed hash of the number in a ticket',
    stage: 'whose turn it is in the office',
    round: 'the same',
    scope: 'the school to which a dispute goes, which the record names',
    nameIndex: 'a keyed hash of the name, which is there',
    flags: 'what a reviewer is to look at',
    secondCauses: 'the same',
    formerIdentitySealed: 'what the account said before; kept to take an approval back',
    rejectionsBefore: 'counts requests, which are there',
    correctsId: 'names a request',
    attemptId: 'names a row of the ledger',
    holderId: 'who of the staff has it on the screen',
    leaseEndsAtMs: 'the same',
    takenAtMs: 'the same',
    settlesAtMs: 'until when a decision can be undone',
    assignedToId: 'who of the staff decides it',
    isDueProvisional: 'about a calendar',
    version: 'counts changes',
  },
  window_ticket: {
    code: 'opens the ticket at a window',
    clerkId: 'who of the staff decided',
    revokedBy: 'who of the staff revoked',
  },
  photo: { contentHash: 'a keyed hash' },
  correction: {
    requestedById: 'who of the staff asked',
    decidedById: 'who of the staff decided',
    version: 'counts changes',
  },
  guardian_consent: {
    childId: 'names an account',
    evidenceHash: 'a hash of what is there',
    lookAtMs: 'when a job looks at it',
  },
  session: {
    secretHash: 'opens the session to whoever finds the file',
    formerSecretHash: 'the same',
    formerUntilMs: 'until when it does',
  },
  audit: { requestId: 'names a request', block: 'the place in the chain' },
};
/** Ids that only name the row, the key that sealed it, and the portal, which is told by its name. */
const always = new Set(['accountId', 'keyId', 'id', 'portal']);
/** Sealed columns: what they hold is looked for itself. */
const sealed = new Set([
  'identitySealed',
  'contactSealed',
  'weChatSealed',
  'profileSealed',
  'changeSealed',
  'sealed',
  'answersSealed',
  'childSealed',
  'answerSealed',
  'recordSealed',
  'boundSealed',
  'numberSealed',
  'personSealed',
]);

const exported = [
  schema.accountTable,
  schema.consentTable,
  schema.guardianConsentTable,
  schema.verificationTable,
  schema.faceCheckTable,
  schema.recordTable,
  schema.photoCheckTable,
  schema.authorisationTable,
  schema.serviceSubjectTable,
  schema.serviceDisclosureTable,
  schema.officeQuestionTable,
  schema.matterTable,
  schema.attestationTable,
  schema.handoverTable,
  schema.contactChangeTable,
  schema.identifierTable,
  schema.sessionTable,
  schema.noticeTable,
  schema.auditTable,
  schema.cancellationTable,
  schema.numberClaimTable,
  schema.windowTicketTable,
  schema.caseTable,
  schema.photoTable,
  schema.correctionTable,
];

/** Tables about an account that are not part of what one takes along, each with the reason. */
const left: Record<string, string> = {
  recovery: 'a secret of half an hour',
  service_event:
    'that the account has changed, to services; what it is now is in the export, and what they were told of it',
  service_session: 'by which name a service knows a session, for half a year',
  service_token: 'secrets of the services, which end within hours',
  outbox: 'messages that the person has had, for a day',
};

test('every table about an account is in the export or left out for a reason', () => {
  const about = Object.values(schema)
    .filter((each) => is(each, SQLiteTable))
    .filter((table) => 'accountId' in getTableColumns(table));
  expect(about.map(getTableName).toSorted()).toEqual(
    [...exported.slice(1).map(getTableName), ...Object.keys(left)].toSorted(),
  );
});

test('X-07, PIPL 45: every column that is personal comes back, with a value of its own', async () => {
  const { ctx, signedIn } = person;
  const { db } = ctx;
  const accountId = signedIn.account.id;
  const contents: Record<string, unknown> = {
    'contact_change.changeSealed': await seal(
      ctx,
      placeOf(contactChangeTable.changeSealed, 'changeId'),
      {
        before: '19900000071',
        after: '19900000072',
        sessionId: 'x',
      },
    ),
    'guardian_consent.childSealed': await seal(
      ctx,
      placeOf(guardianConsentTable.childSealed, 'guardian_consent-id'),
      {
        documentType: 'resident_identity_card',
        number: 'number-of-a-child',
        name: 'name-of-a-child',
      },
    ),
    'correction.changeSealed': await seal(
      ctx,
      placeOf(correctionTable.changeSealed, 'correction-id'),
      {
        before: '19900000073',
        after: '19900000074',
        evidence: 'what-was-seen',
      },
    ),
    'case.answersSealed': await seal(ctx, placeOf(caseTable.answersSealed, 'case-id'), {
      name: 'name-of-mine',
      validity: { start: '2020-02-02', end: null, term: 'long_term' },
      reason: 'reason-of-mine',
    }),
    'case.kind': 'manual_review',
    'authorisation.purposes': ['purpose-of-mine'],
    'consent.fields': ['field-agreed-to'],
    'service_disclosure.fields': ['field-of-mine'],
    'office_question.isYes': true,
    'identifier.sealed': await seal(
      ctx,
      placeOf(schema.identifierTable.sealed, `${accountId}.wechat`),
      'open-id-of-mine',
    ),
    'photo_check.recordSealed': await seal(
      ctx,
      placeOf(schema.photoCheckTable.recordSealed, 'photo_check-id'),
      'record-checked',
    ),
    'handover.personSealed': await seal(
      ctx,
      placeOf(schema.handoverTable.personSealed, 'handover-id'),
      { name: 'name-handed-over', number: 'number-handed-over' },
    ),
    'matter.detailsSealed': await seal(
      ctx,
      placeOf(schema.matterTable.detailsSealed, 'matter-id'),
      { number: citizen.number, company: 'company-of-mine' },
    ),
    'record.kind': 'degree',
    'record.boundSealed': await seal(ctx, placeOf(schema.recordTable.boundSealed, 'record-id'), {
      'enrolment-of-mine': ['qualification-bound'],
    }),
    'record.answerSealed': await seal(ctx, placeOf(schema.recordTable.answerSealed, 'record-id'), {
      records: [{ id: 'record-of-mine', fields: { school: 'school-of-mine' } }],
      availableFrom: '2031-03-03',
    }),
    'attestation.numberSealed': await seal(
      ctx,
      placeOf(schema.attestationTable.numberSealed, 'attestation-id'),
      'number-attested',
    ),
  };
  const looked: [string, string][] = [
    ['number', citizen.number],
    ['name', citizen.name],
    ['mobile', citizen.mobile],
    ['email', 'someone@example.com'],
    ['ethnicity', '"ethnicity":"01"'],
    ['before', '19900000071'],
    ['after', '19900000072'],
    ['correction before', '19900000073'],
    ['correction after', '19900000074'],
    ['evidence', 'what-was-seen'],
    ['stated name', 'name-of-mine'],
    ['stated validity', '2020-02-02'],
    ['stated reason', 'reason-of-mine'],
    ['purposes', 'purpose-of-mine'],
    ['fields agreed to', 'field-agreed-to'],
    ['fields of a service', 'field-of-mine'],
    ['answer to an office', '"answer":"yes"'],
    ['openId', 'open-id-of-mine'],
    ['attested number', 'number-attested'],
    ['handed over to', 'name-handed-over'],
    ['number handed over', 'number-handed-over'],
    ['company', 'company-of-mine'],
    ['record', 'record-of-mine'],
    ['record checked', 'record-checked'],
    ['bound', 'qualification-bound'],
    ['school', 'school-of-mine'],
    ['available from', '2031-03-03'],
    ['record kind', '"degree"'],
    ['child number', 'number-of-a-child'],
    ['child name', 'name-of-a-child'],
  ];
  let atMs = Date.UTC(2020, 0, 1);
  for (const table of exported) {
    const name = getTableName(table);
    const values: Record<string, unknown> = {};
    for (const [key, column] of Object.entries(getTableColumns(table))) {
      const isLookedAt =
        notPersonal[name]?.[key] === undefined && !always.has(key) && !sealed.has(key);
      if (key === 'accountId' || key === 'childId') values[key] = accountId;
      else if (name === 'identifier' && key === 'kind') values[key] = 'wechat';
      // Another one signs in nowhere.
      else if (name === 'account' && key === 'status') values[key] = 'active';
      else if (key === 'id') values[key] = name === 'contact_change' ? 'changeId' : `${name}-id`;
      else if (contents[`${name}.${key}`] !== undefined) values[key] = contents[`${name}.${key}`];
      else if (/atMs$/i.test(key)) {
        atMs += 1_001;
        values[key] = atMs;
        if (isLookedAt) looked.push([`${name}.${key}`, new Date(atMs).toISOString()]);
      } else if (column.dataType === 'number') values[key] = 77;
      else if (key === 'facts') {
        const facts = { fact: `${name}-fact` };
        values[key] = column.dataType === 'json' ? facts : JSON.stringify(facts);
        looked.push([`${name}.${key}`, `"fact":"${name}-fact"`]);
      } else {
        values[key] = `${name}-${key}`;
        // Of who acted, only what kind of actor it was.
        if (isLookedAt) looked.push([`${name}.${key}`, `"${name}-${key}"`]);
      }
    }
    if (table === schema.accountTable) {
      const { documentType, status, restorableUntilMs, createdAtMs } = values;
      await db
        .update(schema.accountTable)
        .set({ documentType, status, restorableUntilMs, createdAtMs } as object)
        .where(eq(schema.accountTable.id, accountId));
      looked.push(['account.id', `"id":"${accountId}"`]);
    } else {
      await db.insert(table).values(values as never);
    }
  }
  // What is asked about a number is read by a holder who has been verified.
  await attestFor(world, accountId);
  const text = JSON.stringify(await take(await proved(world, person)));
  const missing = looked.filter(([, value]) => !text.includes(value)).map(([column]) => column);
  expect(missing).toEqual([]);
  expect(looked.length).toBeGreaterThan(40);
});

test('X-07: the export is of the documented shape, also when everything is empty or there', async () => {
  expect(AccountExport.parse(await take())).toMatchObject({
    identity: { number: citizen.number, name: citizen.name },
    weChat: null,
    cancellation: null,
  });
  const { name, validityStart, validityTerm } = documentAnswersOf(citizen);
  const { sessionToken } = await verify(person.ctx, person.signedIn, {
    name,
    validityStart,
    validityTerm,
  });
  person = await proved(world, await applicantOf(world, sessionToken ?? ''));
  const { dueAtMs } = await requestCancellation(person.ctx, person.signedIn);
  const taken = AccountExport.parse(JSON.parse(JSON.stringify(await take())));
  expect(taken.cancellation?.dueAt).toBe(new Date(dueAtMs).toISOString());
  expect(taken.verifications).toMatchObject([{ status: 'matched' }]);
  expect(taken.consents.map(({ kind }) => kind)).toEqual(['agreement', 'document_number']);
  expect(taken.history.map(({ action }) => action)).toContain('verification.matched');
});

test('X-07: a review is in it with its photos, and with why it was decided; by whom is not', async () => {
  const other = await waitingFor(world);
  const { caseNumber } = await openRequestOf(other.ctx, other);
  const reason = reasonOf('photo_glare', 'a', { note: '请避开反光' });
  await settleAs(world, other.ctx, other, 'reject', [reason]);
  const again = await proved(world, await applicantOf(world, other.sessionToken));
  const taken = AccountExport.parse(JSON.parse(JSON.stringify(await take(again))));
  // What the blind sample would have taken was withdrawn and sent again.
  expect(taken.reviews.filter(({ status }) => status !== 'withdrawn')).toMatchObject([
    {
      caseNumber,
      status: 'rejected',
      answers: { name: '周子涵' },
      photos: [{ side: 'a' }, { side: 'b' }, { side: 'holding' }],
      decisions: [
        {
          outcome: 'reject',
          reasons: [{ code: 'photo_glare', item: 'a', note: '请避开反光' }],
        },
      ],
    },
  ]);
  expect(taken.photos).toHaveLength(3);
  expect(JSON.stringify(taken.reviews)).not.toContain('reviewer-1');
});

test('T-REV-06, X-07: what is not final is not in it: neither what can be undone nor what a second person has yet to see', async () => {
  const { caseId, ...found } = await waitingFor(world);
  const other = await proved(world, found);
  const anna = await staffNamed(world, 'reviewer', { name: '安娜' });
  const bo = await staffNamed(world, 'reviewer', { name: '柏青' });
  const decide = async ({ ctx, staff }: TestStaff) => {
    const { version } = await takeCase(ctx, staff, { caseId });
    const doubt = { isFaceDoubtful: true, outcome: 'approve', reasons: [] } as const;
    await revealCase(ctx, staff, { caseId });
    await decideCase(ctx, staff, { caseId, version, ...doubt });
  };
  const taken = async () => {
    const { reviews, history } = await take(other);
    const review = reviews.find(({ status }) => status !== 'withdrawn');
    const { events } = (await currentReview(other.ctx, other.signedIn)).request ?? { events: [] };
    return {
      status: review?.status,
      decisions: review?.decisions.map(({ outcome }) => outcome),
      text: JSON.stringify([history, await listHistory(other.ctx, other.signedIn), events]),
    };
  };
  const nothing = { status: 'waiting', decisions: [] };
  const outcome = /desk\.(?:decided|undone)|approve|"stage"/;

  await decide(anna);
  expect(await taken()).toMatchObject(nothing);
  expect((await taken()).text).not.toMatch(outcome);
  await undoDecision(anna.ctx, anna.staff, { caseId });
  expect((await taken()).text).not.toMatch(outcome);
  await decide(anna);
  world.advance(caseRule.undoMs);
  await settleCases(world.ctx());
  // The face was doubtful to the first one: a second person decides too.
  expect(await taken()).toMatchObject(nothing);
  await decide(bo);
  expect(await taken()).toMatchObject(nothing);
  expect((await taken()).text).not.toMatch(outcome);
  world.advance(caseRule.undoMs);
  await settleCases(world.ctx());
  const { status, decisions, text } = await taken();
  expect([status, decisions]).toEqual(['approved', ['approve', 'approve']]);
  expect(text).toContain('review.approved');
});

test('X-07: without a fresh proof nothing is given out', async () => {
  const unproved = { ...person, signedIn: { ...person.signedIn, provedAtMs: null } };
  expect(await refusalOf(take(unproved))).toEqual({ code: 'proof.required' });
  world.advance(10 * 60_000);
  expect(await refusalOf(take())).toEqual({ code: 'proof.required' });
});

test('X-01: that it was taken is recorded each time, and stands in the next export', async () => {
  await Promise.all([take(), take(), take()]);
  const { history } = await take();
  const taken = history.filter(({ action }) => action === 'data.exported');
  expect(taken.map(({ by }) => by)).toEqual(['applicant', 'applicant', 'applicant']);
});

test('X-01: nothing of anybody else is in it, and none of the staff is named', async () => {
  const other = citizenNamed('沈秀兰');
  const theirs = await registerCompletely(world, other);
  await world.ctx().db.insert(schema.auditTable).values({
    id: 'look',
    atMs: world.nowMs(),
    actor: 'staff:colleague-1',
    action: 'review.looked',
    accountId: person.signedIn.account.id,
    requestId: 'x',
    facts: '{}',
  });
  const text = JSON.stringify(await take());
  for (const word of [other.number, other.name, theirs.signedIn.account.id, 'colleague-1']) {
    expect(text).not.toContain(word);
  }
  expect(text).toContain('"by":"staff"');
});

test('X-07: the page shows it masked, with how many of each', async () => {
  const { ctx, signedIn } = person;
  const view = await viewData(ctx, signedIn);
  expect(view).toMatchObject({
    createdAtMs: world.nowMs(),
    weChatBoundAtMs: null,
    ministryLinkedAtMs: null,
    cancellationDueAtMs: null,
    consents: [
      { kind: 'agreement', withdrawnAtMs: null },
      { kind: 'document_number', version: ctx.portal.privacyNoticeVersion },
    ],
    reviews: { count: 0, lastAtMs: null },
    counts: { records: 0, verifications: 0, sessions: 1, notices: 0, contactChanges: 0 },
  });
  expect(view.counts.history).toBe(await ctx.db.$count(schema.auditTable));
  const text = JSON.stringify(view);
  for (const word of [citizen.number, citizen.name, citizen.mobile, 'someone@example.com']) {
    expect(text).not.toContain(word);
  }
});

test('X-07, PIPL 45: a question to the help desk is in it, with its files and what was said since', async () => {
  const { draft, caseNumber } = await ticketOf(person);
  const key = { number: caseNumber, code: draft.code };
  const anna = await staffNamed(world, 'reviewer');
  const { version } = await takeCase(anna.ctx, anna.staff, { caseId: draft.number });
  await decideTicket(anna.ctx, anna.staff, {
    caseId: draft.number,
    version,
    outcome: 'return',
    text: 'answer-of-theirs',
    freesNumber: false,
  });
  const none = AccountExport.parse(await take(await proved(world, person)));
  expect(none.tickets).toMatchObject([{ status: 'waiting', helpDeskAnswers: [] }]);
  world.advance(caseRule.undoMs);
  await settleCases(world.ctx());
  await addTicketFile(person.ctx, key, testPhotos.a);
  await answerTicket(person.ctx, { ...key, text: 'reply-of-mine' });
  const text = JSON.stringify(await take(await proved(world, person)));
  const { tickets, photos, reviews } = AccountExport.parse(JSON.parse(text));
  expect(tickets).toMatchObject([
    {
      caseNumber,
      status: 'waiting',
      text: 'question-of-mine',
      name: '林小满',
      email: 'ticket@example.com',
      agreesToPhotos: true,
      photos: [{ photo: photos[0]?.id }],
      replies: [{ text: 'reply-of-mine' }],
      helpDeskAnswers: [{ outcome: 'return', text: 'answer-of-theirs' }],
    },
  ]);
  expect(reviews).toEqual([]);
  // The code that opens the ticket is a secret.
  expect(text).not.toContain(draft.code);
});

test('X-07: the page shows how many reviews there are, and when the last was begun', async () => {
  const other = await mismatched(world);
  await completeDraft(other);
  const { reviews } = await viewData(other.ctx, other.signedIn);
  const lastAtMs = world.nowMs();
  expect(reviews).toEqual({ count: 1, lastAtMs });
  world.advance(1_000);
  await ticketOf(other);
  expect((await viewData(other.ctx, other.signedIn)).reviews).toEqual({ count: 1, lastAtMs });
});

test('X-02: of fourteen copies at once ten are made', async () => {
  const { done, refused } = await atOnce(14, () => take());
  expect([done.length, codesOf(refused)]).toEqual([10, { 'request.too_many': 4 }]);
});

test('the database down: service.unavailable', async () => {
  const down = withoutDatabase(person.ctx);
  expect(await refusalOf(exportData(down, person.signedIn))).toEqual({
    code: 'service.unavailable',
  });
  expect(await refusalOf(viewData(down, person.signedIn))).toEqual({ code: 'service.unavailable' });
});
