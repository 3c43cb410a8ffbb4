import { capabilities, type PortalPlace } from '@shiming/domain';
import { newAddress } from '../../bench/browser.ts';
import { table } from '../../bench/report.ts';
import { readPortals } from '../../settings.ts';
import {
  accountsAt,
  callOf,
  exampleOf,
  organisationAt,
  type Player,
  playerOf,
  procedures,
  type Schema,
  staffNames,
  ticketOf,
} from '../abuse-cast.ts';
import { madeUpPerson } from '../people.ts';
import { purposeOf } from './fill.ts';
import { abuseOf, type AbuseContext } from './part.ts';
import { codeIn } from './rules.ts';
import { median, signTest } from './statistics.ts';

interface Compared {
  readonly path: string;
  readonly field: string;
  readonly portal: string;
  readonly answers: string;
  /** Median of the known over that of the unknown, of each repetition. */
  readonly ratios: readonly number[];
  readonly ps: readonly number[];
  readonly isContentSame: boolean;
}

const pairsOfRound = 40;
const rounds = 2;
/** A difference counts where every repetition finds it: so seldom by chance, and by so much that a network does not hide it. */
const seldom = 0.001;
const much = 0.1;

const isTold = ({ ratios, ps }: Compared): boolean =>
  ps.every((p) => p < seldom) &&
  (ratios.every((ratio) => ratio > 1 + much) || ratios.every((ratio) => ratio < 1 - much));

/** What is typed beside the identifier. */
const beside: Readonly<Record<string, string | undefined>> = {
  name: '林一舟',
  password: 'Not-the-1-password',
  passwordAgain: 'Not-the-1-password',
  firstPassword: 'ABCD-2345-WXYZ',
  documentType: 'resident_identity_card',
  validityTerm: '20',
  year: '2020',
  month: '5',
  day: '6',
  text: '我的问题是这样的。',
  topic: 'other',
  code: '123456',
};

/** The fields of an input that name an account, a person of the staff or an organisation. */
function identifiersOf(path: string, schema: Schema): string[] {
  const fields: string[] = [];
  exampleOf(schema, {
    text: (name) => {
      fields.push(name);
      return '';
    },
    number: () => 1,
    boolean: () => true,
    choice: ([first]) => first,
    isThere: () => true,
    length: () => 1,
  });
  const named = fields.filter((field) => /^(?:number|mobile|email|loginName)$/.test(field));
  if (named.length === 0 && fields.includes('name')) return ['name'];
  return named.length === 0 && path.startsWith('organisation.') && fields.includes('code')
    ? ['code']
    : named;
}

async function measure({
  ours: start,
  ask: askerOf,
  isChosen,
  say,
}: AbuseContext): Promise<readonly Compared[]> {
  const ours = await start();
  const ask = await askerOf();
  const { world } = ours;
  const found: Compared[] = [];
  const known = new Map<PortalPlace, Awaited<ReturnType<typeof accountsAt>>>();
  const places = readPortals();
  for (const [at, place] of places.entries()) {
    known.set(place, await accountsAt(world, place, pairsOfRound, 100 + at * pairsOfRound));
  }
  const taking = places.find(({ portal }) => capabilities.organisations(portal));
  const organisation = await organisationAt(world, taking?.portal.id ?? '');
  const staff = await staffNames(world, pairsOfRound);
  let strangers = 500;
  const stranger = () => {
    strangers = strangers === 999 ? 500 : strangers + 1;
    return madeUpPerson(strangers);
  };
  /** A value of a field that somebody has, and one that nobody has. */
  const valuesOf = (
    place: PortalPlace,
    field: string,
    index: number,
  ): readonly [string, string] => {
    const one = known.get(place)?.[index % pairsOfRound];
    const nobody = stranger();
    if (one === undefined) throw new Error('There is nobody.');
    if (field === 'loginName')
      return [staff[index % staff.length] ?? '', `senior-${strangers}abcdefghijkl`];
    const key =
      field === 'name'
        ? place.portal.signInWith.includes('document_number')
          ? 'number'
          : 'mobile'
        : field;
    if (key === 'number' || key === 'mobile' || key === 'email') return [one[key], nobody[key]];
    return [organisation, '12110198PDY00002XD'];
  };
  const timed = async (player: Player, path: string, input: object) => {
    const call = callOf(player, path, JSON.stringify(input));
    const sent = { ...call, headers: { ...call.headers, 'cf-connecting-ip': newAddress() } };
    const startMs = performance.now();
    const { status, text } = await ask(sent);
    return { ms: performance.now() - startMs, answer: codeIn(text) || String(status) };
  };
  for (const [path, { inputs, meta }] of Object.entries(procedures)) {
    const [schema] = inputs as readonly Schema[];
    if (schema === undefined || meta?.access !== 'everybody' || !isChosen(path)) continue;
    const { at } = meta;
    const place = places.find(({ portal }) => at === undefined || capabilities[at](portal));
    if (place === undefined) continue;
    for (const field of identifiersOf(path, schema)) {
      const answers = new Set<string>();
      const ratios: number[] = [];
      const ps: number[] = [];
      let isContentSame = true;
      for (let round = 0; round < rounds; round += 1) {
        const pairs: (readonly [number, number])[] = [];
        for (let index = 0; index < pairsOfRound; index += 1) {
          const values = valuesOf(place, field, index);
          const each = async (value: string) => {
            const player = playerOf('visitor', place);
            const ticket = await ticketOf(world, player, purposeOf(path));
            const filled = exampleOf(schema, {
              text: (name) => {
                if (name === 'ticket') return ticket;
                if (name === field) return value;
                if (name === 'mobile') return '13900000001';
                if (name === 'email') return 'someone.else@example.org';
                return beside[name] ?? '';
              },
              number: () => 1,
              boolean: () => true,
              choice: ([first]) => first,
              isThere: () => false,
              length: () => 1,
            });
            return timed(player, path, filled as object);
          };
          // By turns, and each first as often as the other.
          const isKnownFirst = index % 2 === 0;
          const first = await each(isKnownFirst ? values[0] : values[1]);
          const second = await each(isKnownFirst ? values[1] : values[0]);
          const [of, ofNobody] = isKnownFirst ? [first, second] : [second, first];
          if (of.answer !== ofNobody.answer) isContentSame = false;
          answers.add(of.answer).add(ofNobody.answer);
          pairs.push([of.ms, ofNobody.ms]);
          await ours.forget('allowance');
        }
        ratios.push(median(pairs.map(([a]) => a)) / median(pairs.map(([, b]) => b)));
        ps.push(signTest(pairs));
      }
      found.push({
        path,
        field,
        portal: place.portal.id,
        answers: [...answers].join(', '),
        ratios,
        ps,
        isContentSame,
      });
      say(
        `${path} ${field}: ${ratios.map((ratio) => ratio.toFixed(2)).join(', ')} ${[...answers].join()}`,
      );
    }
  }
  return found;
}

export const timingPart = abuseOf<readonly Compared[]>({
  id: 'time',
  title: 'Whether an answer tells who is known',
  measure,
  faults: (all) =>
    all.flatMap((each) => [
      ...(each.isContentSame
        ? []
        : [`${each.path} says by its answer whether ${each.field} is known: ${each.answers}`]),
      ...(isTold(each)
        ? [`${each.path} says by its time whether ${each.field} is known: ${each.ratios.join()}`]
        : []),
    ]),
  render: (
    all,
  ) => `Every procedure that is for everybody and takes what names an account, a member of the staff or an organisation, asked ${rounds} times ${pairsOfRound} pairs
by turns: with a value that somebody has, and with one of the same form that nobody has, each from a new address and browser. The statistic is the exact two-sided sign
test over the pairs; a difference is a finding where every repetition has p < ${seldom} and the medians differ by more than ${much * 100} % in the same direction.

${table(
  ['procedure', 'field', 'answers', 'known / unknown', 'p'],
  all.map(({ path, field, portal, answers, ratios, ps }) => [
    `${path} (${portal})`,
    field,
    answers,
    ratios.map((ratio) => ratio.toFixed(3)).join(', '),
    ps.map((p) => p.toPrecision(1)).join(', '),
  ]),
)}`,
});
