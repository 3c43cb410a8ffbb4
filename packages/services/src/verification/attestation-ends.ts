import { accountTable, attestationTable, commit, guard, hasWritten } from '@shiming/db';
import { checks, documentMail, lookAtEnd, runsOutAtMs, shanghaiDate } from '@shiming/domain';
import { and, eq, lte, notInArray } from 'drizzle-orm';
import { type Ctx, type Deps, inPortal, systemCtx } from '../context.ts';
import { rowsPerSlice, type Turn, unlessStale, untilDone, workInSlices } from '../jobs/turn.ts';
import { notice } from '../notice/notify.ts';
import { deliverWaiting, enqueueMail } from '../outbox/outbox.ts';
import { type Account, accountRow, openIdentity, openProfile } from '../account/account.ts';
import { contactsForMessages } from '../account/recipients.ts';
import { attestedNow, numberColumns } from '../account/attestation.ts';
import { tellServices } from '../account/tell-services.ts';

type Row = typeof attestationTable.$inferSelect;

/** A mail about the end of a document is worth sending for a week. */
const mailValidMs = 7 * 24 * 3_600_000;

/**
 * What an attestation of an earlier release lacks, since only the keys can read it: the end of the document, and the number
 * that was checked.
 */
async function lacking(ctx: Ctx, { id, kind, about, untilMs }: Row, account: Account) {
  if (kind === 'binding' || untilMs !== null || about !== account.identityVersion) {
    return { untilMs };
  }
  const { validity } = await openIdentity(ctx, account);
  const number =
    checks[kind].identifiesBy === 'travel_permit_number'
      ? (await openProfile(ctx, account))?.travelPermitNumber
      : null;
  return {
    untilMs: runsOutAtMs(validity?.end ?? null),
    ...(number && (await numberColumns(ctx, id, number))),
  };
}

/**
 * The job that tells the holders of accounts that their document runs out, 30 days before and on its last day: from then
 * on it opens no services. A notice is sent only of what the level rests on. Returns how many attestations it looked at.
 */
export async function tellOfEnds(deps: Deps, turn: Turn = untilDone): Promise<number> {
  const ctx = systemCtx(deps, 'attestations');
  const { db } = ctx;
  const looked = await workInSlices(turn, {
    read: async (leftIds) =>
      db
        .select({ row: attestationTable, account: accountRow, attested: attestedNow(ctx) })
        .from(attestationTable)
        .innerJoin(accountTable, eq(accountTable.id, attestationTable.accountId))
        .where(
          and(
            lte(attestationTable.lookAtMs, ctx.now()),
            notInArray(attestationTable.id, [...leftIds]),
          ),
        )
        .limit(rowsPerSlice),
    idOf: ({ row }) => row.id,
    work: async ({ row, account, attested }) => {
      const found = await lacking(ctx, row, account);
      const { untilMs } = found;
      const { tell, lookAtMs } = lookAtEnd(untilMs, ctx.now());
      const isTold = untilMs !== null && row.lookAtMs === untilMs;
      const restsOnIt =
        row.about === account.identityVersion && (attested === null || attested.id === row.id);
      return unlessStale(
        commit(db, [
          db
            .update(attestationTable)
            .set({ ...found, lookAtMs })
            .where(
              and(
                eq(attestationTable.id, row.id),
                eq(attestationTable.lookAtMs, row.lookAtMs ?? 0),
              ),
            ),
          guard(db, hasWritten, { code: 'request.stale' }),
          ...tellServices(ctx, account.id, [['level']]),
          ...(tell !== null && untilMs !== null && restsOnIt && !isTold
            ? await told(ctx, account, tell, shanghaiDate(untilMs - 1))
            : []),
        ]),
      );
    },
  });
  if (looked > 0) deps.defer(() => deliverWaiting(deps));
  return looked;
}

async function told(
  anywhere: Ctx,
  account: Account,
  kind: Parameters<typeof documentMail>[0]['kind'],
  date: string,
) {
  const ctx = inPortal(anywhere, account.portal);
  const { email } = await contactsForMessages(ctx, account);
  const link = `${ctx.address}/account/verification`;
  return [
    ...notice(ctx, account.id, kind, { date }),
    ...(await enqueueMail(
      ctx,
      { to: email, ...documentMail({ portal: ctx.portal.name, kind, date, link }) },
      { as: 'notice', accountId: account.id, expiresAtMs: ctx.now() + mailValidMs },
    )),
  ];
}
