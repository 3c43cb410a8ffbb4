import type { Identity } from '@shiming/domain';
import { type Ctx, refuseUnless } from '../context.ts';
import type { Subject } from '../verification/ask.ts';
import { countedForNumber } from './checks.ts';
import { guardUnchanged, type Registration } from './draft.ts';

/**
 * A registration as the subject of a check, before there is an account: the account takes its id. Tries are counted for
 * the number, since nobody is kept from beginning another registration.
 *
 * @throws AppError registration.out_of_order
 */
export async function registrationAsSubject(
  ctx: Ctx,
  registration: Registration,
): Promise<Subject & { identity: Identity }> {
  const { document: identity, consent } = registration.draft;
  refuseUnless(identity !== null && consent !== null, {
    code: 'registration.out_of_order',
    step: 'document',
  });
  return {
    id: registration.id,
    identity,
    countedFor: await countedForNumber(ctx, identity),
    condition: guardUnchanged(ctx, registration),
  };
}
