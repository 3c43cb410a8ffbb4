import { handoverTable } from '@shiming/db';
import {
  AppError,
  type AgencyRule,
  type DocumentType,
  maskName,
  maskNumber,
} from '@shiming/domain';
import { handoverStateOf, type HandoverState } from '@shiming/domain';
import { type Ctx, inPortal } from '../context.ts';
import { open, placeOf } from '../vault/vault.ts';

/** The person to whom a first password is handed over, as the member of the agency entered them. */
export type HandoverPerson = { type: DocumentType; name: string; number: string };

export type Handover = typeof handoverTable.$inferSelect;

export const openPerson = (
  deps: Pick<Ctx, 'crypto' | 'keys'>,
  { id, personSealed }: Pick<Handover, 'id' | 'personSealed'>,
): Promise<HandoverPerson> =>
  open<HandoverPerson>(deps, placeOf(handoverTable.personSealed, id), personSealed);

/** What the keyed hash of a first password is made of. */
export const secretText = (id: string, firstPassword: string): string =>
  `handover:${id}:${firstPassword}`;

/**
 * The context at the portal where agencies help: the request's own, or else the first one that has such a rule.
 *
 * @throws AppError request.not_found where none has
 */
export function atAgencyPortal(ctx: Ctx): { ctx: Ctx; rule: AgencyRule } {
  for (const { portal } of [ctx, ...ctx.doors]) {
    if (portal.agencyHelp !== null) {
      return { ctx: inPortal(ctx, portal.id), rule: portal.agencyHelp };
    }
  }
  throw new AppError({ code: 'request.not_found' });
}

/** A row of the list of an agency: whose first password it is, masked, and what became of it. */
export type HandoverRow = {
  handoverId: string;
  maskedName: string;
  maskedNumber: string;
  state: HandoverState;
  createdAtMs: number;
  endsAtMs: number | null;
  usedAtMs: number | null;
};

export async function rowOf(ctx: Ctx, handover: Handover): Promise<HandoverRow> {
  const { name, number } = await openPerson(ctx, handover);
  const { id, createdAtMs, endsAtMs, usedAtMs } = handover;
  return {
    handoverId: id,
    maskedName: maskName(name),
    maskedNumber: maskNumber(number),
    state: handoverStateOf(handover, ctx.now()),
    createdAtMs,
    endsAtMs,
    usedAtMs,
  };
}
