import { commit, consentTable, guard, vouchTable } from '@shiming/db';
import {
  caseKinds,
  caseSpecs,
  type ConsentChoice,
  type ConsentKind,
  consentOf,
  consents,
  fieldsGiven,
  type ServiceField,
  type WithdrawableConsent,
} from '@shiming/domain';
import type { BatchItem } from 'drizzle-orm/batch';
import { and, eq, isNotNull, isNull, sql } from 'drizzle-orm';
import { commitClaims, type Limit, newClaim } from '../allowance/allowance.ts';
import { record } from '../audit/record.ts';
import { setEndOfPaused } from '../cases/consent.ts';
import { type Ctx, refuseUnless } from '../context.ts';
import { birthDateOf } from '../guardian/child.ts';
import { guardianStatements } from '../guardian/use.ts';
import { notify } from '../notice/notify.ts';
import { endTokensOf } from '../oidc/tokens.ts';
import { deleteRecords } from '../records/view.ts';
import { findIdentity } from '../account/account.ts';
import { pauseReview } from '../review/pause.ts';
import type { SignedIn } from '../session/session.ts';
import { hasLiveConsent } from '../account/live-consent.ts';
import { tellServices } from '../account/tell-services.ts';

/** Giving is limited, taking back never: a person who has given a consent may always withdraw it (PIPL 15). */
const perDay: Limit = {
  limit: 10,
  window: 'shanghai_day',
  refusal: (retryAtMs) => ({ code: 'request.too_many', retryAtMs }),
};

const ofPhotos = caseKinds.filter((kind) => caseSpecs[kind].consents === 'review');

/** What ends with a consent: what waits on it, and what was fetched with it. */
const stops: Readonly<
  Record<
    WithdrawableConsent,
    (ctx: Ctx, accountId: string, receiver: string) => readonly BatchItem<'sqlite'>[]
  >
> = {
  document_number: (ctx, accountId) => [
    ...pauseReview(ctx, accountId, ctx.portal.id, ofPhotos),
    endTokensOf(ctx, accountId, { portal: ctx.portal.id }),
  ],
  photos: (ctx, accountId) => pauseReview(ctx, accountId, ctx.portal.id, ofPhotos),
  records: (ctx, accountId) => [
    ...pauseReview(ctx, accountId, ctx.portal.id, ['record_dispute']),
    ...deleteRecords(ctx, accountId),
    // A classmate who is asked for a claim is known by what the authority answered.
    ctx.db
      .update(vouchTable)
      .set({ status: 'withdrawn', decidedAtMs: ctx.now(), studiesSealed: null })
      .where(
        and(
          eq(vouchTable.askerId, accountId),
          eq(vouchTable.status, 'waiting'),
          isNotNull(vouchTable.claimId),
        ),
      ),
  ],
  own_photo: (ctx, accountId) => pauseReview(ctx, accountId, ctx.portal.id, ['record_dispute']),
  // What was begun is refused by the consent that it lacks.
  face: () => [],
  service: (ctx, accountId, service) => [
    endTokensOf(ctx, accountId, { portal: ctx.portal.id, service }),
  ],
};

/** The statement that withdraws a consent. */
const end = (
  ctx: Ctx,
  accountId: string,
  { kind, portal, receiver }: { kind: ConsentKind; portal: string; receiver: string },
) =>
  ctx.db
    .update(consentTable)
    .set({ withdrawnAtMs: ctx.now() })
    .where(
      and(
        eq(consentTable.accountId, accountId),
        eq(consentTable.kind, kind),
        eq(consentTable.portal, portal),
        eq(consentTable.receiver, receiver),
        isNull(consentTable.withdrawnAtMs),
      ),
    );

/** The consent that is meant, with what it is for and who receives what. */
function chosen(ctx: Ctx, choice: ConsentChoice) {
  const found = consentOf(ctx.portal, choice);
  refuseUnless(found !== null, { code: 'request.not_found' });
  const isLive = (accountId: string, fields?: readonly ServiceField[]) =>
    hasLiveConsent(ctx, accountId, found.kind, {
      receiver: found.receiver,
      ...(fields && { fields }),
    });
  return { ...found, portal: ctx.portal.id, isLive };
}

/**
 * PIPL 15: takes a consent back. From then on what it was for is refused with `consent.required`; without that to the
 * number or to photos a review that waits is looked at and decided by nobody; without that to records, what the
 * authorities answered is deleted and a dispute waits, as it does without that to one's own photo. What waits so ends after
 * 30 days. What was done before stays as it is. The holder gets a notice.
 *
 * @throws AppError request.not_found, request.stale where there is none to withdraw
 */
export async function withdrawConsent(
  ctx: Ctx,
  { account }: SignedIn,
  choice: ConsentChoice,
): Promise<void> {
  const { kind, portal, receiver, isLive } = chosen(ctx, choice);
  await commit(ctx.db, [
    guard(ctx.db, isLive(account.id), { code: 'request.stale' }),
    ...(choice.kind === 'service' || choice.kind === 'document_number'
      ? tellServices(ctx, account.id, [['logout']], {
          at: { portal, ...(choice.kind === 'service' ? { service: receiver } : {}) },
        })
      : []),
    end(ctx, account.id, { kind, portal, receiver }),
    ...stops[choice.kind](ctx, account.id, receiver),
    setEndOfPaused(ctx, account.id),
    record(ctx, 'consent.withdrawn', account.id, { kind, receiver }),
    ...(await notify(ctx, account, 'consent_withdrawn')),
  ]);
}

/**
 * Gives a consent, again or for the first time, to the notice as it is now; to enter a service with what it is told
 * (`fields`), which is changed by giving it again. Somebody who has not agreed to the
 * agreement yet (T-REG-14), because the account came from an older system or another portal, does so here: without it
 * nothing is opened to them.
 *
 * For somebody under 14 it takes a guardian's consent that stands, or a guardian's code (PIPL 31).
 *
 * @throws AppError input.invalid (the agreement), request.not_found, guardian.required, guardian.code_refused,
 * request.too_many, request.stale where the consent is given already
 */
export async function giveConsent(
  ctx: Ctx,
  { account, hasAgreed }: SignedIn,
  input: ConsentChoice & {
    hasAgreed: boolean;
    fields?: readonly ServiceField[] | undefined;
    guardianCode?: string | undefined;
  },
): Promise<void> {
  const { isLive, ...consent } = chosen(ctx, input);
  const service = ctx.portal.services.find(({ id }) => id === consent.receiver);
  const fields = service === undefined ? null : fieldsGiven(service, input.fields ?? []);
  refuseUnless(hasAgreed || input.hasAgreed, {
    code: 'input.invalid',
    fields: { hasAgreed: 'agreement.missing' },
  });
  const { portal } = ctx;
  const agreement = { kind: 'agreement', portal: portal.id, ...consents.agreement } as const;
  const given = [
    { ...consent, fields, version: portal.privacyNoticeVersion },
    ...(hasAgreed ? [] : [{ ...agreement, version: portal.agreementVersion }]),
  ];
  const number = (await findIdentity(ctx, account))?.number ?? '';
  const birthDate = await birthDateOf(ctx, account);
  const child = { accountId: account.id, number, birthDate };
  const guardian = await guardianStatements(ctx, child, input.guardianCode);
  const claim = newClaim(ctx, 'consent', account.id, [perDay]);
  await commitClaims(
    ctx,
    [claim],
    [
      guard(ctx.db, sql`not ${isLive(account.id, fields ?? undefined)}`, { code: 'request.stale' }),
      ...guardian,
      // To other fields of a service, in place of the consent that was.
      ...(fields === null ? [] : [end(ctx, account.id, consent)]),
      ctx.db.insert(consentTable).values(
        given.map((each) => ({
          id: ctx.crypto.randomToken(12),
          accountId: account.id,
          ...each,
          givenAtMs: ctx.now(),
        })),
      ),
      setEndOfPaused(ctx, account.id),
      ...given.map(({ kind, version, receiver }) =>
        record(ctx, 'consent.given', account.id, {
          kind,
          version,
          receiver,
          ...(fields !== null && kind === 'service' ? { fields: fields.join(' ') } : {}),
        }),
      ),
    ],
  );
}
