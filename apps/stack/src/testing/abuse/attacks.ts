import { mayStaff, type PuzzlePurpose, ticketUses } from '@shiming/domain';
import { newAddress } from '../../bench/browser.ts';
import { table } from '../../bench/report.ts';
import { readPortals } from '../../settings.ts';
import {
  callOf,
  heavyTicketOf,
  type Player,
  playerOf,
  testPassword,
  ticketOf,
} from '../abuse-cast.ts';
import { madeUpPerson } from '../people.ts';
import { type Answered, inTurns } from './ask.ts';
import { abuseOf, type AbuseContext } from './part.ts';
import { codeIn } from './rules.ts';

interface Attack {
  readonly what: string;
  readonly tried: number;
  /** What the attacker had of it. */
  readonly got: string;
  /** How the rest was answered. */
  readonly rest: string;
  readonly isHeld: boolean;
}

type Counts = Readonly<Record<string, number>>;

/** How often each answer came: `done`, or the code of the refusal. */
function countsOf(answers: readonly Answered[]): Counts {
  const counts: Record<string, number> = {};
  for (const { status, text } of answers) {
    const code = codeIn(text) || (status === 200 ? 'done' : String(status));
    counts[code] = (counts[code] ?? 0) + 1;
  }
  return counts;
}

const said = (counts: Counts, ...without: readonly string[]) =>
  Object.entries(counts)
    .filter(([code]) => !without.includes(code))
    .map(([code, times]) => `${times} × ${code}`)
    .join(', ') || '–';

const wrongPassword = 'Not-the-1-password';
const indexes = (count: number) => Array.from({ length: count }, (_, index) => index);

/** The player with the cookies that an answer set. */
const keepCookies = (player: Player, { headers }: Answered): Player => {
  const cookies = { ...player.cookies };
  for (const line of headers['set-cookie'] ?? []) {
    const [, name = '', value = ''] = /^__Host-(\w+)=([^;]*)/.exec(line) ?? [];
    cookies[name] = value;
  }
  return { ...player, cookies };
};

async function measure({
  ours: start,
  ask: askerOf,
  cast: castOf,
  say,
}: AbuseContext): Promise<readonly Attack[]> {
  const ours = await start();
  const ask = await askerOf();
  const { world, sandbox } = ours;
  const places = readPortals();
  const { others, victims } = await castOf();
  const [victim, ...restOfVictims] = victims;
  if (victim === undefined) throw new Error('There is nobody.');
  const { place } = victim.player;
  const attacks: Attack[] = [];
  const add = (attack: Attack) => {
    attacks.push(attack);
    say(`${attack.what}: ${attack.got}`);
  };
  const call = (
    player: Player,
    path: string,
    input: object | undefined,
    address = newAddress(),
  ) => {
    const made = callOf(player, path, input === undefined ? undefined : JSON.stringify(input));
    return ask({ ...made, headers: { ...made.headers, 'cf-connecting-ip': address } });
  };
  const visitor = (at = place) => playerOf('visitor', at);
  const ticketFor = (player: Player, purpose: PuzzlePurpose) => ticketOf(world, player, purpose);
  /** Does something so many times, so many of them at once, and returns the answers in their order. */
  const many = async (
    count: number,
    atOnce: number,
    work: (index: number) => Promise<Answered>,
  ) => {
    const answers: Answered[] = [];
    await inTurns(indexes(count), atOnce, async (index) => {
      answers[index] = await work(index);
    });
    return answers;
  };
  // Passwords.
  await ours.forget('allowance');
  const guess = async (name: string, password: string, address?: string, isHeavy = false) => {
    const player = visitor();
    const ticket = isHeavy
      ? await heavyTicketOf(world, player, 'login')
      : await ticketFor(player, 'login');
    return call(player, 'login.signIn', { name, password, ticket }, address);
  };
  const { number } = victim.person;
  const cheap = countsOf(await many(60, 6, () => guess(number, wrongPassword)));
  add({
    what: 'Guesses at the password of one account, each from an address and a browser of its own, for a puzzle',
    tried: 60,
    got: `${cheap['login.refused'] ?? 0} compared in the hour`,
    rest: said(cheap, 'login.refused'),
    isHeld: (cheap['login.refused'] ?? 0) <= 30,
  });
  const dear = countsOf(await many(300, 6, () => guess(number, wrongPassword, undefined, true)));
  add({
    what: 'The same for proof of work, after those',
    tried: 300,
    got: `${dear['login.refused'] ?? 0} more`,
    rest: said(dear, 'login.refused'),
    isHeld: (dear['login.refused'] ?? 0) <= 270,
  });
  const right = countsOf([await guess(number, testPassword, undefined, true)]);
  add({
    what: 'The right password after those, as a stranger',
    tried: 1,
    got: right['done'] === 1 ? 'the account' : 'nothing',
    rest: said(right),
    isHeld: right['done'] === undefined,
  });
  await ours.forget('allowance');
  const spray = countsOf(
    await many(450, 6, (index) =>
      guess(madeUpPerson(100 + index).number, wrongPassword, '198.51.100.7'),
    ),
  );
  add({
    what: 'One password tried at 450 numbers from one address',
    tried: 450,
    got: `${spray['login.refused'] ?? 0} compared in a quarter of an hour`,
    rest: said(spray, 'login.refused'),
    isHeld: (spray['login.refused'] ?? 0) <= 400,
  });
  await ours.forget('allowance');
  const holder = others.find(({ rights }) => rights.isApplicant && rights.portal === place.portal);
  const leaked = holder?.person ?? victim.person;
  const before = await noticesOf(ours);
  const stuffed = countsOf([await guess(leaked.number, testPassword)]);
  const told = (await noticesOf(ours)) - before;
  add({
    what: 'A right pair of number and password that leaked elsewhere, at the first try',
    tried: 1,
    got: stuffed['done'] === 1 ? 'the account, without a second factor' : 'nothing',
    rest: `${told} notice to the holder`,
    isHeld: stuffed['done'] !== 1 || told > 0,
  });

  // Codes.
  await ours.forget('allowance');
  const { documentType, name, mobile } = victim.person;
  const identify = async (at = place) => {
    const player = visitor(at);
    const answer = await call(player, 'recovery.identify', {
      documentType,
      number,
      name,
      ticket: await ticketFor(player, 'recover'),
    });
    return keepCookies(player, answer);
  };
  const recovering = await identify();
  await call(recovering, 'recovery.sendCode', { ticket: await ticketFor(recovering, 'recover') });
  const sent = sandbox.phone.lastCode(mobile);
  const codes = indexes(60)
    .map((index) => String(index).padStart(6, '0'))
    .filter((code) => code !== sent);
  const passwords = { password: wrongPassword, passwordAgain: wrongPassword };
  const guessed = countsOf(
    await many(50, 16, (index) =>
      call(recovering, 'recovery.resetPassword', { code: codes[index] ?? '', ...passwords }),
    ),
  );
  add({
    what: 'Guesses at a code by SMS, 16 at once from 50 addresses',
    tried: 50,
    got: `${guessed['code.wrong'] ?? 0} told that they are wrong; of 1,000,000`,
    rest: said(guessed, 'code.wrong'),
    isHeld: (guessed['code.wrong'] ?? 0) <= 5 && guessed['done'] === undefined,
  });
  const late = countsOf([
    await call(recovering, 'recovery.resetPassword', { code: sent ?? '', ...passwords }),
  ]);
  add({
    what: 'The right code after those',
    tried: 1,
    got: late['done'] === 1 ? 'the account' : 'nothing',
    rest: said(late),
    isHeld: late['done'] === undefined,
  });
  const messagesBefore = sandbox.phone.messages(mobile).length;
  const again = countsOf(
    await many(20, 4, async () => {
      const player = await identify();
      return call(player, 'recovery.sendCode', { ticket: await ticketFor(player, 'recover') });
    }),
  );
  const more = sandbox.phone.messages(mobile).length - messagesBefore;
  add({
    what: 'More codes to the same mobile in the same minute, from 20 addresses',
    tried: 20,
    got: `${more} messages`,
    rest: said(again),
    isHeld: more === 0,
  });

  // Messages.
  await ours.forget('allowance');
  const open = places.find(({ portal }) => portal.flows.register.steps[0] === 'contact') ?? place;
  const sms = async (to: string, address: string) => {
    const player = visitor(open);
    return call(
      player,
      'registration.sendCode',
      { email: '', mobile: to, ticket: await ticketFor(player, 'register') },
      address,
    );
  };
  const target = '19977700001';
  const pumped = countsOf(await many(100, 8, () => sms(target, newAddress())));
  const arrived = sandbox.phone.messages(target).length;
  add({
    what: 'Codes to one mobile that is nobody’s, from 100 addresses, a puzzle each',
    tried: 100,
    got: `${arrived} messages in the minute`,
    rest: said(pumped),
    isHeld: arrived <= 1,
  });
  const wide = countsOf(
    await many(100, 8, (index) => sms(`199777${String(10_000 + index)}`, '198.51.100.8')),
  );
  add({
    what: 'Codes to 100 mobiles from one address, a puzzle each',
    tried: 100,
    got: `${wide['done'] ?? 0} messages; 2,000 an hour by the limit of an address`,
    rest: said(wide, 'done'),
    isHeld: (wide['done'] ?? 0) <= 100,
  });
  const dearNumbers = [
    '+88213000001',
    '0088216000001',
    '+19005550100',
    '400123456',
    '95500',
    '10086',
    '+8613800138000x',
    '+447700900000',
    '013800138000,,1',
  ];
  const premium = countsOf(
    await many(dearNumbers.length, 4, (index) => sms(dearNumbers[index] ?? '', newAddress())),
  );
  add({
    what: 'Codes to numbers that cost: satellites, other countries, services',
    tried: dearNumbers.length,
    got: `${premium['done'] ?? 0} messages`,
    rest: said(premium, 'done'),
    isHeld: premium['done'] === undefined,
  });
  await ours.forget('allowance');
  const box = victim.person.email;
  const mailsBefore = sandbox.mail.messages(box).length;
  const bombed = countsOf(
    await many(40, 4, async () => {
      const player = await identify();
      return call(player, 'recovery.sendLink', { ticket: await ticketFor(player, 'recover') });
    }),
  );
  const asks = countsOf(
    await many(40, 4, async () => {
      const player = visitor();
      return call(player, 'ticket.begin', {
        topic: 'other',
        text: '我的问题是这样的。',
        name: '',
        number: '',
        email: box,
        agreesToPhotos: false,
        ticket: await ticketFor(player, 'ticket'),
      });
    }),
  );
  await new Promise((done) => setTimeout(done, 3_000));
  const mails = sandbox.mail.messages(box).length - mailsBefore;
  add({
    what: 'Mails to one mailbox, by 40 recoveries and 40 questions to the help desk, each from an address of its own',
    tried: 80,
    got: `${mails} mails in the minute`,
    rest: `${said(bombed)}; ${said(asks)}`,
    isHeld: mails <= 10,
  });

  // The puzzle.
  await ours.forget('allowance');
  const farmer = visitor();
  const ticket = await ticketFor(farmer, 'login');
  const used = countsOf(
    await many(30, 16, () =>
      call(farmer, 'login.signIn', {
        name: madeUpPerson(700).number,
        password: wrongPassword,
        ticket,
      }),
    ),
  );
  add({
    what: 'One ticket of the puzzle, 30 times at once',
    tried: 30,
    got: `${30 - (used['puzzle.ticket_refused'] ?? 0)} uses, as many as a ticket is for`,
    rest: said(used),
    isHeld: used['puzzle.ticket_refused'] === 30 - ticketUses.login,
  });
  const moved = await ticketFor(farmer, 'login');
  const elsewhere = countsOf([
    await call(visitor(), 'login.signIn', { name: number, password: wrongPassword, ticket: moved }),
    await call(farmer, 'recovery.identify', { documentType, number, name, ticket: moved }),
  ]);
  add({
    what: 'A ticket in another browser, and for another purpose',
    tried: 2,
    got: `${2 - (elsewhere['puzzle.ticket_refused'] ?? 0)} uses`,
    rest: said(elsewhere),
    isHeld: elsewhere['puzzle.ticket_refused'] === 2,
  });
  const guesser = visitor();
  const drawn = JSON.parse((await call(guesser, 'puzzle.draw', { purpose: 'login' })).text) as {
    result: { data: { puzzleId?: string } };
  };
  const puzzleId = drawn.result.data.puzzleId ?? '';
  const [puzzle] = await world
    .ctx()
    .db.all<{ x: number }>(`select x from puzzle where id = '${puzzleId}'`);
  const x = puzzle?.x ?? 0;
  const slid = countsOf(
    await many(20, 16, (index) =>
      call(guesser, 'puzzle.solve', {
        puzzleId,
        x: index === 19 ? x : (x + 40 + index * 10) % 300,
      }),
    ),
  );
  const after = countsOf([await call(guesser, 'puzzle.solve', { puzzleId, x })]);
  add({
    what: 'One picture, 20 places at once, and the right one afterwards',
    tried: 21,
    got: `${(slid['done'] ?? 0) + (after['done'] ?? 0)} tickets; one guess was compared`,
    rest: said(slid),
    isHeld: (slid['puzzle.wrong'] ?? 0) + (slid['done'] ?? 0) === 1 && after['done'] === undefined,
  });

  // Sessions.
  await ours.forget('allowance');
  if (holder !== undefined) {
    const planted = { ...visitor(), cookies: { session: holder.cookies['session'] ?? '' } };
    const signedIn = await call(planted, 'login.signIn', {
      name: leaked.number,
      password: testPassword,
      ticket: await ticketFor(planted, 'login'),
    });
    const now = keepCookies(planted, signedIn).cookies['session'] ?? '';
    const old = await call({ ...visitor(), cookies: planted.cookies }, 'session.list', undefined);
    const isNew = now !== '' && now !== planted.cookies.session;
    add({
      what: 'A session planted in a browser before somebody signs in there',
      tried: 1,
      got:
        isNew && old.status === 401
          ? 'nothing: it ended, and another was begun'
          : 'a session that works',
      rest: `${signedIn.status}, then ${codeIn(old.text)}`,
      isHeld: isNew && old.status === 401,
    });
    const chosen = {
      ...visitor(),
      cookies: { session: 'chosen-by-somebody.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA' },
    };
    const begun = await call(chosen, 'login.signIn', {
      name: leaked.number,
      password: testPassword,
      ticket: await ticketFor(chosen, 'login'),
    });
    const id = keepCookies(chosen, begun).cookies['session']?.split('.')[0];
    add({
      what: 'An id of a session that somebody chose',
      tried: 1,
      got: id === 'chosen-by-somebody' ? 'a session of that id' : 'nothing',
      rest: String(begun.status),
      isHeld: begun.status === 200 && id !== 'chosen-by-somebody',
    });
  }

  // Photos.
  const rows = await world
    .ctx()
    .db.all<{ id: string; caseId: string; slot: string }>(
      `select p.id as id, l.case_id as caseId, l.slot as slot from photo p join case_photo l on l.photo_id = p.id`,
    )
    .catch(() => []);
  const photos = await world
    .ctx()
    .db.all<{ id: string; of: string }>('select id, account_id as "of" from photo');
  const cases = await world
    .ctx()
    .db.all<{ id: string }>(`select id from "case" where account_id is not null`);
  const opened: string[] = [];
  let asked = 0;
  const strangers = others.filter(
    ({ rights: { role } }) => role === null || !mayStaff(role, 'review.decide'),
  );
  const asking = [
    ...strangers.map((player) => ({ player, accountId: '' })),
    // B at one portal is somebody else to B at another.
    ...restOfVictims,
  ];
  for (const { player, accountId } of asking) {
    const { headers } = callOf(player, 'session.current', undefined);
    const paths = [
      ...photos
        .filter(({ of }) => of !== accountId)
        .map(({ id }) => `${player.place.prefix}/photos/${id}`),
      ...cases.flatMap(({ id }) =>
        ['a', 'b', 'holding'].map((slot) => `/desk/photos/${id}/${slot}`),
      ),
    ];
    await inTurns(paths, 8, async (path) => {
      asked += 1;
      const { status } = await ask({ method: 'GET', path, headers });
      if (status === 200) opened.push(`${player.name} ${path}`);
    });
  }
  const reviewer = others.find(({ rights }) => rights.role === 'reviewer');
  if (reviewer !== undefined) {
    // Without having taken the case; where it may be preloaded, its photos are sealed and the keys come with the look.
    const { headers } = callOf(reviewer, 'session.current', undefined);
    const clear = await many(cases.length, 4, (index) =>
      ask({ method: 'GET', path: `/desk/photos/${cases[index]?.id}/a`, headers }),
    );
    const jpegs = clear.filter(
      ({ status, text }) => status === 200 && text.startsWith('\ufffd\ufffd\ufffd'),
    ).length;
    add({
      what: 'The addresses of photos in the hands of a reviewer who has not looked at the case',
      tried: cases.length,
      got: `${jpegs} photos in the clear`,
      rest: `${clear.filter(({ status }) => status === 200).length} sealed`,
      isHeld: jpegs === 0,
    });
  }
  const own = callOf(victim.player, 'session.current', undefined).headers;
  const mine = await Promise.all(
    photos.map(({ id }) => ask({ method: 'GET', path: `/photos/${id}`, headers: own })),
  );
  add({
    what: 'The address of each photo in the hands of everybody else',
    tried: asked,
    got: `${opened.length} photos${opened.length === 0 ? '' : `: ${opened.join('; ')}`}`,
    rest: `their person saw ${mine.filter(({ status }) => status === 200).length}; ${rows.length} belong to cases`,
    isHeld: opened.length === 0 && mine.some(({ status }) => status === 200),
  });
  return attacks;
}

/** How many notices there are. */
async function noticesOf({ world }: Awaited<ReturnType<AbuseContext['ours']>>): Promise<number> {
  const [row] = await world.ctx().db.all<{ count: number }>('select count(*) as count from notice');
  return row?.count ?? 0;
}

export const attacksPart = abuseOf<readonly Attack[]>({
  id: 'attacks',
  title: 'Guessing, messages, puzzles, sessions, photos',
  measure,
  faults: (attacks) =>
    attacks
      .filter(({ isHeld }) => !isHeld)
      .map(({ what, got, rest }) => `${what}: ${got}; ${rest}`),
  render: (attacks) =>
    table(
      ['', 'tried', 'what the attacker got', 'the rest'],
      attacks.map(({ what, tried, got, rest }) => [what, String(tried), got, rest]),
    ),
});
