import type { createShimingClient } from '@shiming/client';
import { documentOf } from '@shiming/domain';
import { citizens } from '@shiming/sandbox';

/** Registers a citizen of the sandbox whom the authority confirms. Returns who it is, and the password. */
export async function registerCitizen(
  client: ReturnType<typeof createShimingClient>,
  {
    ticket,
    codeTo,
  }: { ticket: () => Promise<string>; codeTo: (mobile: string) => Promise<string> },
) {
  const citizen = citizens.find(
    ({ documentType, outcome, validity }) =>
      documentOf(documentType).check === 'four_factors' && outcome === 'match' && validity.end,
  );
  if (citizen === undefined) throw new Error('The sandbox has no citizen.');
  const { documentType, number, name, mobile, validity } = citizen;
  const [year = '', month = '', day = ''] = validity.start.split('-');
  await client.registration.saveDocument.mutate({
    documentType,
    number,
    name,
    validityStart: { year, month, day },
    validityTerm: String(Number(validity.end?.slice(0, 4)) - Number(year)),
    hasConsented: true,
  });
  const password = 'Lanhua-82*river';
  await client.registration.savePassword.mutate({ password, passwordAgain: password });
  const contact = { email: 'someone@example.com', mobile, ticket: await ticket() };
  await client.registration.sendCode.mutate(contact);
  await client.registration.proveContact.mutate({ code: await codeTo(mobile) });
  await client.registration.submit.mutate({ hasAgreed: true });
  return { citizen, password };
}
