import {
  challengeTable,
  commit,
  organisationSessionTable,
  organisationTable,
  personalTables,
  photoTable,
  casePhotoTable,
  type Batch,
  guard,
} from '@shiming/db';
import { AppError } from '@shiming/domain';
import { and, eq, inArray, isNull, lte, notInArray, or, sql } from 'drizzle-orm';
import { commitClaims, type Limit, newClaim } from '../allowance/allowance.ts';
import { record } from '../audit/record.ts';
import { giveOnly, isSecretRight, spend, useGiven } from '../challenge/challenge.ts';
import { type Ctx, type Deps, inPortal, refuseUnless, systemCtx } from '../context.ts';
import { clear, retentionKindOf } from '../jobs/clear.ts';
import { rowsPerSlice, type Turn, unlessStale, untilDone, workInSlices } from '../jobs/turn.ts';
import { shanghaiInstant } from '../notice/notify.ts';
import { deliverWaiting } from '../outbox/outbox.ts';
import {
  askPassword,
  changeOrganisation,
  type Organisation,
  stopLink,
  tellOrganisation,
} from './contact.ts';

/** Asking is limited, stopping never. */
const perDay: Limit = {
  limit: 5,
  window: 'shanghai_day',
  refusal: (retryAtMs) => ({ code: 'request.too_many', retryAtMs }),
};

/**
 * the account of an organisation is deleted when the portal's waiting time is over, unless that is stopped, by somebody
 * who is signed in, by the link that its contact person gets, or by a letter that is approved.
 *
 * @throws AppError input.invalid, login.locked, request.too_many, account.closing, request.stale
 */
export async function requestClosing(
  ctx: Ctx,
  organisation: Organisation,
  { password }: { password: string },
): Promise<{ closesAtMs: number }> {
  refuseUnless(organisation.closesAtMs === null, { code: 'account.closing' });
  await askPassword(ctx, organisation, password);
  const { id, portal } = organisation;
  const { waitMs } = inPortal(ctx, portal).portal.cancellation;
  const closesAtMs = ctx.now() + waitMs;
  const secret = ctx.crypto.randomToken(32);
  await commitClaims(
    ctx,
    [newClaim(ctx, 'organisation.closing', id, [perDay])],
    [
      ...changeOrganisation(ctx, organisation, { closesAtMs }),
      ...(await giveOnly(ctx, stopLink(id), secret, { validMs: waitMs, tries: 1 })),
      ...(await tellOrganisation(ctx, organisation, 'closing_requested', {
        due: shanghaiInstant(closesAtMs),
        path: `/keep#${id}.${secret}`,
      })),
      record(ctx, 'organisation.closing_requested', null, { organisation: id, closesAtMs }),
    ],
  );
  ctx.defer(() => deliverWaiting(ctx));
  return { closesAtMs };
}

/** Statements that keep the organisation: of a stop and the job at the same moment, one finds nothing left to do. */
const stopStatements = async (ctx: Ctx, organisation: Organisation) =>
  [
    ...changeOrganisation(ctx, organisation, { closesAtMs: null }),
    // The link stays for a day, to say that it was used.
    useGiven(ctx, stopLink(organisation.id)),
    ...(await tellOrganisation(ctx, organisation, 'closing_stopped', { path: '' })),
    record(ctx, 'organisation.closing_stopped', null, { organisation: organisation.id }),
  ] as const;

/** @throws AppError request.stale where the organisation is not waiting to be deleted */
export async function stopClosing(ctx: Ctx, organisation: Organisation): Promise<void> {
  refuseUnless(organisation.closesAtMs !== null, { code: 'request.stale' });
  await commit(ctx.db, await stopStatements(ctx, organisation));
  ctx.defer(() => deliverWaiting(ctx));
}

/** The same by the link in the mail (`id.secret`), once. @throws AppError link.used, link.expired, request.stale */
export async function stopClosingByLink(ctx: Ctx, { link }: { link: string }): Promise<void> {
  const [id = '', secret = ''] = link.split('.');
  const binding = stopLink(id);
  const { purpose, subject } = binding;
  const given = await ctx.db
    .select({ challenge: challengeTable, organisation: organisationTable })
    .from(challengeTable)
    .innerJoin(organisationTable, eq(organisationTable.id, challengeTable.subject))
    .where(and(eq(challengeTable.purpose, purpose), eq(challengeTable.subject, subject)));
  for (const { challenge, organisation } of given) {
    if (!(await isSecretRight(ctx, binding, challenge.secretHash, secret))) continue;
    const used = { code: 'link.used', for: purpose } as const;
    refuseUnless(challenge.usedAtMs === null, used);
    if (challenge.expiresAtMs <= ctx.now()) break;
    await commit(ctx.db, [
      ...spend(ctx.db, challenge.id, ctx.now(), used),
      ...(await stopStatements(ctx, organisation)),
    ]);
    ctx.defer(() => deliverWaiting(ctx));
    return;
  }
  throw new AppError({ code: 'link.expired' });
}

const isDue = (nowMs: number) =>
  or(
    lte(organisationTable.closesAtMs, nowMs),
    and(isNull(organisationTable.passwordHash), lte(organisationTable.letterUntilMs, nowMs)),
  );

/** When the first of them is due. */
export const organisationsDueSince = sql`(select min(coalesce(${organisationTable.closesAtMs}, ${organisationTable.letterUntilMs})) from ${organisationTable} where ${organisationTable.closesAtMs} is not null or ${organisationTable.passwordHash} is null)`;

/**
 * The job that deletes organisations: those that wanted it and were not kept in time, with their letters; and those that never
 * set a password while their letter let them, whose letters stay for whoever follows them. Returns how many went.
 */
export async function eraseOrganisations(deps: Deps, turn: Turn = untilDone): Promise<number> {
  const { db } = deps;
  const nowMs = deps.now();
  const ctx = systemCtx(deps, 'retention');
  return workInSlices(turn, {
    read: async (leftIds) =>
      db
        .select()
        .from(organisationTable)
        .where(and(isDue(nowMs), notInArray(organisationTable.id, [...leftIds])))
        .limit(rowsPerSlice),
    idOf: ({ id }) => id,
    work: async ({ id, version, closesAtMs, letters }) => {
      const isIt = and(eq(organisationTable.id, id), eq(organisationTable.version, version));
      const same = db.select({ id: organisationTable.id }).from(organisationTable).where(isIt);
      const ids = sql`(select value from json_each(${JSON.stringify(letters)}))`;
      const photos = sql`(select ${casePhotoTable.photoId} from ${casePhotoTable} where ${casePhotoTable.caseId} in ${ids})`;
      const before = closesAtMs ?? nowMs;
      const batch = [
        guard(db, sql`exists ${same}`, { code: 'request.stale' }),
        ...(closesAtMs === null
          ? []
          : [
              db
                .update(photoTable)
                .set({ removeAfterMs: nowMs })
                .where(inArray(photoTable.id, photos)),
              ...personalTables.flatMap(({ table, ofCases }) =>
                ofCases === undefined
                  ? []
                  : [...clear(deps, 'ticket', before, table, ofCases(ids))],
              ),
            ]),
        ...clear(
          deps,
          retentionKindOf(organisationSessionTable),
          before,
          organisationSessionTable,
          eq(organisationSessionTable.organisationId, id),
        ),
        ...clear(deps, retentionKindOf(organisationTable), before, organisationTable, isIt),
        record(ctx, closesAtMs === null ? 'organisation.lapsed' : 'organisation.erased', null, {
          organisation: id,
        }),
      ];
      return unlessStale(commit(db, batch as unknown as Batch));
    },
  });
}
