import { challengeTable, commit } from '@shiming/db';
import { AppError, contactIdentifiers, provedKindOf } from '@shiming/domain';
import { and, eq } from 'drizzle-orm';
import { isSecretRight, spend } from '../challenge/challenge.ts';
import { type Ctx, refuseUnless } from '../context.ts';
import { splitToken } from '../session/bearer.ts';
import {
  activationLink,
  emptyDraft,
  moveToBrowser,
  openDraft,
  openRegistration,
  type Registration,
  registrationById,
  saveStep,
  stepOf,
} from './draft.ts';
import { takenQueries } from './number-taken.ts';
import { besideDraft, besideIn, type RegistrationView, viewRegistration } from './view.ts';

/**
 * The registration of an activation link (`id.secret`), for the holder of the link, and whether it is that of the browser.
 *
 * @throws AppError link.used, link.expired
 */
async function findByLink(ctx: Ctx, token: string | null, link: string) {
  const [id = '', secret = ''] = link.split('.');
  const binding = activationLink(id);
  const { purpose, subject } = binding;
  const [given, [row]] = await ctx.db.batch([
    ctx.db
      .select()
      .from(challengeTable)
      .where(and(eq(challengeTable.purpose, purpose), eq(challengeTable.subject, subject))),
    registrationById(ctx, id),
  ]);
  for (const challenge of given) {
    if (!(await isSecretRight(ctx, binding, challenge.secretHash, secret))) continue;
    refuseUnless(challenge.usedAtMs === null, { code: 'link.used', for: purpose });
    if (row === undefined || challenge.expiresAtMs <= ctx.now()) break;
    const registration = await openDraft(ctx, row);
    if (stepOf(ctx, registration) !== 'code' || registration.draft.channel !== 'mail') break;
    const held = splitToken(token);
    const isHere = held?.id === id && (await openRegistration(ctx, row, held.secret)) !== null;
    return { challengeId: challenge.id, registration, isHere };
  }
  throw new AppError({ code: 'link.expired' });
}

const contactOf = ({ draft }: Registration) => draft.contact ?? { email: '', mobile: '' };

/**
 * What an activation link is for: the address, masked, and whether the registration was begun in this browser. It spends
 * nothing, so a scanner that opens it activates nothing.
 *
 * @throws AppError link.used, link.expired
 */
export async function openActivation(
  ctx: Ctx,
  token: string | null,
  input: { link: string },
): Promise<{ masked: string; isHere: boolean }> {
  const { registration, isHere } = await findByLink(ctx, token, input.link);
  const contact = contactOf(registration);
  const kind = provedKindOf(contact);
  return { masked: contactIdentifiers[kind].mask(contact[kind]), isHere };
}

/**
 * S-REG-02, S-REG-04: the contact is proved by the link of the mail. In another browser than the one that began, the
 * registration goes on there and ends in the other, and of what was given only the contact goes with it: the person who
 * began may be a stranger who typed this address, so no password of theirs is kept.
 *
 * @returns where the registration stands, and the cookie for a browser that did not begin it, else `null`
 * @throws AppError link.used, link.expired, registration.contact_taken, request.stale
 */
export async function activate(
  ctx: Ctx,
  token: string | null,
  input: { link: string },
): Promise<{ token: string | null; registration: RegistrationView }> {
  const { challengeId, registration, isHere } = await findByLink(ctx, token, input.link);
  const { contact, channel } = registration.draft;
  const { after, statements } = await saveStep(
    ctx,
    registration,
    'code',
    isHere ? {} : { ...emptyDraft, contact, channel },
  );
  const moved = isHere ? null : await moveToBrowser(ctx, after.id);
  const [used, standing, scene, checks, , ofContact] = await commit(ctx.db, [
    ...(await besideDraft(ctx, after)),
    ...(await takenQueries(ctx, after)),
    ...spend(ctx.db, challengeId, ctx.now(), { code: 'link.used', for: 'registration.link' }),
    ...statements,
    ...(moved?.statements ?? []),
  ]);
  refuseUnless(ofContact.length === 0, { code: 'registration.contact_taken' });
  const beside = besideIn(ctx, after, [used, standing, scene, checks]);
  return { token: moved?.token ?? null, registration: viewRegistration(ctx, after, beside) };
}
