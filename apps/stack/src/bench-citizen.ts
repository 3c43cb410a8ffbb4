import type { ShimingClient } from '@shiming/client';
import { documentOf } from '@shiming/domain';
import { citizens } from '@shiming/sandbox';

/** Registers a citizen of the sandbox whom the authority confirms. Returns the citizen, what was typed of the document, and the password. */
export async function registerCitizen(
  client: ShimingClient,
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
  const answers = {
    documentType,
    number,
    name,
    validityStart: { year, month, day },
    validityTerm: String(Number(validity.end?.slice(0, 4)) - Number(year)),
    hasConsented: true,
  };
  await client.registration.saveDocument.mutate(answers);
  const password = 'Lanhua-82*river';
  await client.registration.savePassword.mutate({ password, passwordAgain: password });
  const contact = { email: 'someone@example.com', mobile, ticket: await ticket() };
  await client.registration.sendCode.mutate(contact);
  await client.registration.proveContact.mutate({ code: await codeTo(mobile) });
  await client.registration.submit.mutate({ hasAgreed: true });
  return { citizen, answers, password };
}

type ProfileAnswers = Parameters<ShimingClient['profile']['save']['mutate']>[0];

/** Completes the profile, without which every page leads to it first: as a holder of a 身份证, unless told otherwise. */
export const completeProfile = (client: ShimingClient, answers: Partial<ProfileAnswers> = {}) =>
  client.profile.save.mutate({
    ethnicity: '01',
    sex: '',
    birthDate: { year: '', month: '', day: '' },
    localDocumentNumber: '',
    travelPermitNumber: '',
    ...answers,
  });
