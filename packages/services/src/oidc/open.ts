import { consentTable, serviceClientTable } from '@shiming/db';
import { fieldsGiven, type ServiceField } from '@shiming/domain';
import { and, eq } from 'drizzle-orm';
import { isLiveConsent } from '../account/live-consent.ts';
import { type Ctx, refuseUnless } from '../context.ts';
import { enterService, type ServiceView } from '../entry/services.ts';
import type { SignedIn } from '../session/session.ts';
import { isClientInForce } from './clients.ts';

/** What a service is told of a person. */
export type ServiceTerms = {
  /** Where the service itself signs people in; `null` where it is not connected. */
  startUri: string | null;
  required: readonly ServiceField[];
  /** What it is told only where the person lets it. */
  optional: readonly ServiceField[];
  /** What the person lets it be told; `null` where they have not agreed to enter it. */
  given: readonly ServiceField[] | null;
};

/**
 * What a service asks of a person, and what they have agreed to. A service that is not connected is told nothing.
 *
 * @throws AppError request.not_found
 */
export async function viewTerms(
  ctx: Ctx,
  { account }: SignedIn,
  { serviceId }: { serviceId: string },
): Promise<ServiceTerms> {
  const service = ctx.portal.services.find(({ id }) => id === serviceId);
  refuseUnless(service !== undefined, { code: 'request.not_found' });
  const { db, portal } = ctx;
  const [[client], [consent]] = await db.batch([
    db
      .select({ registration: serviceClientTable.registration })
      .from(serviceClientTable)
      .where(
        and(
          eq(serviceClientTable.portal, portal.id),
          eq(serviceClientTable.service, serviceId),
          isClientInForce,
        ),
      ),
    db
      .select({ fields: consentTable.fields })
      .from(consentTable)
      .where(
        and(
          eq(consentTable.accountId, account.id),
          eq(consentTable.kind, 'service'),
          eq(consentTable.portal, portal.id),
          eq(consentTable.receiver, serviceId),
          isLiveConsent(ctx),
        ),
      ),
  ]);
  const registration = client?.registration;
  const listed = (fields: readonly ServiceField[] = []) => fieldsGiven(service ?? {}, fields);
  return {
    startUri: registration?.startUri ?? null,
    required: listed(registration?.required),
    optional: listed(registration?.optional),
    given: consent === undefined ? null : (consent.fields ?? []),
  };
}

/**
 * T-ENT-04: the gate, and once it is open, where the service itself signs people in and what it is told. Somebody who agreed
 * before the service needed more is asked again.
 *
 * @throws AppError as `enterService`
 */
export async function openService(
  ctx: Ctx,
  signedIn: SignedIn,
  input: { serviceId: string },
): Promise<ServiceView & ServiceTerms> {
  const service = enterService(ctx, signedIn, input);
  const terms = await viewTerms(ctx, signedIn, input);
  const { required, given } = terms;
  refuseUnless(
    required.every((field) => given?.includes(field)),
    { code: 'consent.required' },
  );
  return { ...service, ...terms };
}
