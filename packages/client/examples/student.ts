/**
 * Registers somebody with a mobile number at the student portal of this machine (`PORTALS=teacher,student npx -y pnpm@12 start`),
 * signs in again by it, and reads what the account still lacks:
 *
 *     node packages/client/examples/student.ts
 */
import { appErrorOf, solveProofOfWork } from '@shiming/client';
import {
  clientAt,
  newMobile,
  onThisMachine,
  password,
  type Place,
  proveMobile,
  sayServices,
} from './place.ts';

/** A portal that is not the first stands at a path. */
const path = '/student';

/** From a mobile number to an account that says of nobody whose it is yet. */
export async function example(place: Place): Promise<void> {
  const { say } = place;
  const client = clientAt(place, path);
  const mobile = newMobile();
  await proveMobile(place, client, { email: '', mobile });
  await client.registration.savePassword.mutate({ password, passwordAgain: password });
  await client.registration.submit.mutate({ hasAgreed: true });
  say('registered', 'and signed in');

  await client.session.signOut.mutate();
  const ticket = await solveProofOfWork(client, 'login');
  await client.login.signIn.mutate({ name: mobile, password, ticket });
  const session = await client.session.current.query();
  say('signed in', `by ${mobile}; the account lacks ${session?.missing.join(', ')}`);

  try {
    await client.records.refresh.mutate({ kind: 'enrolment' });
  } catch (error) {
    // A refusal says what is needed first, and the same code is in the table of errors.
    say('records', `refused: ${appErrorOf(error)?.code}`);
  }
  await sayServices(place, client);
}

if (import.meta.main) await example(onThisMachine);
