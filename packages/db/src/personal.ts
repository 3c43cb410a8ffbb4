import {
  canonicalEmail,
  type ClaimKind,
  liveClaimStatuses,
  numberKeyAlone,
  verifiedLevel,
} from '@shiming/domain';
import { and, eq, gt, isNotNull, isNull, notInArray, or, type SQL, sql } from 'drizzle-orm';
import type { SQLiteColumn, SQLiteTable } from 'drizzle-orm/sqlite-core';
import {
  accountTable,
  attestationTable,
  consentTable,
  guardianConsentTable,
  numberClaimTable,
} from './schema/account.ts';
import { handoverTable } from './schema/agency.ts';
import {
  cancellationTable,
  contactChangeTable,
  noticeTable,
  retentionReceiptTable,
} from './schema/care.ts';

import {
  caseDecisionTable,
  casePhotoTable,
  caseReasonTable,
  caseTable,
  photoTable,
} from './schema/cases.ts';
import {
  allowanceTable,
  challengeTable,
  outboxTable,
  puzzleTable,
  sessionTable,
} from './schema/mechanisms.ts';
import { organisationSessionTable, organisationTable } from './schema/organisation.ts';
import { photoCheckTable, recordTable } from './schema/records.ts';
import {
  authorisationTable,
  matterTable,
  officeKeyTable,
  officeQuestionTable,
} from './schema/authorisation.ts';
import {
  serviceDisclosureTable,
  serviceEventTable,
  serviceSessionTable,
  serviceSubjectTable,
  serviceTokenTable,
} from './schema/oidc.ts';
import { vouchTable } from './schema/binding.ts';
import { recoveryTable } from './schema/recovery.ts';
import { identifierTable } from './schema/identifier.ts';
import { registrationTable } from './schema/registration.ts';
import { correctionTable, staffSessionTable, staffTable } from './schema/staff.ts';
import { faceCheckTable, verificationTable } from './schema/verification.ts';
import { windowTicketTable } from './schema/window.ts';
import { ministryVisitTable } from './schema/ministry.ts';
import { wechatPushTable, wechatSceneTable } from './schema/wechat.ts';

/** What blind indexes are of. The name stands in the hash, so that equal values of two kinds differ. */
export type IndexKind =
  | 'number'
  | 'name'
  | 'mobile'
  | 'email'
  | 'wechat'
  | 'ministry'
  | 'staff_email'
  | 'photo'
  | 'record';

type Row = Readonly<Record<string, unknown>>;

/** How a row is moved to the current keys: all that is sealed in it, and its blind indexes. */
export type Rotated = {
  id: SQLiteColumn;
  keyId: SQLiteColumn;
  indexes?: readonly {
    column: SQLiteColumn;
    kind: IndexKind | ((row: Row) => IndexKind);
    /** The sealed column that holds what is indexed. */
    of: SQLiteColumn;
    /** The value to index in what that column holds; `null`: there is none. */
    value: (opened: never, row: Row) => string | null;
    /** Whether a row without the index stays without it. Otherwise it is made up for. */
    isOptional: boolean;
    /** The kinds of claims that are counted under the index for longer than keys change, and follow it. */
    counted?: readonly ClaimKind[];
  }[];
  /** Rows that lack an index which they should have. */
  isIncomplete?: SQL;
  /** Which rows are worth moving, where not all are. */
  isKept?: (nowMs: number) => SQL | undefined;
  /** The version that a move raises, because writers that read the row before must not go on. */
  raises?: SQLiteColumn;
};

/** An account that is deleted. */
export type Doomed = { id: string; numberIndex: string };

/** A table with something of people, and what the mechanisms have to know of it. */
export type PersonalTable = {
  table: SQLiteTable;
  /** The sealed columns, with the names under which the vault binds values to them: these never change. */
  sealed?: readonly (readonly [SQLiteColumn, name: string])[];
  /** How the rotation job moves the rows. Absent where nothing is sealed, or what is sealed lives a day at most. */
  rotated?: Rotated;
  /** The rows that belong to an account and are deleted with it. */
  of?: (account: Doomed) => SQL | undefined;
  /** The rows that belong to cases, given by a list of their ids, and are deleted with these. */
  ofCases?: (caseIds: SQL) => SQL;
  /** The rows that belong to registrations, given by a list of their ids, and are deleted with one that nobody finishes. */
  ofRegistrations?: (registrationIds: SQL) => SQL;
  /** The instant with which the time of the retention table begins, where a kind has one of its own. */
  since?: SQLiteColumn;
};

/**
 * Rows of a table by their subject, where its index has their kind before it: one look for each kind that there is
 * and each of `subjects` (what a subject is compared with), and never at the whole table.
 */
function bySubject(table: SQLiteTable, kind: SQLiteColumn, subjects: readonly SQL[]): SQL {
  const name = sql.identifier(kind.name);
  const looks = subjects.map(
    (is) =>
      sql`select "each"."rowid" from "kinds" cross join ${table} as "each" where "each".${name} = "kinds"."kind" and "each"."subject" ${is}`,
  );
  return sql`${table}."rowid" in (
    with recursive "kinds"("kind") as (
      select min(${name}) from ${table}
      union all
      select (select min(${name}) from ${table} where ${name} > "kinds"."kind") from "kinds" where "kinds"."kind" is not null
    )
    ${sql.join(looks, sql` union all `)}
  )`;
}

/** The ids of what an account has begun: subjects of challenges and QR codes. */
const idsOf = ({ id }: Doomed) => sql`select ${id} union all
  select ${recoveryTable.id} from ${recoveryTable} where ${recoveryTable.accountId} = ${id} union all
  select ${contactChangeTable.id} from ${contactChangeTable} where ${contactChangeTable.accountId} = ${id} union all
  select ${sessionTable.id} from ${sessionTable} where ${sessionTable.accountId} = ${id}`;
const isSceneOf = (account: Doomed) =>
  sql`${wechatSceneTable.purpose} in ('recovery', 'binding') and ${wechatSceneTable.subject} in (${idsOf(account)})`;
const isGuardianConsentOf = ({ id }: Doomed) =>
  or(eq(guardianConsentTable.accountId, id), eq(guardianConsentTable.childId, id));
const casesOf = ({ id }: Doomed) =>
  sql`(select ${caseTable.id} from ${caseTable} where ${caseTable.accountId} = ${id})`;

const decisionsOf = (caseIds: SQL) => sql`${caseDecisionTable.caseId} in ${caseIds}`;
const reasonsOf = (caseIds: SQL) =>
  sql`${caseReasonTable.decisionId} in (select ${caseDecisionTable.id} from ${caseDecisionTable} where ${decisionsOf(caseIds)})`;
const photosOf = (caseIds: SQL) => sql`${casePhotoTable.caseId} in ${caseIds}`;

/** What the sweep has not taken: it marks a photo, by a time below zero, before it removes it from the store. */
export const isPhotoKept = or(isNull(photoTable.removeAfterMs), gt(photoTable.removeAfterMs, 0));

/**
 * Every table with something of people. The rotation of keys, the deletion of an account and the sweep of what has had
 * its time go by it, and the export is held to it. The order is that of a deletion: what refers to something comes
 * before what it refers to.
 */
export const personalTables: readonly PersonalTable[] = [
  {
    table: challengeTable,
    since: challengeTable.expiresAtMs,
    // A guardian's code has the id of its consent.
    of: (account) =>
      or(
        bySubject(challengeTable, challengeTable.purpose, [
          sql`in (${idsOf(account)})`,
          sql`in (select ${wechatSceneTable.id} from ${wechatSceneTable} where ${isSceneOf(account)})`,
        ]),
        sql`${challengeTable.id} in (select ${guardianConsentTable.id} from ${guardianConsentTable} where ${isGuardianConsentOf(account)})`,
      ),
  },
  {
    table: guardianConsentTable,
    sealed: [[guardianConsentTable.childSealed, 'guardian_consent.child']],
    rotated: { id: guardianConsentTable.id, keyId: guardianConsentTable.keyId },
    of: isGuardianConsentOf,
  },
  {
    table: wechatSceneTable,
    since: wechatSceneTable.expiresAtMs,
    sealed: [[wechatSceneTable.openIdSealed, 'wechat_scene.open_id']],
    rotated: {
      id: wechatSceneTable.id,
      keyId: wechatSceneTable.keyId,
      // Those that are good still: what was answered in the chat is soon forgotten.
      isKept: (nowMs) => gt(wechatSceneTable.expiresAtMs, nowMs),
    },
    of: isSceneOf,
  },
  {
    table: wechatPushTable,
    since: wechatPushTable.atMs,
    sealed: [[wechatPushTable.answerSealed, 'wechat_push.answer']],
  },
  {
    table: allowanceTable,
    since: allowanceTable.atMs,
    // What is counted for the number goes too; what is counted for a contact or an address belongs to no one.
    of: ({ id, numberIndex }) =>
      bySubject(allowanceTable, allowanceTable.kind, [
        sql`= ${id}`,
        // Counted for the account at a place.
        sql`between ${`${id}:`} and ${`${id};`}`,
        // Of an account whose number was freed, what is counted for the number is another's.
        ...(numberIndex === '' ? [] : [sql`between ${numberIndex} and ${`${numberIndex};`}`]),
      ]),
  },
  {
    table: registrationTable,
    since: registrationTable.expiresAtMs,
    sealed: [[registrationTable.draftSealed, 'registration.draft']],
    rotated: {
      id: registrationTable.id,
      keyId: registrationTable.keyId,
      raises: registrationTable.version,
    },
  },
  {
    table: recoveryTable,
    since: recoveryTable.expiresAtMs,
    sealed: [[recoveryTable.contactSealed, 'recovery.contact']],
    of: ({ id }) => eq(recoveryTable.accountId, id),
  },
  {
    table: ministryVisitTable,
    since: ministryVisitTable.expiresAtMs,
    sealed: [
      [ministryVisitTable.requestSealed, 'ministry_visit.request'],
      [ministryVisitTable.arrivalSealed, 'ministry_visit.arrival'],
    ],
  },
  {
    table: contactChangeTable,
    since: contactChangeTable.expiresAtMs,
    sealed: [[contactChangeTable.changeSealed, 'contact_change.change']],
    rotated: { id: contactChangeTable.id, keyId: contactChangeTable.keyId },
    of: ({ id }) => eq(contactChangeTable.accountId, id),
  },
  {
    table: sessionTable,
    since: sessionTable.lastSeenAtMs,
    of: ({ id }) => eq(sessionTable.accountId, id),
  },
  {
    table: outboxTable,
    since: outboxTable.expiresAtMs,
    sealed: [[outboxTable.messageSealed, 'outbox.message']],
    rotated: { id: outboxTable.id, keyId: outboxTable.keyId },
    of: ({ id }) => eq(outboxTable.accountId, id),
  },
  { table: noticeTable, since: noticeTable.atMs, of: ({ id }) => eq(noticeTable.accountId, id) },
  {
    table: caseReasonTable,
    sealed: [[caseReasonTable.noteSealed, 'review_reason.note']],
    rotated: {
      id: caseReasonTable.id,
      keyId: caseReasonTable.keyId,
      isKept: () => isNotNull(caseReasonTable.noteSealed),
    },
    of: (account) => reasonsOf(casesOf(account)),
    ofCases: reasonsOf,
  },
  {
    table: caseDecisionTable,
    of: (account) => decisionsOf(casesOf(account)),
    ofCases: decisionsOf,
  },
  {
    table: casePhotoTable,
    of: (account) => photosOf(casesOf(account)),
    ofCases: photosOf,
  },
  {
    table: caseTable,
    sealed: [
      [caseTable.answersSealed, 'review_request.answers'],
      [caseTable.formerIdentitySealed, 'review_request.former_identity'],
    ],
    // The version stays: what a reviewer sees of the case is the same as before.
    rotated: {
      id: caseTable.id,
      keyId: caseTable.keyId,
      indexes: [
        {
          column: caseTable.nameIndex,
          kind: 'name',
          of: caseTable.answersSealed,
          value: ({ name }: { name: string | null }) => name,
          isOptional: true,
        },
        {
          column: caseTable.numberIndex,
          kind: 'number',
          of: caseTable.answersSealed,
          value: ({ number = null }: { number?: string | null }) =>
            number === null ? null : numberKeyAlone(number),
          isOptional: true,
        },
      ],
    },
    of: ({ id }) => eq(caseTable.accountId, id),
    ofCases: (caseIds) => sql`${caseTable.id} in ${caseIds}`,
  },
  {
    table: correctionTable,
    sealed: [[correctionTable.changeSealed, 'help_desk_change.change']],
    rotated: { id: correctionTable.id, keyId: correctionTable.keyId },
    of: ({ id }) => eq(correctionTable.accountId, id),
  },
  {
    table: recordTable,
    since: recordTable.askedAtMs,
    sealed: [
      [recordTable.answerSealed, 'record.answer'],
      [recordTable.boundSealed, 'record.bound'],
    ],
    rotated: {
      id: recordTable.id,
      keyId: recordTable.keyId,
      isKept: () => or(isNotNull(recordTable.answerSealed), isNotNull(recordTable.boundSealed)),
    },
    of: ({ id }) => eq(recordTable.accountId, id),
  },
  {
    table: photoCheckTable,
    sealed: [[photoCheckTable.recordSealed, 'photo_check.record']],
    rotated: {
      id: photoCheckTable.id,
      keyId: photoCheckTable.keyId,
      indexes: [
        {
          column: photoCheckTable.recordIndex,
          kind: 'record',
          of: photoCheckTable.recordSealed,
          value: (recordId: string) => recordId,
          isOptional: false,
        },
      ],
    },
    of: ({ id }) => eq(photoCheckTable.accountId, id),
  },
  {
    table: vouchTable,
    sealed: [
      [vouchTable.answersSealed, 'vouch.answers'],
      [vouchTable.studiesSealed, 'vouch.studies'],
    ],
    rotated: { id: vouchTable.id, keyId: vouchTable.keyId },
    of: ({ id }) => or(eq(vouchTable.askerId, id), eq(vouchTable.helperId, id)),
  },
  {
    table: windowTicketTable,
    since: windowTicketTable.expiresAtMs,
    of: ({ id }) => eq(windowTicketTable.accountId, id),
  },
  {
    table: officeQuestionTable,
    since: officeQuestionTable.atMs,
    of: ({ id }) => eq(officeQuestionTable.accountId, id),
  },
  {
    table: matterTable,
    since: matterTable.askedAtMs,
    sealed: [[matterTable.detailsSealed, 'matter.details']],
    rotated: {
      id: matterTable.id,
      keyId: matterTable.keyId,
      indexes: [
        {
          column: matterTable.numberIndex,
          kind: 'number',
          of: matterTable.detailsSealed,
          value: ({ number }: { number: string }) => number,
          isOptional: false,
        },
      ],
    },
    // One that nobody has answered belongs to the holder of the number: not to somebody who has only typed it, or claims it.
    of: ({ id }) =>
      or(
        eq(matterTable.accountId, id),
        and(
          isNull(matterTable.accountId),
          sql`${matterTable.numberIndex} in (select ${identifierTable.index} from ${identifierTable} where ${identifierTable.accountId} = ${id} and ${identifierTable.kind} = 'document_number' and ${identifierTable.signsIn} = 1)`,
          sql`exists (select 1 from ${attestationTable} where ${attestationTable.accountId} = ${id} and ${attestationTable.level} >= ${verifiedLevel} and ${attestationTable.revokedAtMs} is null)`,
        ),
      ),
  },
  {
    table: serviceTokenTable,
    since: serviceTokenTable.expiresAtMs,
    sealed: [[serviceTokenTable.payloadSealed, 'service_token.payload']],
    rotated: {
      id: serviceTokenTable.id,
      keyId: serviceTokenTable.keyId,
      // Those that are good still.
      isKept: (nowMs) => gt(serviceTokenTable.expiresAtMs, nowMs),
    },
    of: ({ id }) => eq(serviceTokenTable.accountId, id),
  },
  {
    table: serviceDisclosureTable,
    since: serviceDisclosureTable.atMs,
    of: ({ id }) => eq(serviceDisclosureTable.accountId, id),
  },
  {
    table: serviceEventTable,
    since: serviceEventTable.atMs,
    of: ({ id }) => eq(serviceEventTable.accountId, id),
  },
  {
    table: serviceSessionTable,
    since: serviceSessionTable.createdAtMs,
    of: ({ id }) => eq(serviceSessionTable.accountId, id),
  },
  { table: serviceSubjectTable, of: ({ id }) => eq(serviceSubjectTable.accountId, id) },
  { table: authorisationTable, of: ({ id }) => eq(authorisationTable.accountId, id) },
  {
    table: handoverTable,
    since: handoverTable.endsAtMs,
    sealed: [[handoverTable.personSealed, 'handover.person']],
    rotated: {
      id: handoverTable.id,
      keyId: handoverTable.keyId,
      indexes: [
        {
          column: handoverTable.numberIndex,
          kind: 'number',
          of: handoverTable.personSealed,
          value: ({ number }: { number: string }) => numberKeyAlone(number),
          isOptional: false,
        },
        {
          column: handoverTable.nameIndex,
          kind: 'name',
          of: handoverTable.personSealed,
          value: ({ name }: { name: string }) => name,
          isOptional: false,
        },
      ],
    },
    of: ({ id }) => eq(handoverTable.accountId, id),
  },
  {
    table: faceCheckTable,
    of: ({ id }) => eq(faceCheckTable.accountId, id),
    ofRegistrations: (ids) => sql`${faceCheckTable.accountId} in ${ids}`,
  },
  {
    table: verificationTable,
    of: ({ id }) => eq(verificationTable.accountId, id),
    ofRegistrations: (ids) => sql`${verificationTable.accountId} in ${ids}`,
  },
  {
    table: identifierTable,
    sealed: [[identifierTable.sealed, 'identifier.value']],
    rotated: {
      id: identifierTable.id,
      keyId: identifierTable.keyId,
      indexes: [
        {
          column: identifierTable.index,
          kind: ({ kind }) =>
            kind === 'document_number' || kind === 'earlier_number'
              ? 'number'
              : (kind as IndexKind),
          of: identifierTable.sealed,
          value: (value: string, { kind }) => (kind === 'email' ? canonicalEmail(value) : value),
          isOptional: false,
          counted: ['vouch'],
        },
      ],
      // What the account still keeps is moved out of it first.
      isKept: () => isNotNull(identifierTable.sealed),
    },
    of: ({ id }) => eq(identifierTable.accountId, id),
  },
  {
    table: attestationTable,
    sealed: [[attestationTable.numberSealed, 'attestation.number']],
    rotated: {
      id: attestationTable.id,
      keyId: attestationTable.keyId,
      indexes: [
        {
          column: attestationTable.numberIndex,
          kind: 'number',
          of: attestationTable.numberSealed,
          value: (number: string) => number,
          isOptional: true,
        },
      ],
      isKept: () => isNotNull(attestationTable.numberSealed),
    },
    of: ({ id }) => eq(attestationTable.accountId, id),
  },
  {
    table: numberClaimTable,
    // A claim that is not decided goes on where the account that had the number is deleted: the number is free then.
    of: ({ id }) =>
      or(
        eq(numberClaimTable.accountId, id),
        and(
          eq(numberClaimTable.holderId, id),
          notInArray(numberClaimTable.status, [...liveClaimStatuses]),
        ),
      ),
  },
  { table: consentTable, of: ({ id }) => eq(consentTable.accountId, id) },
  { table: cancellationTable, of: ({ id }) => eq(cancellationTable.accountId, id) },
  {
    table: accountTable,
    sealed: [
      [accountTable.identitySealed, 'account.identity'],
      [accountTable.contactSealed, 'account.contact'],
      [accountTable.weChatSealed, 'wechat_binding.open_id'],
      [accountTable.profileSealed, 'account.profile'],
    ],
    rotated: {
      id: accountTable.id,
      keyId: accountTable.keyId,
      raises: accountTable.version,
    },
    of: ({ id }) => eq(accountTable.id, id),
  },
  {
    table: staffTable,
    sealed: [
      [staffTable.personSealed, 'staff.person'],
      [staffTable.totpSealed, 'staff.totp'],
    ],
    // The version stays: nothing that anybody manages differs from before.
    rotated: {
      id: staffTable.id,
      keyId: staffTable.keyId,
      indexes: [
        {
          column: staffTable.numberIndex,
          kind: 'number',
          of: staffTable.personSealed,
          value: ({ number }: { number: string | null }) =>
            number === null ? null : numberKeyAlone(number),
          isOptional: false,
        },
        {
          column: staffTable.emailIndex,
          kind: 'staff_email',
          of: staffTable.personSealed,
          value: ({ email }: { email: string }) => canonicalEmail(email),
          isOptional: false,
        },
      ],
      // Rows from before there was an index of the address have none.
      isIncomplete: isNull(staffTable.emailIndex),
    },
  },
  {
    table: officeKeyTable,
    sealed: [[officeKeyTable.secretSealed, 'office_key.secret']],
    rotated: {
      id: officeKeyTable.id,
      keyId: officeKeyTable.keyId,
      isKept: () => isNotNull(officeKeyTable.secretSealed),
    },
  },
  { table: staffSessionTable, since: staffSessionTable.lastSeenAtMs },
  {
    table: organisationTable,
    sealed: [[organisationTable.contactSealed, 'organisation.contact']],
    rotated: { id: organisationTable.id, keyId: organisationTable.keyId },
  },
  { table: organisationSessionTable, since: organisationSessionTable.lastSeenAtMs },
  { table: puzzleTable, since: puzzleTable.expiresAtMs },
  { table: retentionReceiptTable, since: retentionReceiptTable.atMs },
];

const names = new Map(personalTables.flatMap(({ sealed = [] }) => sealed));

/** The name under which the vault binds values to a sealed column. */
export function sealedName(column: SQLiteColumn): string {
  const name = names.get(column);
  if (name === undefined) throw new Error(`${column.name} is no sealed column`);
  return name;
}
