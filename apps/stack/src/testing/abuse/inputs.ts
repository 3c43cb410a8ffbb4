import type { PuzzlePurpose } from '@shiming/domain';
import { table } from '../../bench/report.ts';
import { callOf, type Player, procedures, type Schema, ticketOf } from '../abuse-cast.ts';
import { type Asked, inTurns } from './ask.ts';
import { inputOf, oddHeaders } from './generate.ts';
import { abuseOf, type AbuseContext } from './part.ts';
import { createRandom, type Random } from './random.ts';
import { createRenewals } from './renewals.ts';
import { createReader } from './rows.ts';
import { refusalFor } from './rules.ts';

type Counts = Record<string, number>;

interface Fault {
  readonly index: number;
  readonly path: string;
  readonly caller: string;
  readonly status: number;
  readonly input: string;
}

interface InputsResult {
  readonly inputs: number;
  readonly seed: number;
  /** How often the database was too busy, and the input was sent again. */
  readonly busy: number;
  readonly byPath: Readonly<Record<string, Counts>>;
  readonly faults: readonly Fault[];
}

type Route = readonly [method: string, path: string];

/** What is not a procedure and takes something of a visitor: method and path, `*` being an id or a name. */
const routes: readonly [Route, ...Route[]] = [
  ['PUT', '/photos/*'],
  ['GET', '/photos/*'],
  ['GET', '/desk/photos/*/*'],
  ['POST', '/wechat?signature=*&timestamp=1&nonce=*&openid=*&encrypt_type=aes&msg_signature=*'],
  ['GET', '/wechat?signature=*&timestamp=1&nonce=*&echostr=*'],
  ['POST', '/office/v1/authorisation.check'],
  ['POST', '/office/v1/*'],
  ['GET', '/office/v1/keys'],
  ['POST', '/oidc/*'],
  ['POST', '/*'],
];

/** Bytes that begin as a photo does, or do not. */
function bytesOf(random: Random): Buffer {
  const start = random.of([
    Buffer.from([0xff, 0xd8, 0xff, 0xe0]),
    Buffer.from('{"'),
    Buffer.alloc(0),
  ]);
  const length = random.below(random.onceIn(50) ? 300_000 : 600);
  return Buffer.concat([start, Buffer.from(Array.from({ length }, () => random.below(256)))]);
}

/** A request to a route that is no procedure. */
function requestOf(
  random: Random,
  player: Player,
  known: readonly [string, ...string[]],
): Asked & { route: string } {
  const [method, route] = random.of(routes);
  const path = route.replaceAll('*', () =>
    encodeURIComponent(random.of(known).slice(0, 80)).replaceAll('.', '%2E'),
  );
  const { headers } = callOf(player, 'session.current', undefined);
  const isPhoto = method === 'PUT';
  return {
    route: `${method} ${route.split('?')[0]}`,
    method: random.onceIn(20) ? random.of(['OPTIONS', 'DELETE', 'PATCH']) : method,
    // What belongs to the house stands at the first portal alone.
    path: /^.(?:desk|oidc)/.test(route) ? path : `${player.place.prefix}${path}`,
    headers: {
      ...headers,
      ...(isPhoto ? { 'content-type': 'image/jpeg', 'x-agrees': 'photos' } : {}),
      ...(random.onceIn(3) ? { 'x-photo-link': random.of(known) } : {}),
      ...(random.onceIn(3) ? { 'x-ticket': random.of(known) } : {}),
      ...random.of(oddHeaders),
    },
    ...(method === 'GET' ? {} : { body: bytesOf(random) }),
  };
}

const gateOf = (path: string) => {
  const { access = 'everybody', at } = procedures[path]?.meta ?? {};
  return { access, at };
};

/** A connection that was broken, which no input may bring about. */
const broken = () => ({ status: 0, text: '' });

/** What a header may hold: of a text the rest is another test's. */
const isHeader = (text: string): boolean => /^[\x21-\x7e]{1,200}$/.test(text);

async function measure({
  ours: start,
  ask: askerOf,
  cast: castOf,
  seed,
  inputs,
  say,
}: AbuseContext): Promise<InputsResult> {
  const ours = await start();
  const ask = await askerOf();
  const { world } = ours;
  const reader = await createReader(world.ctx().db);
  const { others } = await castOf();
  // Ids of whatever is there, so that what looks something up finds it.
  const ids = [...(await reader.all()).values()].flatMap((row) => {
    const { id } = JSON.parse(row) as { id?: unknown };
    return typeof id === 'string' && isHeader(id) ? [id] : [];
  });
  const known: [string, ...string[]] = ['none', ...ids];
  const paths = Object.keys(procedures);
  const renewals = createRenewals();
  const callersOf = new Map(
    paths.map((path) => {
      return [path, others.filter(({ rights }) => refusalFor(gateOf(path), rights) === null)];
    }),
  );
  const byPath: Record<string, Counts> = {};
  const faults: Fault[] = [];
  let busy = 0;
  const purposes: [PuzzlePurpose, ...PuzzlePurpose[]] = [
    'login',
    'register',
    'recover',
    'contact',
    'ticket',
  ];
  const atOnce = 4_000;

  const one = async (index: number) => {
    // Each input is decided by its number alone, so one that failed is made again by `--seed`, whatever ran beside it.
    const random = createRandom(seed * 1_000_003 + index);
    const isRoute = random.onceIn(25);
    const path = paths[index % paths.length] ?? '';
    const may = callersOf.get(path) ?? [];
    const called =
      random.onceIn(8) || may.length === 0
        ? others[random.below(others.length)]
        : may[random.below(may.length)];
    if (called === undefined) return;
    let player = renewals.now(called);
    let name = path;
    let make: (by: Player) => Asked;
    if (isRoute) {
      const { route, ...rest } = requestOf(random, player, known);
      make = () => rest;
      name = route;
    } else {
      const schema = procedures[path]?.inputs[0] as Schema | undefined;
      let input = inputOf(random, schema, known);
      if (input?.includes('"ticket":') === true && random.onceIn(10)) {
        const ticket = await ticketOf(world, player, random.of(purposes));
        input = input.replace(/"ticket":"[^"]*"/, `"ticket":${JSON.stringify(ticket)}`);
      }
      const odd = random.onceIn(10) ? random.of(oddHeaders) : {};
      make = (by) => {
        const call = callOf(by, path, input);
        return { ...call, headers: { ...call.headers, ...odd } };
      };
    }
    let asked = make(player);
    let { status, text } = await ask(asked).catch(broken);
    if (!isRoute && renewals.isOver(gateOf(path), called, text)) {
      player = await renewals.renewed(called, player);
      asked = make(player);
      ({ status, text } = await ask(asked).catch(broken));
    }
    // A database that too many ask at once refuses (503); an input that brings it about does so again.
    for (let tries = 0; status === 503 && tries < 3; tries += 1) {
      busy += 1;
      ({ status, text } = await ask(asked).catch(broken));
    }
    const counts = (byPath[name] ??= {});
    counts[status] = (counts[status] ?? 0) + 1;
    if (status === 0 || status >= 500) {
      const body = typeof asked.body === 'string' ? asked.body.slice(0, 300) : '';
      faults.push({ index, path: name, caller: player.name, status, input: body });
    }
  };

  for (let from = 0; from < inputs; from += atOnce) {
    await ours.forget('allowance');
    const count = Math.min(atOnce, inputs - from);
    await inTurns(
      Array.from({ length: count }, (_, at) => from + at),
      12,
      one,
    );
    if (from % 20_000 === 0) say(`${from + count} inputs, ${faults.length} answers of 5xx`);
  }
  return { inputs, seed, busy, byPath, faults };
}

const statuses = (byPath: InputsResult['byPath']) =>
  [...new Set(Object.values(byPath).flatMap((counts) => Object.keys(counts)))].toSorted();

export const inputsPart = abuseOf<InputsResult>({
  id: 'inputs',
  title: 'Generated inputs',
  measure,
  faults: ({ faults }) =>
    faults.map(
      ({ index, path, caller, status, input }) =>
        `input ${index}, ${path} by ${caller}: ${status} ${input}`,
    ),
  render: ({ inputs, seed, busy, byPath, faults }) => {
    const columns = statuses(byPath);
    const total = (status: string) =>
      Object.values(byPath).reduce((sum, counts) => sum + (counts[status] ?? 0), 0);
    return `${inputs} inputs of seed ${seed}, made of the shapes that the procedures take (right ones with ids of things that are there, wrong types, missing,
surplus and inherited keys, half characters, broken JSON, other types and encodings of a body, forged headers and cookies), and bytes for
the routes that are no procedures: ${faults.length} answers of 5xx or broken connections. ${busy} were sent again because the database had too much to do (503).

${table(
  ['', ...columns],
  [
    ['all', ...columns.map((status) => String(total(status)))],
    ...Object.entries(byPath)
      .toSorted(([a], [b]) => a.localeCompare(b))
      .map(([path, counts]) => [path, ...columns.map((status) => String(counts[status] ?? ''))]),
  ],
)}`;
  },
});
