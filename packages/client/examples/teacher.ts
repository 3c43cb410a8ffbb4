/**
 * Registers a made-up citizen at the teacher portal of this machine (`npx -y pnpm@12 start`), completes the profile and
 * has the citizen verified:
 *
 *     node packages/client/examples/teacher.ts
 */
import { appErrorOf } from '@shiming/client';
import {
  type Citizen,
  clientAt,
  documentOf,
  newMobile,
  onThisMachine,
  password,
  type Place,
  proveMobile,
  sayServices,
} from './place.ts';

async function registerAndVerify(place: Place, citizen: Citizen): Promise<void> {
  const { say } = place;
  const client = clientAt(place);
  const { name, validityStart, validityTerm, ...document } = documentOf(citizen);
  const identity = { name, validityStart, validityTerm };
  await client.registration.saveDocument.mutate({ ...identity, ...document });
  say('document', `${name} ${citizen.number}`);
  await client.registration.savePassword.mutate({ password, passwordAgain: password });
  say('password', 'kept as a hash');
  await proveMobile(place, client, { email: 'someone@example.com', mobile: newMobile() });
  await client.registration.submit.mutate({ hasAgreed: true });
  say('registered', 'and signed in');

  await client.profile.save.mutate({
    ethnicity: '01',
    sex: '',
    birthDate: { year: '', month: '', day: '' },
    localDocumentNumber: citizen.localDocumentNumber ?? '',
    travelPermitNumber: citizen.travelPermitNumber ?? '',
  });
  const { maskedName, maskedNumber } = await client.profile.view.query();
  say('profile complete', `${maskedName} ${maskedNumber}`);

  const { outcome } = await client.verification.verify.mutate(identity);
  say('verification', outcome);
  await sayServices(place, client);
}

/** Takes the first citizen who matches and has no account yet. */
export async function example(place: Place): Promise<void> {
  const citizens = await place.citizens();
  for (const citizen of citizens.filter(({ outcome }) => outcome === 'match')) {
    try {
      await registerAndVerify(place, citizen);
      break;
    } catch (error) {
      const refusal = appErrorOf(error);
      if (refusal?.code !== 'registration.number_taken') throw error;
      place.say('already registered', 'trying the next citizen\n');
    }
  }
}

if (import.meta.main) await example(onThisMachine);
