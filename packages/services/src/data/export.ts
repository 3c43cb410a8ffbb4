import {
  authorisationTable,
  matterTable,
  officeQuestionTable,
  attestationTable,
  auditTable,
  cancellationTable,
  numberClaimTable,
  consentTable,
  faceCheckTable,
  contactChangeTable,
  guardianConsentTable,
  correctionTable,
  noticeTable,
  photoCheckTable,
  recordTable,
  handoverTable,
  serviceDisclosureTable,
  serviceSubjectTable,
  vouchTable,
  windowTicketTable,
  photoTable,
  caseDecisionTable,
  casePhotoTable,
  caseReasonTable,
  caseTable,
  sessionTable,
  verificationTable,
} from '@shiming/db';
import {
  type AccountExport,
  type Correction,
  matterStatusAt,
  type Portal,
  recordKinds,
} from '@shiming/domain';
import { and, asc, eq, isNotNull, ne, notInArray, or } from 'drizzle-orm';
import { commitClaims, type Limit, newClaim } from '../allowance/allowance.ts';
import { record } from '../audit/record.ts';
import { isReadBy, openMatter } from '../authorisation/matter.ts';
import { openPerson } from '../agency/handover.ts';
import { openVouch } from '../binding/vouch.ts';
import { openChange } from '../contact/change.ts';
import { type Ctx, inPortal } from '../context.ts';
import { openChild } from '../guardian/child.ts';
import { openCorrection } from '../help-desk/corrections.ts';
import {
  findIdentity,
  openEarlierNumber,
  identifierOf,
  openContact,
  openProfile,
  openMinistryAccount,
  openWeChat,
  provedAtMsOf,
} from '../account/account.ts';
import { openRecordId } from '../photo-check/load.ts';
import { openDispute } from '../photo-check/state.ts';
import { requireProof } from '../proof/proof.ts';
import { openAnswer } from '../records/ask.ts';
import { openBound } from '../records/bind.ts';
import { openReason } from '../review/load.ts';
import type { CaseRow } from '../cases/state.ts';
import { openAnswers } from '../review/answers.ts';
import type { SignedIn } from '../session/session.ts';
import { openTicket, textOf } from '../ticket/ticket.ts';
import { open, placeOf } from '../vault/vault.ts';

/** More than anybody needs: a copy reads and opens everything that an account has. */
const perHour: Limit = {
  limit: 10,
  window: { lastMs: 60 * 60_000 },
  refusal: (retryAtMs) => ({ code: 'request.too_many', retryAtMs }),
};

const iso = (atMs: number): string => new Date(atMs).toISOString();
const datesOf = ({ validity }: Pick<Correction, 'validity'>) =>
  validity && { start: validity.start, end: validity.end };
const isoOrNull = (atMs: number | null): string | null => (atMs === null ? null : iso(atMs));

/**
 * A decision is final when it has taken effect and nobody else is to decide before the person gets a notice: while a request
 * is with a second person, what the first one found is nothing yet.
 */
const isFinal = and(
  isNotNull(caseDecisionTable.settledAtMs),
  or(
    ne(caseDecisionTable.round, caseTable.round),
    notInArray(caseTable.status, ['waiting', 'deciding']),
  ),
);

const timesOf = (row: CaseRow) => ({
  channel: row.channel,
  createdAt: iso(row.createdAtMs),
  submittedAt: isoOrNull(row.submittedAtMs),
  dueAt: isoOrNull(row.dueAtMs),
  openedAt: isoOrNull(row.openedAtMs),
  endedAt: isoOrNull(row.endedAtMs),
  expiresAt: isoOrNull(row.expiresAtMs),
});

/** The portal that a row keeps. */
const portalOf = (ctx: Ctx, row: { portal: string }) => inPortal(ctx, row.portal).portal;

/** Who receives what a consent is about: a service by its name. */
const receiverOf = ({ services }: Portal, { receiver }: { receiver: string }) =>
  services.find(({ id }) => id === receiver)?.name.zh ?? receiver;

/** What was decided stands with the review once it is final, and what was undone never was. */
const decidingActions = ['desk.decided', 'desk.undone'];

/** The facts of an action, but for whose turn a case was: that somebody else is asked too tells what was decided. */
function factsTold(facts: string): Record<string, unknown> {
  const { stage: _stage, ...told } = JSON.parse(facts) as Record<string, unknown>;
  return told;
}

/**
 * X-07, PIPL 45: everything that is held about the person, in full, to take along. That it was taken is recorded in
 * the same transaction as it is read.
 *
 * @throws AppError proof.required, request.too_many
 */
export async function exportData(ctx: Ctx, signedIn: SignedIn): Promise<AccountExport> {
  requireProof(ctx, signedIn);
  const { account } = signedIn;
  const { db } = ctx;
  const [
    identity,
    earlierNumber,
    contact,
    profile,
    [
      consents,
      guardianConsents,
      verifications,
      faces,
      attestations,
      changes,
      cases,
      reviewPhotos,
      decisions,
      reasons,
      photos,
      corrections,
      sessions,
      notices,
      history,
      cancellations,
      records,
      claims,
      photoChecks,
      vouches,
      windowTickets,
      authorisations,
      serviceIdentifiers,
      disclosures,
      officeQuestions,
      matters,
      handovers,
    ],
  ] = await Promise.all([
    findIdentity(ctx, account),
    openEarlierNumber(ctx, account),
    openContact(ctx, account),
    openProfile(ctx, account),
    commitClaims(
      ctx,
      [newClaim(ctx, 'data.export', account.id, [perHour])],
      [
        db
          .select()
          .from(consentTable)
          .where(eq(consentTable.accountId, account.id))
          .orderBy(asc(consentTable.givenAtMs), asc(consentTable.kind)),
        db
          .select()
          .from(guardianConsentTable)
          .where(
            or(
              eq(guardianConsentTable.accountId, account.id),
              eq(guardianConsentTable.childId, account.id),
            ),
          )
          .orderBy(asc(guardianConsentTable.givenAtMs)),
        db
          .select()
          .from(verificationTable)
          .where(eq(verificationTable.accountId, account.id))
          .orderBy(asc(verificationTable.askedAtMs)),
        db
          .select()
          .from(faceCheckTable)
          .where(eq(faceCheckTable.accountId, account.id))
          .orderBy(asc(faceCheckTable.askedAtMs)),
        db
          .select()
          .from(attestationTable)
          .where(eq(attestationTable.accountId, account.id))
          .orderBy(asc(attestationTable.atMs)),
        db
          .select()
          .from(contactChangeTable)
          .where(eq(contactChangeTable.accountId, account.id))
          .orderBy(asc(contactChangeTable.createdAtMs)),
        db
          .select()
          .from(caseTable)
          .where(eq(caseTable.accountId, account.id))
          .orderBy(asc(caseTable.createdAtMs)),
        db
          .select({
            caseId: casePhotoTable.caseId,
            side: casePhotoTable.slot,
            photo: photoTable.id,
          })
          .from(photoTable)
          .innerJoin(casePhotoTable, eq(casePhotoTable.photoId, photoTable.id))
          .where(eq(photoTable.accountId, account.id)),
        db
          .select({ decision: caseDecisionTable })
          .from(caseTable)
          .innerJoin(caseDecisionTable, eq(caseDecisionTable.caseId, caseTable.id))
          .where(and(eq(caseTable.accountId, account.id), isFinal))
          .orderBy(asc(caseDecisionTable.decidedAtMs)),
        db
          .select({ reason: caseReasonTable })
          .from(caseTable)
          .innerJoin(caseDecisionTable, eq(caseDecisionTable.caseId, caseTable.id))
          .innerJoin(caseReasonTable, eq(caseReasonTable.decisionId, caseDecisionTable.id))
          .where(eq(caseTable.accountId, account.id))
          .orderBy(asc(caseReasonTable.place)),
        db
          .select()
          .from(photoTable)
          .where(eq(photoTable.accountId, account.id))
          .orderBy(asc(photoTable.createdAtMs)),
        db
          .select()
          .from(correctionTable)
          .where(eq(correctionTable.accountId, account.id))
          .orderBy(asc(correctionTable.requestedAtMs)),
        db
          .select()
          .from(sessionTable)
          .where(eq(sessionTable.accountId, account.id))
          .orderBy(asc(sessionTable.createdAtMs)),
        db
          .select()
          .from(noticeTable)
          .where(eq(noticeTable.accountId, account.id))
          .orderBy(asc(noticeTable.atMs)),
        db
          .select()
          .from(auditTable)
          .where(
            and(
              eq(auditTable.accountId, account.id),
              notInArray(auditTable.action, decidingActions),
            ),
          )
          .orderBy(asc(auditTable.atMs)),
        db.select().from(cancellationTable).where(eq(cancellationTable.accountId, account.id)),
        db
          .select()
          .from(recordTable)
          .where(eq(recordTable.accountId, account.id))
          .orderBy(asc(recordTable.portal), asc(recordTable.kind)),
        db
          .select()
          .from(numberClaimTable)
          .where(
            or(
              eq(numberClaimTable.accountId, account.id),
              eq(numberClaimTable.holderId, account.id),
            ),
          )
          .orderBy(asc(numberClaimTable.createdAtMs)),
        db
          .select()
          .from(photoCheckTable)
          .where(eq(photoCheckTable.accountId, account.id))
          .orderBy(asc(photoCheckTable.answeredAtMs)),
        db
          .select()
          .from(vouchTable)
          .where(or(eq(vouchTable.askerId, account.id), eq(vouchTable.helperId, account.id)))
          .orderBy(asc(vouchTable.createdAtMs)),
        db
          .select()
          .from(windowTicketTable)
          .where(eq(windowTicketTable.accountId, account.id))
          .orderBy(asc(windowTicketTable.createdAtMs)),
        db
          .select()
          .from(authorisationTable)
          .where(eq(authorisationTable.accountId, account.id))
          .orderBy(asc(authorisationTable.openedAtMs)),
        db
          .select()
          .from(serviceSubjectTable)
          .where(eq(serviceSubjectTable.accountId, account.id))
          .orderBy(asc(serviceSubjectTable.createdAtMs)),
        db
          .select()
          .from(serviceDisclosureTable)
          .where(eq(serviceDisclosureTable.accountId, account.id))
          .orderBy(asc(serviceDisclosureTable.atMs)),
        db
          .select()
          .from(officeQuestionTable)
          .where(eq(officeQuestionTable.accountId, account.id))
          .orderBy(asc(officeQuestionTable.atMs)),
        db
          .select()
          .from(matterTable)
          .where(await isReadBy(ctx, account))
          .orderBy(asc(matterTable.askedAtMs)),
        db
          .select()
          .from(handoverTable)
          .where(eq(handoverTable.accountId, account.id))
          .orderBy(asc(handoverTable.createdAtMs)),
        record(ctx, 'data.exported', account.id),
      ],
    ),
  ]);
  const reviews = cases.filter(({ kind }) => kind === 'manual_review');
  const tickets = cases.filter(({ kind }) => kind === 'ticket');
  /** What the staff have answered to a case, in their own words. */
  const saidOf = ({ id }: CaseRow) =>
    Promise.all(
      decisions
        .filter(({ decision }) => decision.caseId === id)
        .flatMap(({ decision }) =>
          reasons
            .filter(({ reason }) => reason.decisionId === decision.id)
            .map(async ({ reason }) => ({
              outcome: decision.outcome,
              decidedAt: iso(decision.decidedAtMs),
              text: await textOf(ctx, reason),
            })),
        ),
    );
  const weChat = identifierOf(account, 'wechat');
  const ministry = identifierOf(account, 'ministry');
  const [cancellation] = cancellations;
  return {
    format: 'shiming.account',
    version: 1,
    portal: ctx.portal.name.zh,
    exportedAt: iso(ctx.now()),
    account: {
      id: account.id,
      portal: portalOf(ctx, account).name.zh,
      documentType: account.documentType,
      status: account.status,
      restorableUntil: isoOrNull(account.restorableUntilMs),
      level: signedIn.level,
      verifiedAt: isoOrNull(signedIn.attested?.atMs ?? null),
      createdAt: iso(account.createdAtMs),
    },
    identity: identity && {
      number: identity.number,
      earlierNumber,
      name: identity.name,
      birthDate: identity.birthDate,
      sex: identity.sex,
      region: identity.region,
      validity: datesOf(identity),
    },
    contact: {
      mobile: contact.mobile,
      mobileProvedAt: isoOrNull(provedAtMsOf(account, 'mobile')),
      email: contact.email,
      emailProvedAt: isoOrNull(provedAtMsOf(account, 'email')),
    },
    profile,
    consents: consents.map(({ givenAtMs, withdrawnAtMs, ...each }) => ({
      kind: each.kind,
      portal: portalOf(ctx, each).name.zh,
      purpose: each.purpose,
      receiver: receiverOf(portalOf(ctx, each), each),
      fields: each.fields && [...each.fields],
      version: each.version,
      givenAt: iso(givenAtMs),
      withdrawnAt: isoOrNull(withdrawnAtMs),
    })),
    guardianConsents: await Promise.all(
      guardianConsents.map(async (each) => {
        // A child reads what was agreed for it and by whom as a relation; the guardian's data are the guardian's.
        const isGuardian = each.accountId === account.id;
        const { documentType, number, name } = await openChild(ctx, each);
        return {
          as: isGuardian ? ('guardian' as const) : ('child' as const),
          child: isGuardian ? { documentType, number, name } : null,
          relation: each.relation,
          channel: each.channel,
          scope: each.scope,
          version: each.version,
          givenAt: iso(each.givenAtMs),
          expiresAt: iso(each.expiresAtMs),
          usedAt: isoOrNull(each.usedAtMs),
          endedAt: isoOrNull(each.endedAtMs),
          ending: each.ending,
        };
      }),
    ),
    verifications: verifications.map((each) => ({
      askedAt: iso(each.askedAtMs),
      endedAt: isoOrNull(each.endedAtMs),
      status: each.status,
      provider: each.provider,
      rawCode: each.rawCode,
      vendorRequestId: each.vendorRequestId,
    })),
    faces: faces.map((each) => ({
      purpose: each.purpose,
      askedAt: iso(each.askedAtMs),
      endedAt: isoOrNull(each.endedAtMs),
      status: each.status,
      pictureFault: each.pictureFault,
      score: each.score,
      model: each.model,
      provider: each.provider,
      rawCode: each.rawCode,
      vendorRequestId: each.vendorRequestId,
    })),
    attestations: await Promise.all(
      attestations.map(async ({ id, kind, level, numberSealed, atMs, untilMs, revokedAtMs }) => ({
        kind,
        level,
        number:
          numberSealed &&
          (await open<string>(ctx, placeOf(attestationTable.numberSealed, id), numberSealed)),
        at: iso(atMs),
        until: isoOrNull(untilMs),
        revokedAt: isoOrNull(revokedAtMs),
      })),
    ),
    windowTickets: windowTickets.map((row) => ({
      check: row.check,
      status: row.status,
      reason: row.reason,
      window: row.scope,
      createdAt: iso(row.createdAtMs),
      expiresAt: iso(row.expiresAtMs),
      decidedAt: isoOrNull(row.decidedAtMs),
      revokedAt: isoOrNull(row.revokedAtMs),
      revocation: row.revocation,
    })),
    authorisations: authorisations.map((row) => ({
      portal: portalOf(ctx, row).name.zh,
      service: row.service,
      purposes: [...row.purposes],
      usesAllowed: row.usesAllowed,
      used: row.used,
      openedAt: iso(row.openedAtMs),
      until: iso(row.untilMs),
      closedAt: isoOrNull(row.closedAtMs),
      closedBy: row.closedBy,
    })),
    serviceIdentifiers: serviceIdentifiers.map((row) => ({
      service: row.clientId,
      identifier: row.id,
      createdAt: iso(row.createdAtMs),
    })),
    disclosures: disclosures.map((row) => ({
      portal: portalOf(ctx, row).name.zh,
      service: row.service,
      fields: [...row.fields],
      level: row.level,
      at: iso(row.atMs),
    })),
    officeQuestions: officeQuestions.map((row) => ({
      portal: portalOf(ctx, row).name.zh,
      receipt: row.id,
      office: row.office,
      purpose: row.purpose,
      answer: row.isYes ? ('yes' as const) : ('no' as const),
      at: iso(row.atMs),
    })),
    matters: await Promise.all(
      matters.map(async (row) => ({
        portal: portalOf(ctx, row).name.zh,
        office: row.office,
        company: (await openMatter(ctx, row)).company,
        role: row.role,
        purpose: row.purpose,
        status: matterStatusAt(row, ctx.now()),
        requestedAt: iso(row.askedAtMs),
        expiresAt: iso(row.expiresAtMs),
        decidedAt: isoOrNull(row.endedAtMs),
        receipt: row.receipt,
        by: row.provedBy,
      })),
    ),
    vouches: await Promise.all(
      vouches.map(async (row) => {
        const isOwn = row.askerId === account.id;
        // What somebody else typed is theirs.
        const typed = isOwn ? await openVouch(ctx, row) : null;
        return {
          side: isOwn ? ('asked' as const) : ('helped' as const),
          name: typed?.name ?? null,
          mobile: typed?.mobile ?? null,
          ownMobile: typed?.ownMobile ?? null,
          status: row.status,
          createdAt: iso(row.createdAtMs),
          decidedAt: isoOrNull(row.decidedAtMs),
        };
      }),
    ),
    handovers: await Promise.all(
      handovers.map(async (row) => {
        const { name, number } = await openPerson(ctx, row);
        return {
          agency: row.scope,
          name,
          number,
          createdAt: iso(row.createdAtMs),
          usedAt: isoOrNull(row.usedAtMs),
        };
      }),
    ),
    records: await Promise.all(
      records.map(async (row) => {
        const answer = await openAnswer(ctx, row);
        return {
          portal: portalOf(ctx, row).name.zh,
          kind: row.kind,
          authority: recordKinds[row.kind].authority,
          askedAt: iso(row.askedAtMs),
          outcome: row.outcome,
          bound: Object.entries(await openBound(ctx, row)).map(([id, qualifications]) => ({
            id,
            qualifications: [...qualifications],
          })),
          answer: answer && {
            outcome: row.answerOutcome ?? '',
            at: isoOrNull(row.answeredAtMs),
            availableFrom: answer.availableFrom,
            records: answer.records.map(({ id, fields, photos: images }) => ({
              id,
              fields: Object.entries(fields).map(([field, value]) => ({
                field,
                value: value ?? '',
              })),
              images: Object.entries(images ?? {}).flatMap(([side, jpeg]) =>
                jpeg === null ? [] : [{ side, jpeg }],
              ),
            })),
          },
        };
      }),
    ),
    photoChecks: await Promise.all(
      photoChecks.map(async (row) => {
        const dispute = cases.find(({ id }) => id === row.caseId);
        return {
          portal: portalOf(ctx, row).name.zh,
          school: row.scope,
          record: await openRecordId(ctx, row),
          answer: row.answer,
          stars: row.stars,
          answeredAt: iso(row.answeredAtMs),
          reopenedAt: isoOrNull(row.reopenedAtMs),
          report: row.reportStatus,
          dispute:
            dispute === undefined
              ? null
              : {
                  caseNumber: dispute.caseNumber,
                  status: dispute.status === 'deciding' ? 'waiting' : dispute.status,
                  ...(await openDispute(ctx, dispute)).statement,
                  submittedAt: isoOrNull(dispute.submittedAtMs),
                  dueAt: isoOrNull(dispute.dueAtMs),
                  endedAt: isoOrNull(dispute.endedAtMs),
                  photos: reviewPhotos
                    .filter(({ caseId }) => caseId === dispute.id)
                    .map(({ photo }) => ({ photo })),
                  schoolAnswers: await saidOf(dispute),
                },
        };
      }),
    ),
    contactChanges: await Promise.all(
      changes.map(async (each) => {
        const { before, after } = await openChange(ctx, each);
        return {
          kind: each.kind,
          before,
          after,
          createdAt: iso(each.createdAtMs),
          doneAt: isoOrNull(each.doneAtMs),
          undoneAt: isoOrNull(each.undoneAtMs),
        };
      }),
    ),
    reviews: await Promise.all(
      reviews.map(async (row) => {
        const answers = await openAnswers(ctx, row);
        return {
          portal: portalOf(ctx, row).name.zh,
          caseNumber: row.caseNumber,
          status: row.status === 'deciding' ? 'waiting' : row.status,
          documentType: row.documentType ?? account.documentType ?? '',
          answers: answers && {
            name: answers.name,
            validity: datesOf(answers),
            reason: answers.reason,
          },
          ...timesOf(row),
          photos: reviewPhotos
            .filter(({ caseId }) => caseId === row.id)
            .map(({ side, photo }) => ({ side, photo })),
          decisions: await Promise.all(
            decisions
              .filter(({ decision }) => decision.caseId === row.id)
              .map(async ({ decision }) => ({
                outcome: decision.outcome,
                decidedAt: iso(decision.decidedAtMs),
                reasons: await Promise.all(
                  reasons
                    .filter(({ reason }) => reason.decisionId === decision.id)
                    .map(async ({ reason }) => {
                      const { code, item, note } = await openReason(ctx, reason);
                      return { code, item, note };
                    }),
                ),
              })),
          ),
        };
      }),
    ),
    tickets: await Promise.all(
      tickets.map(async (row) => {
        const { topic, text, name, number: asked, ...ticket } = await openTicket(ctx, row);
        return {
          portal: portalOf(ctx, row).name.zh,
          caseNumber: row.caseNumber,
          status: row.status === 'deciding' ? 'waiting' : row.status,
          topic,
          text,
          name,
          number: asked,
          email: ticket.email,
          correction: ticket.correction
            ? { kind: ticket.correction.field, after: ticket.correction.value }
            : null,
          agreesToPhotos: ticket.agreesToPhotos,
          ...timesOf(row),
          photos: reviewPhotos
            .filter(({ caseId }) => caseId === row.id)
            .map(({ photo }) => ({ photo })),
          replies: ticket.replies.map((reply) => ({ at: iso(reply.atMs), text: reply.text })),
          helpDeskAnswers: await saidOf(row),
        };
      }),
    ),
    photos: photos.map((each) => ({
      id: each.id,
      bytes: each.bytes,
      width: each.width,
      height: each.height,
      orientation: each.orientation,
      createdAt: iso(each.createdAtMs),
      removeAfter: isoOrNull(each.removeAfterMs && Math.abs(each.removeAfterMs)),
    })),
    corrections: await Promise.all(
      corrections.map(async (each) => ({
        kind: each.kind,
        status: each.status,
        ...(await openCorrection(ctx, each)),
        requestedAt: iso(each.requestedAtMs),
        decidedAt: isoOrNull(each.decidedAtMs),
        expiresAt: iso(each.expiresAtMs),
      })),
    ),
    numberClaims: claims.map((each) => ({
      isOwn: each.accountId === account.id,
      // Anybody who knows it can try to sign in with it.
      claimNumber: each.accountId === account.id ? each.claimNumber : null,
      status: each.status,
      createdAt: iso(each.createdAtMs),
      noticedAt: isoOrNull(each.noticedAtMs),
      objectUntil: isoOrNull(each.objectUntilMs),
      objectedAt: isoOrNull(each.objectedAtMs),
      endedAt: isoOrNull(each.endedAtMs),
    })),
    weChat:
      weChat === undefined
        ? null
        : {
            openId: (await openWeChat(ctx, account)) ?? '',
            boundAt: iso(weChat.provedAtMs ?? 0),
          },
    ministry:
      ministry === undefined
        ? null
        : {
            account: (await openMinistryAccount(ctx, account)) ?? '',
            linkedAt: iso(ministry.provedAtMs ?? 0),
          },
    sessions: sessions.map((each) => ({
      label: each.label,
      createdAt: iso(each.createdAtMs),
      lastSeenAt: iso(each.lastSeenAtMs),
      provedAt: isoOrNull(each.provedAtMs),
      endedAt: isoOrNull(each.endedAtMs),
    })),
    notices: notices.map(({ kind, facts, atMs, readAtMs }) => ({
      kind,
      facts,
      at: iso(atMs),
      readAt: isoOrNull(readAtMs),
    })),
    history: history.map(({ atMs, action, actor, facts }) => ({
      at: iso(atMs),
      action,
      // Who of the staff it was is theirs.
      by: actor.split(':')[0] ?? actor,
      facts: factsTold(facts),
    })),
    cancellation:
      cancellation === undefined
        ? null
        : { requestedAt: iso(cancellation.requestedAtMs), dueAt: iso(cancellation.dueAtMs) },
  };
}
