/**
 * Registers a made-up citizen against the service on this machine (`npx -y pnpm@12 start`), completes the profile
 * and has the citizen verified:
 *
 *     node packages/client/examples/register.ts
 */
import { appErrorOf, createShimingClient, solveProofOfWork } from '@shiming/client';

const web = `http://localhost:${process.env['SHIMING_PORT'] ?? 8787}`;
const phone = `http://localhost:${process.env['SHIMING_PHONE_PORT'] ?? 8788}`;

/** A citizen as the sandbox's register lists them. */
type Citizen = {
  name: string;
  documentType: string;
  number: string;
  validity: { start: string; end: string | null };
  outcome: string;
  localDocumentNumber?: string;
  travelPermitNumber?: string;
};

const password = 'Lanhua-82*river';

async function readJson<T>(url: string): Promise<T> {
  const response = await fetch(url);
  return (await response.json()) as T;
}

/** The code in the newest message to a number, read where its owner would read it. */
async function codeOnPhone(mobile: string): Promise<string> {
  const messages = await readJson<{ code: string }[]>(`${phone}/phone/messages?mobile=${mobile}`);
  return messages.at(-1)?.code ?? '';
}

function say(step: string, detail = ''): void {
  process.stdout.write(`${step.padEnd(24)}${detail}\n`);
}

async function registerAndVerify(citizen: Citizen): Promise<void> {
  const client = createShimingClient({ url: web });
  const [year = '', month = '', day = ''] = citizen.validity.start.split('-');
  const endYear = citizen.validity.end?.slice(0, 4);
  const identity = {
    name: citizen.name,
    validityStart: { year, month, day },
    validityTerm: endYear === undefined ? 'long_term' : String(Number(endYear) - Number(year)),
  };

  const { documentType, number } = citizen;
  await client.registration.saveDocument.mutate({
    ...identity,
    documentType,
    number,
    hasConsented: true,
  });
  say('document', `${citizen.name} ${number}`);
  await client.registration.savePassword.mutate({ password, passwordAgain: password });
  say('password', 'kept as a hash');

  say('ticket', 'computing …');
  const ticket = await solveProofOfWork(client, 'register');
  const mobile = `138${String(Math.floor(Math.random() * 1e8)).padStart(8, '0')}`;
  const email = 'someone@example.com';
  const sent = await client.registration.sendCode.mutate({ email, mobile, ticket });
  say('code', `${sent.outcome} to ${mobile}, ${sent.registration.remainingToday} left today`);
  const code = await codeOnPhone(mobile);
  await client.registration.proveContact.mutate({ code });
  say('contact proved', `with ${code}`);
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
  for (const { id, isOpen } of await client.entry.services.query()) {
    say('service', `${id}: ${isOpen === true ? 'open' : 'closed'}`);
  }
}

const citizens = await readJson<Citizen[]>(`${phone}/citizens`);
for (const citizen of citizens.filter(({ outcome }) => outcome === 'match')) {
  try {
    await registerAndVerify(citizen);
    break;
  } catch (error) {
    const refusal = appErrorOf(error);
    if (refusal?.code !== 'registration.number_taken') throw error;
    say('already registered', 'trying the next citizen\n');
  }
}
