import {
  createShimingClient,
  type Fetch,
  type ShimingClient,
  solveProofOfWork,
} from '@shiming/client';

/** A citizen as the sandbox's register lists them. */
export type Citizen = {
  name: string;
  documentType: string;
  number: string;
  validity: { start: string; end: string | null };
  outcome: string;
  localDocumentNumber?: string;
  travelPermitNumber?: string;
};

/** Where an example runs. */
export type Place = {
  /** Of the first portal; another one stands at its path. */
  url: string;
  fetch: Fetch;
  citizens(): Promise<readonly Citizen[]>;
  /** The code in the newest message to a number, read where its owner would read it. */
  codeOnPhone(mobile: string): Promise<string>;
  say: (step: string, detail?: string) => void;
};

async function readJson<T>(url: string): Promise<T> {
  const response = await fetch(url);
  return (await response.json()) as T;
}

const web = `http://localhost:${process.env['SHIMING_PORT'] ?? 8787}`;
const phone = `http://localhost:${process.env['SHIMING_PHONE_PORT'] ?? 8788}`;

/** The service on this machine (`npx -y pnpm@12 start`), whose messages come to the sandbox's phone. */
export const onThisMachine: Place = {
  url: web,
  fetch: (request) => fetch(request),
  citizens: () => readJson(`${phone}/citizens`),
  codeOnPhone: async (mobile) => {
    const sent = await readJson<{ code: string }[]>(`${phone}/phone/messages?mobile=${mobile}`);
    return sent.at(-1)?.code ?? '';
  },
  say: (step, detail = '') => void process.stdout.write(`${step.padEnd(24)}${detail}\n`),
};

export const password = 'Lanhua-82*river';

/** A client of a portal: the first, or the one at this path. */
export const clientAt = ({ url, fetch: send }: Place, path = ''): ShimingClient =>
  createShimingClient({ url: url + path, fetch: send });

/** What a citizen types of the document. */
export function documentOf({ documentType, number, name, validity }: Citizen) {
  const [year = '', month = '', day = ''] = validity.start.split('-');
  const endYear = validity.end?.slice(0, 4);
  return {
    documentType,
    number,
    name,
    validityStart: { year, month, day },
    validityTerm: endYear === undefined ? 'long_term' : String(Number(endYear) - Number(year)),
    hasConsented: true,
  };
}

/** Earns a ticket, asks for a code to a mobile number, and types it. */
export async function proveMobile(
  place: Place,
  client: ShimingClient,
  contact: { email: string; mobile: string },
): Promise<void> {
  place.say('ticket', 'computing …');
  const ticket = await solveProofOfWork(client, 'register');
  const { outcome } = await client.registration.sendCode.mutate({ ...contact, ticket });
  place.say('code', `${outcome} to ${contact.mobile}`);
  await client.registration.proveContact.mutate({ code: await place.codeOnPhone(contact.mobile) });
}

/** A mobile number that nobody has. */
export const newMobile = (): string =>
  `138${String(Math.floor(Math.random() * 1e8)).padStart(8, '0')}`;

/** Says which services are open to the person. */
export async function sayServices({ say }: Place, client: ShimingClient): Promise<void> {
  for (const { id, isOpen } of await client.entry.services.query()) {
    say('service', `${id}: ${isOpen === true ? 'open' : 'closed'}`);
  }
}
