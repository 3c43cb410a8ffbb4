import { randomBytes } from 'node:crypto';
import { puzzleTable } from '@shiming/db';
import { type Ours } from '../bench/parties.ts';
import { newAddress } from '../bench/browser.ts';
import type { Ask } from './abuse/ask.ts';
import type { Rights } from './abuse/rules.ts';
import { exampleOf, procedures, type Schema } from '@shiming/api/testing';
import {
  capabilities,
  type PortalPlace,
  type PuzzlePurpose,
  type StaffRole,
  staffRoles,
} from '@shiming/domain';
import { type Citizen, citizens } from '@shiming/sandbox';
import { testPassword, type TestWorld } from '@shiming/services/testing';
import { attestFor } from '@shiming/services/testing/attestations';
import { claimantOf } from '@shiming/services/testing/claims';
import { officeWithKey } from '@shiming/services/testing/office';
import { setEmailProved } from '@shiming/services/testing/people';
import { testPhotos, waitingFor } from '@shiming/services/testing/reviews';
import { madeUpNumber, staffNamed } from '@shiming/services/testing/staff';
import { giveTestWork } from '@shiming/services/testing/tickets';
import { giveStudies } from '@shiming/services/testing/studies';
import { inPortal } from '@shiming/services/context';
import { importAccounts } from '@shiming/services/legacy/import-accounts';
import { newOrganisationSession } from '@shiming/services/organisation/session';
import { solvePuzzle } from '@shiming/services/puzzle/puzzle';
import { newSession } from '@shiming/services/session/session';
import { addTicketFile } from '@shiming/services/ticket/files';
import { patiently } from './patiently.ts';
import { madeUpPerson } from './people.ts';

export { exampleOf, procedures, type Schema, testPassword };

/** Somebody who calls: with these cookies, at this portal. */
export interface Player {
  /** Makes the caller again, once its session is over. */
  readonly renew?: () => Promise<Player>;
  readonly name: string;
  readonly place: PortalPlace;
  readonly rights: Rights;
  readonly cookies: Readonly<Record<string, string>>;
  readonly headers: Readonly<Record<string, string>>;
  readonly deviceId: string;
  readonly person?: Person;
}

/** What is known of somebody, and must be shown to nobody else. */
export interface Person {
  readonly documentType: Citizen['documentType'];
  readonly name: string;
  readonly number: string;
  readonly mobile: string;
  readonly email: string;
}

const newDevice = () => randomBytes(12).toString('hex');

export function playerOf(name: string, place: PortalPlace, more: Partial<Player> = {}): Player {
  return {
    name,
    place,
    rights: { portal: place.portal, isApplicant: false, isOrganisation: false, role: null },
    cookies: {},
    headers: {},
    deviceId: newDevice(),
    ...more,
  };
}

const cookieHeader = ({ cookies, deviceId }: Player) =>
  Object.entries({ device: deviceId, ...cookies })
    .map(([name, value]) => `__Host-${name}=${value}`)
    .join('; ');

/** The request of a player that calls a procedure with JSON. */
export function callOf(player: Player, path: string, json: string | undefined) {
  const headers = {
    'cf-connecting-ip': newAddress(),
    cookie: cookieHeader(player),
    ...player.headers,
  };
  const url = `${player.place.prefix}/trpc/${path}`;
  return procedures[path]?.type === 'query'
    ? {
        method: 'GET',
        // Half of a character has no form in an address: the bytes of a text have none.
        path:
          json === undefined
            ? url
            : `${url}?input=${encodeURIComponent(Buffer.from(json).toString())}`,
        headers,
      }
    : {
        method: 'POST',
        path: url,
        headers: { ...headers, 'content-type': 'application/json' },
        ...(json === undefined ? {} : { body: json }),
      };
}

/** A ticket for a player's browser: a puzzle is put where it would have been drawn, and solved. The clock runs meanwhile. */
export const ticketOf = (world: TestWorld, player: Player, purpose: PuzzlePurpose) =>
  patiently(() => solvedFor(world, player, purpose));

async function solvedFor(world: TestWorld, { deviceId }: Player, purpose: PuzzlePurpose) {
  const ctx = world.ctx({ visitor: { deviceId } });
  const puzzle = { id: ctx.crypto.randomToken(12), purpose, deviceId, x: 100, width: 320 };
  await ctx.db.insert(puzzleTable).values({ ...puzzle, expiresAtMs: ctx.now() + 60_000 });
  return (await solvePuzzle(ctx, { puzzleId: puzzle.id, x: puzzle.x })).ticket;
}

/** A ticket of heavy work, for the least work: what heavy work costs is another measurement. */
export const heavyTicketOf = (world: TestWorld, { deviceId }: Player, purpose: PuzzlePurpose) =>
  patiently(() => giveTestWork(world.ctx({ visitor: { deviceId } }), purpose, true));

/** An account at a portal with a password, proved contacts and the highest level, and the session of its holder. */
async function applicant(
  world: TestWorld,
  place: PortalPlace,
  name: string,
  person: Person,
  level: 'face' | 'four_factors' = 'face',
): Promise<Victim> {
  const ctx = inPortal(world.ctx(), place.portal.id);
  const { documentType, number, mobile, email } = person;
  const identity = {
    type: documentType,
    number,
    birthDate: '1990-01-01',
    sex: 'male',
    region: null,
    name: person.name,
    validity: { start: '2020-05-06', end: '2040-05-06', term: 20 },
  } as const;
  const account = { identity, contact: { mobile, email }, registeredAtMs: world.nowMs() - 1_000 };
  await importAccounts(ctx, [account]);
  const [row] = await ctx.db.all<{ id: string }>(
    'select id from account order by rowid desc limit 1',
  );
  const accountId = row?.id ?? '';
  passwordHash ??= await ctx.hasher.hash(testPassword);
  await ctx.db.run(
    `update account set password_hash = '${passwordHash}' where id = '${accountId}'`,
  );
  await ctx.db.run(
    `update identifier set proved_at_ms = ${world.nowMs() - 40 * 86_400_000} where account_id = '${accountId}' and kind <> 'document_number'`,
  );
  await attestFor(world, accountId, level);
  const session = await newSession(ctx, accountId, { isProved: true });
  await session.statement;
  const rights = { ...playerOf(name, place).rights, isApplicant: true };
  const cookies = { session: session.token };
  const player = playerOf(name, place, { rights, cookies, person });
  return { accountId, player, person };
}
let passwordHash: string | undefined;

/** So many accounts at a portal, of made-up people from this number on. */
export async function accountsAt(
  world: TestWorld,
  place: PortalPlace,
  count: number,
  first: number,
): Promise<Person[]> {
  const people: Person[] = [];
  for (let index = first; index < first + count; index += 1) {
    const { person } = await applicant(world, place, '', {
      ...madeUpPerson(index),
      name: '沈二川',
    });
    people.push(person);
  }
  return people;
}

/** An organisation that signs in by a password. Returns its code. */
export async function organisationAt(world: TestWorld, portal: string): Promise<string> {
  const code = '12110199PDY00001XT';
  const hash = await world.ctx().hasher.hash(testPassword);
  await world
    .ctx()
    .db.run(
      `insert or ignore into organisation (id, portal, code, name, contact_sealed, password_hash, created_at_ms, key_id) values ('organisation-timed', '${portal}', '${code}', '', '', '${hash}', 1, '')`,
    );
  return code;
}

/** The names by which so many members of the staff sign in. */
export async function staffNames(world: TestWorld, count: number): Promise<string[]> {
  const names: string[] = [];
  while (names.length < count) {
    const { staff: of } = await staffNamed(world, 'senior');
    names.push(of.member.loginName);
  }
  return names;
}

/** A new session of somebody, for whom the one before was ended. */
export async function signedInAgain(world: TestWorld, player: Player, accountId: string) {
  const session = await newSession(inPortal(world.ctx(), player.place.portal.id), accountId, {
    isProved: true,
  });
  await session.statement;
  return { ...player, cookies: { ...player.cookies, session: session.token } };
}

async function staff(
  world: TestWorld,
  place: PortalPlace,
  name: string,
  role: StaffRole,
  scope: string | null,
): Promise<Player> {
  const { sessionToken } = await staffNamed(world, role, { scope });
  const rights = { ...playerOf(name, place).rights, role };
  const renew = () => staff(world, place, name, role, scope);
  return playerOf(name, place, { rights, cookies: { staff: sessionToken }, renew });
}

/** The photo check of B's at the portal that has some, as the sandbox's authority names it. */
export const knownRecord = 'XJ-99901-20243001';

/** Two places of each kind in which staff work: A's and B's. */
const scopes: Partial<Record<StaffRole, readonly [string, string]>> = {
  school: ['99902', '99901'],
  clerk: ['11000002', '11000001'],
  agency: ['110198', '110199'],
};

export interface Victim {
  readonly player: Player;
  readonly accountId: string;
  readonly person: Person;
}

export interface Cast {
  /** Everybody who is not B. */
  readonly others: readonly Player[];
  /** B at each portal. */
  readonly victims: readonly Victim[];
  /** B's colleagues: staff of the school, the window and the agency that B's objects belong to. */
  readonly colleagues: readonly Player[];
  /** The codes that B would show at a window: whoever is shown one may open its ticket. */
  readonly codes: readonly string[];
  /** What of the preparation did not come off, with the refusal. */
  readonly missing: readonly string[];
}

/** B at the first portal, with a manual review that waits. */
async function reviewed(world: TestWorld, place: PortalPlace): Promise<Victim> {
  const name = '周子涵';
  const { signedIn } = await waitingFor(world, name);
  const { documentType, number, mobile } = citizens.find((each) => each.name === name) as Citizen;
  const accountId = signedIn.account.id;
  await setEmailProved(world, accountId, world.nowMs());
  const { token, statement } = await newSession(world.ctx(), accountId, { isProved: true });
  await statement;
  const rights = { ...playerOf('', place).rights, isApplicant: true };
  return {
    accountId,
    player: playerOf(`B, ${place.portal.id}`, place, {
      rights,
      cookies: { session: token },
    }),
    person: { documentType, number, mobile, name, email: 'someone@example.com' },
  };
}

/**
 * Puts everybody on the stage: `own` is given what is done for B and keeps what it writes. What B has is made by B's own calls over
 * HTTP where a portal offers it, and by the services where a vendor or a member of staff would have to come first.
 */
export async function createCast(
  { world, url }: Ours,
  places: readonly PortalPlace[],
  ask: Ask,
  own: <T>(work: () => Promise<T>) => Promise<T>,
): Promise<Cast> {
  const missing: string[] = [];
  const codes: string[] = [];
  const call = async (player: Player, path: string, input?: object) => {
    const answer = await ask(
      callOf(player, path, input === undefined ? undefined : JSON.stringify(input)),
    );
    if (answer.status !== 200) {
      missing.push(`${path} of ${player.name}: ${answer.status} ${answer.text.slice(0, 160)}`);
      return {} as Record<string, string>;
    }
    const set = answer.headers['set-cookie'] ?? [];
    for (const line of set) {
      const [, name = '', value = ''] = /^__Host-(\w+)=([^;]*)/.exec(line) ?? [];
      (player.cookies as Record<string, string>)[name] = value;
    }
    return (JSON.parse(answer.text) as { result: { data: Record<string, string> } }).result.data;
  };
  const attempt = async (what: string, work: () => Promise<unknown>) => {
    try {
      await work();
    } catch (error) {
      missing.push(`${what}: ${error instanceof Error ? error.message.slice(0, 160) : ''}`);
    }
  };
  const [firstPlace] = places;
  if (firstPlace === undefined) throw new Error('There is no portal.');
  let people = 0;
  const person = (name: string): Person => {
    people += 1;
    return {
      documentType: 'resident_identity_card',
      number: madeUpNumber(),
      name,
      mobile: `1996${String(people).padStart(7, '0')}`,
      email: `person${people}.mark@example.com`,
    };
  };
  const others: Player[] = [];
  const victims: Victim[] = [];
  const colleagues: Player[] = [];

  for (const place of places) {
    others.push(playerOf(`anonymous, ${place.portal.id}`, place));
    const renew = async (): Promise<Player> => {
      const { player } = await applicant(world, place, `A, ${place.portal.id}`, person('林一舟'));
      await call(player, 'data.giveConsent', { kind: 'document_number', hasAgreed: true });
      return { ...player, renew };
    };
    others.push(await renew());
  }
  for (const role of staffRoles) {
    const [a = null, b = null] = scopes[role] ?? [];
    others.push(await staff(world, firstPlace, `${role}${a === null ? '' : ' A'}`, role, a));
    if (b === null) continue;
    colleagues.push(await own(() => staff(world, firstPlace, `${role} B`, role, b)));
  }

  for (const [at, place] of places.entries()) {
    const is = (what: keyof typeof capabilities) => capabilities[what](place.portal);
    const victim = await own(async (): Promise<Victim> => {
      if (at === 0) return reviewed(world, place);
      // Whom the authorities of records know.
      const known = citizens.find(({ name }) => name === '古丽·买买提') as Citizen;
      const who = is('records') ? { ...known, email: 'known.mark@example.com' } : person('沈二川');
      return applicant(world, place, `B, ${place.portal.id}`, who, 'four_factors');
    });
    victims.push(victim);
    const { player, accountId } = victim;
    const friend = await applicant(world, place, `C, ${place.portal.id}`, person('顾三秋'));
    if (is('vouching')) await giveStudies(world, friend.accountId);
    const ticket = (purpose: PuzzlePurpose) => ticketOf(world, player, purpose);
    const begun = person('沈二川');
    const answers = {
      documentType: begun.documentType,
      number: begun.number,
      name: begun.name,
      validityStart: { year: '2020', month: '5', day: '6' },
      validityTerm: '20',
      hasConsented: true,
    };
    await own(async () => {
      const visitor = playerOf(player.name, place, { deviceId: player.deviceId, cookies: {} });
      const { mobile } = begun;
      if (place.portal.flows.register.steps[0] === 'document') {
        await call(visitor, 'registration.saveDocument', answers);
      } else {
        const registering = await ticketOf(world, visitor, 'register');
        await call(visitor, 'registration.sendCode', { email: '', mobile, ticket: registering });
      }
      // Who has registered here has agreed to it.
      if (at > 0)
        await call(player, 'data.giveConsent', { kind: 'document_number', hasAgreed: true });
      const email = `new${at}.mark@example.com`;
      await call(player, 'contact.begin', {
        kind: 'email',
        value: email,
        ticket: await ticket('contact'),
      });
      const asked = {
        topic: 'other',
        text: '我的问题是这样的。',
        name: '',
        number: victim.person.number,
        email: victim.person.email,
        agreesToPhotos: true,
        ticket: await ticket('ticket'),
      };
      const key = await call(player, 'ticket.begin', asked);
      if (key['number'] !== undefined) {
        const { number = '', code = '' } = key;
        await attempt('ticket file', () =>
          addTicketFile(world.ctx(), { number, code }, testPhotos.a),
        );
        await call(player, 'ticket.submit', { number, code });
      }
      if (is('face')) await call(player, 'face.begin', { purpose: 'level', hasAgreed: true });
      if (is('window')) codes.push((await call(player, 'window.take'))['code'] ?? '');
      await attestFor(world, accountId, 'face');
      if (is('wechat')) await call(player, 'wechat.begin');
      if (is('vouching')) {
        const asker = await applicant(world, place, player.name, person('沈二川'));
        await giveStudies(world, asker.accountId);
        await world
          .ctx()
          .db.run(
            `update identifier set proved_at_ms = null where account_id = '${asker.accountId}' and kind = 'mobile'`,
          );
        const { name, mobile } = friend.person;
        const ownMobile = asker.person.mobile;
        await call(asker.player, 'binding.ask', { name, mobile, ownMobile });
      }
      if (is('photo_check')) {
        await call(player, 'data.giveConsent', { kind: 'records', hasAgreed: true });
        for (const kind of ['photo_check', 'enrolment', 'qualification']) {
          await call(player, 'records.refresh', { kind });
        }
        await call(player, 'photoCheck.view');
        await call(player, 'photoCheck.dispute', {
          recordId: knownRecord,
          reason: 'field_wrong',
          field: 'name',
          value: '古丽',
          note: '',
          photo: null,
        });
      }
      if (is('authorisation')) {
        const today = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10);
        const terms = { purposes: ['establish'], lastDay: today, uses: 'once', count: '' };
        await call(player, 'authorisation.open', terms);
        await attempt('a matter', async () => {
          const office = await officeWithKey(world.ctx(), {
            url: `${url}${place.prefix}/office/v1/authorisation.check`,
            keysUrl: `${url}/office/v1/keys`,
            keyId: `office-${newDevice()}`,
            now: () => world.nowMs(),
            fetch: (request) => fetch(request),
          });
          const request = await office.matterRequest({
            idNumber: victim.person.number,
            company: '沙箱市晴川茶叶有限公司',
            role: 'shareholder',
            purpose: 'establish',
          });
          const answer = await fetch(request);
          if (!answer.ok) throw new Error(`${answer.status} ${await answer.text()}`);
        });
      }
      if (is('organisations')) {
        const letter = {
          name: '沙箱市晴川茶叶有限公司',
          code: '12110199PDY00001XT',
          person: victim.person.name,
          mobile: victim.person.mobile,
          email: 'letter.mark@example.org',
          text: '申请开通单位账号，附申请函。',
          agreesToPhotos: true,
          contactAgrees: true,
        };
        await call(player, 'organisation.begin', { ...letter, ticket: await ticket('ticket') });
        await attempt('an organisation', async () => {
          const ctx = world.ctx();
          await ctx.db.run(
            `insert or ignore into organisation (id, portal, code, name, contact_sealed, created_at_ms, key_id) values ('organisation-of-b', '${place.portal.id}', '', '', '', 1, '')`,
          );
          const { token, statement } = await newOrganisationSession(ctx, 'organisation-of-b');
          await statement;
          (player.cookies as Record<string, string>)['organisation'] = token;
        });
      }
      // A ticket that is for nobody in particular, and the recovery, whose cookie is another visitor's.
      const stranger = playerOf(player.name, place);
      const { documentType, number, name } = victim.person;
      const identify = { documentType, number, name };
      await call(stranger, 'recovery.identify', {
        ...identify,
        ticket: await ticketOf(world, stranger, 'recover'),
      });
    });
  }
  await own(async () => {
    await attempt('a claim', async () => {
      const citizen = citizens.find(({ name }) => name === '周子涵') as Citizen;
      await claimantOf(world, citizen, '19900000096');
    });
    const agency = colleagues.find(({ rights }) => rights.role === 'agency');
    if (agency !== undefined) {
      const { name, number } = person('沈二川');
      await call(agency, 'agency.handOver', { name, number, hasSeenCard: true });
    }
  });
  const reviewer = others.find(({ rights }) => rights.role === 'reviewer');
  const [first] = victims;
  if (reviewer !== undefined && first !== undefined) {
    await own(() =>
      call(reviewer, 'helpDesk.requestCorrection', {
        accountId: first.accountId,
        kind: 'email',
        value: 'corrected.mark@example.org',
        evidence: '看过身份证原件',
      }),
    );
  }
  // Organisations, a service and an office call no procedure of people's: what they hold is sent all the same.
  const [, , last = firstPlace] = places;
  others.push(
    playerOf('service', firstPlace, { headers: { authorization: `Bearer ${newDevice()}` } }),
    playerOf('office', last, {
      headers: { 'signature-input': 'sig=();created=1', signature: 'sig=:AAAA:' },
    }),
  );
  return { others, victims, colleagues, codes, missing };
}
