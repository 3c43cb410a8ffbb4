import { scopeOf } from '@shiming/domain';
import {
  callOf,
  exampleOf,
  knownRecord,
  type Player,
  procedures,
  type Schema,
  signedInAgain,
  testPassword,
  ticketOf,
} from '../abuse-cast.ts';
import { table } from '../../bench/report.ts';
import { inTurns } from './ask.ts';
import { purposeOf } from './fill.ts';
import { abuseOf, type AbuseContext } from './part.ts';
import { createRenewals } from './renewals.ts';
import { createReader } from './rows.ts';
import { changesOf, codeIn, leaksIn, refusalFor, type Rows } from './rules.ts';

/** An id, a number or an address of B, with what it is of. */
interface Thing {
  readonly kind: string;
  readonly value: string;
  /** Of a row that has one. */
  readonly version?: number;
}

interface Found {
  readonly path: string;
  readonly caller: string;
  readonly what: string;
}

/** What those whose things they are were answered: a refusal of others proves something where it is another one, or none. */
interface Control {
  readonly by: string;
  readonly of: number;
  readonly reached: number;
  /** Procedures that refused them as they refused nobody else. */
  readonly toldApart: number;
  /** The others, with what they were told most. */
  readonly alike: readonly string[];
}

interface MatrixResult {
  readonly procedures: number;
  readonly callers: readonly string[];
  readonly kinds: readonly string[];
  readonly requests: number;
  readonly refusedAsDeclared: number;
  readonly admitted: number;
  readonly answers: Readonly<Record<string, number>>;
  readonly control: readonly Control[];
  readonly missing: readonly string[];
  readonly faults: readonly Found[];
}

const today = () => new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10);

/** What is typed into the fields that name nobody's object. Every other text field gets an id of B's. */
const typed: Readonly<Record<string, string | undefined>> = {
  name: '林一舟',
  person: '林一舟',
  nickname: '小舟',
  password: testPassword,
  passwordAgain: testPassword,
  current: testPassword,
  firstPassword: 'ABCD-2345-WXYZ',
  documentType: 'resident_identity_card',
  validityTerm: '20',
  year: '2020',
  month: '5',
  day: '6',
  sex: 'male',
  ethnicity: '01',
  householdRegion: '',
  travelPermitNumber: '',
  localDocumentNumber: '',
  text: '说明一下。',
  note: '核对来电人',
  reason: '说明一下。',
  evidence: '看过原件',
  relation: 'father',
  channel: 'inbox',
  topic: 'other',
  label: '手机',
  actor: '',
  action: '',
  cursor: '',
  from: `${today().slice(0, 8)}01`,
  to: today(),
  lastDay: today(),
  checkedOn: today(),
  count: '',
  portal: 'teacher',
  service: 'certification',
  serviceId: 'certification',
};

/** What is typed into a field: a thing of B's, unless the field is for something else, such as a mobile number. */
function textFor(name: string, { kind, value }: Thing, ticket: string): string {
  if (name === 'ticket') return ticket;
  if (/mobile$/i.test(name)) return kind === 'mobile' ? value : '13900000001';
  if (name === 'email') return kind === 'email address' ? value : 'someone.else@example.org';
  return typed[name] ?? value;
}

const schemaOf = (path: string) => procedures[path]?.inputs[0] as Schema | undefined;
const gateOf = (path: string) => {
  const { access = 'everybody', at } = procedures[path]?.meta ?? {};
  return { access, at };
};

/** The inputs by which a procedure is asked about a thing of B's: one for each way in which its choices can be made, some at most. */
function inputsFor(path: string, thing: Thing, ticket: string): (string | undefined)[] {
  const schema = schemaOf(path);
  if (schema === undefined) return [undefined];
  return [0, 1].map((at) =>
    JSON.stringify(
      exampleOf(schema, {
        text: (name) => textFor(name, thing, ticket),
        number: (name) => (name === 'version' ? (thing.version ?? 1) : 1),
        boolean: () => true,
        choice: (of) => of[at % of.length],
        isThere: () => at === 0,
        length: () => 1,
      }),
    ),
  );
}

const marked: Thing = { kind: 'mobile', value: '\u0001' };

/** Whether any field of a procedure's input can name an object. */
function namesThings(path: string): boolean {
  return inputsFor(path, marked, '').some((input) => input?.includes('\\u0001'));
}

/** Text and ids of B's rows that are nobody else's. */
function thingsIn(rows: Rows): Thing[] {
  const things: Thing[] = [];
  for (const [key, text] of rows) {
    const [of = ''] = key.split('#');
    const row = JSON.parse(text) as Record<string, unknown>;
    const kind = of === 'case' ? `case: ${String(row['kind'])}` : of;
    const { version } = row;
    for (const column of ['id', 'case_number']) {
      const value = row[column];
      if (typeof value !== 'string' || value.length < 8) continue;
      things.push({ kind, value, ...(typeof version === 'number' && { version }) });
    }
  }
  return things;
}

/** At most so many things of each kind: of B at each portal there are as many. */
function someOfEach(things: readonly Thing[], most: number): Thing[] {
  const counts = new Map<string, number>();
  return things.filter(({ kind }) => {
    const count = (counts.get(kind) ?? 0) + 1;
    counts.set(kind, count);
    return count <= most;
  });
}

/**
 * When those whose things they are call a procedure: what lets the rest through first, then what only looks, and what ends a thing
 * last, before what brings it back.
 */
const turns = [
  /\.(?:take\w*|open|sendCode)$/,
  /\.(?:find|search|view|account|case|claim|ticket|heartbeat|reveal\w*)$/,
  /(?!)/,
  /\.(?:decide\w*|answer\w*|approve|confirm|changeRole|changePerson)$/,
  /\.(?:undo|refuse\w*|release|revoke\w*|disable|end|withdraw\w*|remove\w*|decline|close|reopen)$/,
  /\.(?:giveConsent|enable|recover)$/,
];
const turnOf = (path: string) => {
  const turn = turns.findIndex((each) => each.test(path));
  return turn === -1 ? 2 : turn;
};

/** Rows that anybody's failed attempt at an account may add to it: what is counted, told or written down. */
const mayGrow = new Set(['audit', 'allowance', 'notice', 'outbox', 'challenge', 'recovery']);

/** Whether nothing of B's is a caller's to see: who is no staff, and staff of another school, window or agency. */
const isForeign = ({ rights: { role } }: Player) => role === null || scopeOf(role) !== null;

/** An answer as it is compared with those to others. */
const told = (status: number, text: string) => `${status} ${codeIn(text)}`.trim();

const isPerson = ({ rights, headers }: Player) =>
  rights.role === null && Object.keys(headers).length === 0;

const inRole = (all: readonly Player[]) =>
  all.filter(({ rights }) => rights.role !== null).map((player) => async () => player);

async function measure({
  ours: start,
  ask: askerOf,
  cast: castOf,
  isChosen,
  say,
}: AbuseContext): Promise<MatrixResult> {
  const ours = await start();
  const ask = await askerOf();
  const { world } = ours;
  const reader = await createReader(world.ctx().db);
  const cast = await castOf();
  const { owned, others, victims, colleagues } = cast;
  const keys = () => [...owned].filter((key) => !key.startsWith('audit#'));
  const things = someOfEach(thingsIn(await reader.some(keys())), 2);
  for (const { person } of victims) {
    things.push(
      { kind: 'document number', value: person.number },
      { kind: 'mobile', value: person.mobile },
      { kind: 'email address', value: person.email },
    );
  }
  // By the authority's own name, not by an id of ours.
  things.push({ kind: 'record of an authority', value: knownRecord });
  const marks = new Map(
    [...thingsIn(await reader.some(keys()))].map(({ kind, value }) => [value, `${kind}.id`]),
  );
  for (const { person } of victims) {
    marks.set(person.name, 'name');
    marks.set(person.number, 'document number');
    marks.set(person.mobile, 'mobile');
    marks.set(person.email, 'email address');
  }
  say(`${things.length} things of ${new Set(things.map(({ kind }) => kind)).size} kinds`);

  const paths = Object.keys(procedures).filter(isChosen);
  const faults: Found[] = [];
  const answers: Record<string, number> = {};
  let [requests, refusedAsDeclared, admitted] = [0, 0, 0];
  const renewals = createRenewals();
  /** What everybody else was told by each procedure. */
  const toldOthers = new Map<string, Set<string>>();
  /** Calls a procedure as somebody about each thing; what is told of each answer is decided by `judge`. */
  const callAbout = async (
    called: Player,
    path: string,
    about: readonly Thing[],
    judge: (answer: { status: number; text: string }, request: string, thing: Thing) => void,
  ) => {
    const needsTicket = inputsFor(path, { ...marked, value: '' }, '\u0001').some((input) =>
      input?.includes('\\u0001'),
    );
    const [one, other] = inputsFor(path, marked, '');
    const variants = one === other ? [0] : [0, 1];
    const calls = (namesThings(path) ? about : about.slice(0, 1)).flatMap((thing) =>
      variants.map((variant) => ({ thing, variant })),
    );
    await inTurns(calls, 8, async ({ thing, variant }) => {
      let player = renewals.now(called);
      const ticket = needsTicket ? await ticketOf(world, player, purposeOf(path)) : '';
      const input = inputsFor(path, thing, ticket)[variant];
      let call = callOf(player, path, input);
      let answer = await ask(call);
      if (renewals.isOver(gateOf(path), called, answer.text)) {
        player = await renewals.renewed(called, player);
        call = callOf(player, path, input);
        answer = await ask(call);
      }
      requests += 1;
      answers[answer.status] = (answers[answer.status] ?? 0) + 1;
      if (answer.status >= 500) {
        faults.push({ path, caller: player.name, what: `${answer.status} ${codeIn(answer.text)}` });
      }
      judge(answer, `${call.path} ${input ?? ''}`, thing);
    });
  };
  const keepTold = (path: string, status: number, text: string) =>
    toldOthers.set(path, (toldOthers.get(path) ?? new Set()).add(told(status, text)));
  const report = (path: string, caller: string, what: readonly string[]) => {
    for (const each of new Set(what)) {
      if (faults.every((one) => one.path !== path || one.caller !== caller || one.what !== each)) {
        faults.push({ path, caller, what: each });
      }
    }
  };

  const accountIds = victims.map(({ accountId }) => accountId);
  let last = await reader.some(keys());
  let counts = await reader.countOf(accountIds);
  for (const path of paths) {
    const gate = gateOf(path);
    for (const player of others) {
      const refusal = refusalFor(gate, player.rights);
      if (refusal !== null) {
        // It has to be refused before the input is looked at, so one thing stands for all.
        await callAbout(player, path, things.slice(0, 1), ({ status, text }) => {
          keepTold(path, status, text);
          if (status === refusal.status && codeIn(text) === refusal.code) refusedAsDeclared += 1;
          else report(path, player.name, [`${status} ${codeIn(text)}, not ${refusal.code}`]);
        });
      } else if (isForeign(player)) {
        // What is for everybody reads no cookie of staff: one thing shows that it takes none.
        const isRead = gate.access !== 'everybody' || isPerson(player);
        await callAbout(
          player,
          path,
          isRead ? things : things.slice(0, 1),
          ({ status, text }, request) => {
            keepTold(path, status, text);
            admitted += 1;
            report(
              path,
              player.name,
              leaksIn(text, request, marks).map((mark) => `shows ${mark}`),
            );
          },
        );
      }
    }
    const now = await reader.some(keys());
    const grown = await reader.countOf(accountIds);
    report(path, 'somebody else', changesOf(last, now));
    for (const [name, count] of grown) {
      if (count > (counts.get(name) ?? 0) && !mayGrow.has(name)) {
        report(path, 'somebody else', [`${name} of B added`]);
      }
    }
    [last, counts] = [now, grown];
  }
  say(`others: ${requests} requests, ${faults.length} findings`);

  // The control: the ids are those of real things, which those who may reach.
  const isAlike = (path: string, counts: ReadonlyMap<string, number>) =>
    [...counts.keys()].every(
      (each) => each.startsWith('400') || toldOthers.get(path)?.has(each) === true,
    );
  const control: Control[] = [];
  const reach = async (by: string, players: readonly (() => Promise<Player>)[]) => {
    const answered = new Map<string, Map<string, number>>();
    for (const path of paths.filter(namesThings).toSorted((a, b) => turnOf(a) - turnOf(b))) {
      for (const of of players) {
        const player = await of();
        const { access } = gateOf(path);
        if (access === 'everybody' || refusalFor(gateOf(path), player.rights) !== null) continue;
        const counts = answered.get(path) ?? new Map<string, number>();
        answered.set(path, counts);
        const now = new Map(
          thingsIn(await reader.some(keys())).map(({ value, version }) => [value, version]),
        );
        const shown = cast.codes.map((value) => ({ kind: 'code for a window', value }));
        const asTheyAre = [...things, ...shown].map((thing) => {
          const version = now.get(thing.value);
          return { ...thing, ...(version !== undefined && { version }) };
        });
        await callAbout(player, path, asTheyAre, ({ status, text }) => {
          const is = told(status, text);
          counts.set(is, (counts.get(is) ?? 0) + 1);
        });
      }
    }
    const refused = [...answered].filter(([, counts]) => !counts.has('200'));
    const alike = refused.filter(([path, counts]) => isAlike(path, counts));
    control.push({
      by,
      of: answered.size,
      reached: answered.size - refused.length,
      toldApart: refused.length - alike.length,
      alike: alike.map(([path, counts]) => {
        const [most] = [...counts].toSorted(([, a], [, b]) => b - a);
        return `${path} (${most?.[0]})`;
      }),
    });
  };
  await reach('staff', [
    ...inRole(others.filter((each) => !isForeign(each))),
    ...inRole(colleagues),
  ]);
  await reach(
    'B',
    victims.map(
      ({ player, accountId }) =>
        () =>
          signedInAgain(world, player, accountId),
    ),
  );
  return {
    procedures: paths.length,
    callers: [...others, ...colleagues, ...victims.map(({ player }) => player)].map(
      ({ name }) => name,
    ),
    kinds: [...new Set(things.map(({ kind }) => kind))],
    requests,
    refusedAsDeclared,
    admitted,
    answers,
    control,
    missing: cast.missing,
    faults,
  };
}

export const matrixPart = abuseOf<MatrixResult>({
  id: 'matrix',
  title: 'Objects of somebody else',
  measure,
  faults: ({ faults }) => faults.map(({ path, caller, what }) => `${path}, ${caller}: ${what}`),
  render: ({
    procedures: count,
    callers,
    kinds,
    requests,
    refusedAsDeclared,
    admitted,
    answers,
    control,
    missing,
  }) => `Each of ${count} procedures, as the router lists them, is called by ${callers.length} callers (${callers.join('; ')}) with ids of B's of ${kinds.length} kinds
(${kinds.join(', ')}).
What each caller must be answered is computed of what the procedure declares (\`meta.access\`, \`meta.at\`) and what the caller's cookies open.

${requests} requests: ${refusedAsDeclared} were refused as declared, before the input was looked at, and ${admitted} were let in
about B's things by callers who are not B: none of those answers may hold a text or an id of B's that the request did not bring, and no row of B's may have changed.

${table(
  ['status', 'answers'],
  Object.entries(answers).map(([status, times]) => [status, String(times)]),
)}

Control, by those whose things they are, of the procedures that name a thing: ${control.map(({ by, of, reached, toldApart }) => `${by} reached ${reached} of ${of}, and ${toldApart} refused them as nobody else`).join('; ')}.
${control.flatMap(({ by, alike }) => (alike.length === 0 ? [] : [`\nRefused as everybody else, which proves nothing of them: ${by}: ${alike.join(', ')}.\n`])).join('')}
${missing.length === 0 ? '' : `\nNot prepared: ${missing.join('; ')}.\n`}`,
});
