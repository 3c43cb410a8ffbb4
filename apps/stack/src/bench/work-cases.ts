import { connect } from '@shiming/db/client';
import { citizens } from '@shiming/sandbox';
import {
  addCases,
  documentAnswersOf,
  newPerson,
  registered,
  staffSession,
  testPassword,
  ticketsFor,
  untilContact,
} from '../testing/bench-world.ts';
import { newAddress, newName, openBrowser } from './browser.ts';
import {
  type Case,
  connections,
  contestant,
  hashAlone,
  origin,
  type Parties,
  steady,
  withoutDatabase,
} from './cases.ts';
import { type Call, flows, load } from './load.ts';
import { heldCase, isConfirmed, photoSender, signedInBrowser } from './people.ts';
import { photoOf, putPhoto } from './photo.ts';

/** Calls of a round that each need something of their own. */
const preparedCalls = 20;
const writesAtOnce = 2;
const waitingCases = 200;

const asVisitor = (cookies: Record<string, string>) => ({
  cookie: Object.entries(cookies)
    .map(([name, value]) => `__Host-${name}=${value}`)
    .join('; '),
  'cf-connecting-ip': newAddress(),
});

const staff = (session: string) => asVisitor({ staff: session });

/** As many as `make` makes, one after the other. */
async function several<T>(count: number, make: (index: number) => Promise<T>): Promise<T[]> {
  const made: T[] = [];
  while (made.length < count) made.push(await make(made.length));
  return made;
}

/** What a visitor without an account does: a puzzle, a code, a whole registration. */
export async function registrationCases({ floor, peer, ours }: Parties): Promise<Case[]> {
  const { world } = ours;
  const { stored } = await signedInBrowser(ours);
  const write = steady('handler and one write', floor, { path: '/write', body: {} }, writesAtOnce);
  const register = async () => {
    const person = newPerson();
    const deviceId = newName();
    const { client } = openBrowser(ours.url, { device: deviceId });
    const [ticket = ''] = await ticketsFor(world, 'register', deviceId, 1);
    return async () => {
      await client.registration.saveDocument.mutate(documentAnswersOf(person));
      const password = { password: testPassword, passwordAgain: testPassword };
      await client.registration.savePassword.mutate(password);
      const { mobile } = person;
      await client.registration.sendCode.mutate({
        email: `${deviceId}@example.com`,
        mobile,
        ticket,
      });
      const code = ours.sandbox.phone.lastCode(mobile) ?? '';
      await client.registration.proveContact.mutate({ code });
      await client.registration.submit.mutate({ hasAgreed: true });
    };
  };
  const peerSignUp = (name: string, at: string) =>
    contestant(name, peer, async () => {
      const calls = Array.from({ length: preparedCalls }, () => ({
        path: `/${at}/sign-up/email`,
        headers: origin(peer),
        body: { email: `${newName()}@example.com`, password: testPassword, name: 'x' },
      }));
      return () => load(peer.port, writesAtOnce, calls);
    });
  return [
    {
      id: 'puzzle',
      title: 'Puzzle drawn',
      atOnce: writesAtOnce,
      contestants: [
        write,
        contestant('puzzle.draw', ours, async () => {
          const calls = Array.from({ length: preparedCalls }, () => ({
            path: '/trpc/puzzle.draw',
            headers: asVisitor({ device: newName() }),
            body: { purpose: 'login' },
          }));
          return () => load(ours.port, writesAtOnce, calls);
        }),
      ],
    },
    {
      id: 'code-request',
      title: 'Code request',
      atOnce: writesAtOnce,
      contestants: [
        write,
        contestant('registration.sendCode', ours, async () => {
          await ours.forget('allowance');
          const calls = await several(preparedCalls, async (): Promise<Call> => {
            const person = newPerson();
            const device = newName();
            const { token, ticket } = await untilContact(world, person, device);
            const email = `${device}@example.com`;
            return {
              path: '/trpc/registration.sendCode',
              headers: asVisitor({ device, registration: token }),
              body: { email, mobile: person.mobile, ticket },
            };
          });
          return () => load(ours.port, writesAtOnce, calls);
        }),
      ],
    },
    {
      id: 'sign-up',
      title: 'Sign-up',
      atOnce: writesAtOnce,
      contestants: [
        hashAlone(ours, stored, writesAtOnce, preparedCalls),
        peerSignUp('peer: its own hash', 'own'),
        peerSignUp('peer: the same hash', 'equal'),
        contestant('a whole registration, 5 requests', ours, async () => {
          await ours.forget('allowance');
          const works = await several(preparedCalls, register);
          return () => flows(works, writesAtOnce);
        }),
      ],
    },
  ];
}

/** What the holder of an account does. */
export async function applicantCases({ floor, ours }: Parties): Promise<Case[]> {
  const { world } = ours;
  const { browser, citizen } = await signedInBrowser(ours);
  const read = steady('handler and one select', floor, { path: '/read' });
  const write = steady('handler and one write', floor, { path: '/write', body: {} }, writesAtOnce);
  const others = citizens.filter((each) => isConfirmed(each) && each !== citizen).slice(0, 4);
  const holders = await several(others.length, async (index) => {
    const person = others[index] ?? citizen;
    return { person, session: await registered(world, person) };
  });
  const cookie = await photoSender(ours);
  const photo = photoOf(1);
  const { path, method = '', headers = {} } = putPhoto(cookie, 'b', photoOf(2));
  const body = new Uint8Array(photoOf(2));
  const answer = await fetch(`${ours.url}${path}`, { method, headers, body });
  const stored = (await answer.json()) as { result: { data: { photoId: string } } };
  const photoType = { 'content-type': 'image/jpeg' };
  return [
    {
      id: 'services',
      title: 'Services page',
      atOnce: connections,
      contestants: [
        read,
        steady('entry.services', ours, {
          path: '/trpc/entry.services',
          headers: { cookie: browser.cookies(), 'cf-connecting-ip': newAddress() },
        }),
      ],
    },
    {
      id: 'verification',
      title: 'Verification',
      atOnce: writesAtOnce,
      contestants: [
        write,
        {
          ...contestant('verification.verify', ours, async () => {
            // The authority answers about a number a few times a day.
            ours.sandbox.reset();
            await ours.forget('attestation', 'verification', 'allowance');
            const works = holders.map(({ person, session }) => {
              const { client } = openBrowser(ours.url, { session });
              const { name, validityStart, validityTerm } = documentAnswersOf(person);
              return async () => {
                const answers = { name, validityStart, validityTerm };
                const { outcome } = await client.verification.verify.mutate(answers);
                if (outcome !== 'matched') throw new Error(`verification: ${outcome}`);
              };
            });
            return () => flows(works, writesAtOnce);
          }),
          repeats: 8,
        },
      ],
    },
    {
      id: 'photo-up',
      title: `Photo up, ${Math.round(photo.length / 1000)} KB`,
      atOnce: 1,
      contestants: [
        contestant('handler and bucket', floor, async () => {
          const call = { path: '/photo-up', headers: photoType, body: photo };
          return () =>
            load(
              floor.port,
              1,
              Array.from({ length: preparedCalls }, () => call),
            );
        }),
        contestant('PUT /photos/a', ours, async () => {
          await ours.forget('allowance');
          const calls = Array.from({ length: preparedCalls }, () => putPhoto(cookie, 'a', photo));
          return () => load(ours.port, 1, calls);
        }),
      ],
    },
    {
      id: 'photo-down',
      title: `Photo down, ${Math.round(photo.length / 1000)} KB`,
      atOnce: connections,
      contestants: [
        withoutDatabase(steady('handler and bucket', floor, { path: '/photo-down' })),
        steady('GET /photos/:id', ours, {
          path: `/photos/${stored.result.data.photoId}`,
          headers: { cookie, 'cf-connecting-ip': newAddress() },
        }),
      ],
    },
  ];
}

/** What reviewers do, before a queue of some length. */
export async function deskCases({ floor, ours }: Parties): Promise<Case[]> {
  const { world } = ours;
  const db = connect({ url: ours.sqld.url });
  const read = steady('handler and one select', floor, { path: '/read' });
  const write = steady('handler and one write', floor, { path: '/write', body: {} }, writesAtOnce);
  const { caseId, holder } = await heldCase(ours);
  await addCases(world, waitingCases);
  const sessions = await several(preparedCalls, () => staffSession(world, 'reviewer'));
  return [
    {
      id: 'reveal',
      title: 'Reveal',
      atOnce: writesAtOnce,
      contestants: [
        write,
        contestant('desk.reveal', ours, async () => {
          const call = { path: '/trpc/desk.reveal', headers: staff(holder), body: { caseId } };
          const calls = Array.from({ length: preparedCalls }, () => call);
          return () => load(ours.port, writesAtOnce, calls);
        }),
      ],
    },
    {
      id: 'queue',
      title: `Queue, ${waitingCases} waiting`,
      atOnce: connections,
      contestants: [
        read,
        steady('desk.queue', ours, {
          path: `/trpc/desk.queue?input=${encodeURIComponent('{}')}`,
          headers: staff(holder),
        }),
      ],
    },
    {
      id: 'take-next',
      title: 'Take next',
      atOnce: writesAtOnce,
      contestants: [
        write,
        contestant('desk.takeNext', ours, async () => {
          await db.run(
            `update "case" set holder_id = null, lease_ends_at_ms = null, taken_at_ms = null where rowid > ${ours.lastRow('case')} and id <> '${caseId}'`,
          );
          const calls = sessions.map((session) => ({
            path: '/trpc/desk.takeNext',
            headers: staff(session),
            body: {},
          }));
          return () => load(ours.port, writesAtOnce, calls);
        }),
      ],
    },
  ];
}
