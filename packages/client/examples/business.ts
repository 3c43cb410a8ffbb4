/**
 * Registers a made-up citizen at the business portal of this machine (`PORTALS=teacher,business npx -y pnpm@12 start`), where the
 * authority is asked before there is an account, and reads which levels are reached:
 *
 *     node packages/client/examples/business.ts
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

const path = '/business';

async function register(place: Place, citizen: Citizen): Promise<void> {
  const { say } = place;
  const client = clientAt(place, path);
  await client.registration.saveDocument.mutate(documentOf(citizen));
  say('document', `${citizen.name} ${citizen.number}`);
  await proveMobile(place, client, { email: '', mobile: newMobile() });
  const { step } = await client.registration.verify.mutate();
  say('verified', `the next step is ${step}`);
  await client.registration.savePassword.mutate({ password, passwordAgain: password });
  await client.registration.submit.mutate({ hasAgreed: true });
  say('registered', 'and signed in');

  const session = await client.session.current.query();
  say('level', String(session?.level));
  await sayServices(place, client);
}

/** Takes the first citizen who matches and has no account yet. */
export async function example(place: Place): Promise<void> {
  const citizens = await place.citizens();
  for (const citizen of citizens.filter(({ outcome }) => outcome === 'match')) {
    try {
      await register(place, citizen);
      break;
    } catch (error) {
      const refusal = appErrorOf(error);
      if (refusal?.code !== 'registration.number_taken') throw error;
      place.say('already registered', 'trying the next citizen\n');
    }
  }
}

if (import.meta.main) await example(onThisMachine);
