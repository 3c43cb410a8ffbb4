import { consentTable } from '@shiming/db';
import type { Bilingual, ConsentKind, Need } from '@shiming/domain';
import { and, asc, eq } from 'drizzle-orm';
import { missingOf } from '../account/account.ts';
import { isLiveConsent } from '../account/live-consent.ts';
import type { Ctx } from '../context.ts';
import type { SignedIn } from '../session/session.ts';

/** A portal of the operator, as somebody who is signed in may know of it. */
export type DoorView = {
  name: Bilingual;
  address: string;
  isHere: boolean;
  /** What the portal needs of an account, and whether this one has it. */
  needs: readonly { need: Need; isGiven: boolean }[];
  /** What the person has agreed to there and not withdrawn; `service` names the service that is its receiver. */
  consents: readonly { kind: ConsentKind; service: Bilingual | null; givenAtMs: number }[];
};

/** S-REG-06: the portals that the account opens, and what each of them was given. */
export async function listDoors(ctx: Ctx, signedIn: SignedIn): Promise<DoorView[]> {
  const { account } = signedIn;
  const given = await ctx.db
    .select()
    .from(consentTable)
    .where(and(eq(consentTable.accountId, account.id), isLiveConsent(ctx)))
    .orderBy(asc(consentTable.kind), asc(consentTable.givenAtMs));
  return ctx.doors.map(({ portal, address }) => {
    const missing = missingOf({ portal }, signedIn);
    return {
      name: portal.name,
      address,
      isHere: portal.id === ctx.portal.id,
      needs: portal.needs.map((need) => ({ need, isGiven: !missing.includes(need) })),
      consents: given
        .filter((each) => each.portal === portal.id)
        .map(({ kind, receiver, givenAtMs }) => ({
          kind,
          service: portal.services.find(({ id }) => id === receiver)?.name ?? null,
          givenAtMs,
        })),
    };
  });
}
