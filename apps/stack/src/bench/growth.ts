import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { signInCases } from './cases.ts';
import { byTurns, type Measured } from './measure.ts';
import { type BenchContext, partOf } from './part.ts';
import { type Filled, startOurs, type Stops } from './parties.ts';
import { table } from './report.ts';
import { applicantCases, deskCases, registrationCases } from './work-cases.ts';

const usualSizes = [10_000, 1_000_000];
/** Up to here a case counts as flat: two runs of the same size differ by as much. */
const flat = { rows: 5, sqldUs: 1.3 };

interface Size {
  readonly filled: Filled;
  readonly cases: readonly { id: string; title: string; measured: Measured }[];
}

async function sizeOf(context: BenchContext, accounts: number): Promise<Size> {
  const dir = join(context.dir, `growth-${accounts}`);
  const stops: Stops = [];
  try {
    const ours = await startOurs(dir, stops, accounts);
    const { fileMib, tookMs } = ours.filled;
    context.say(
      `${accounts} accounts: ${fileMib.toFixed(0)} MiB in ${(tookMs / 1000).toFixed(0)} s`,
    );
    const parties = { ours, ...(await context.others()) };
    const cases: { id: string; title: string; measured: Measured }[] = [];
    for (const make of [signInCases, registrationCases, applicantCases, deskCases]) {
      for (const { id, title, contestants } of await make(parties)) {
        if (!context.isChosen(id)) continue;
        const [measured] = await byTurns(contestants.slice(-1), context.rounds);
        if (measured !== undefined) cases.push({ id, title, measured });
      }
    }
    return { filled: ours.filled, cases };
  } finally {
    for (const stop of stops.toReversed()) await stop();
    rmSync(dir, { recursive: true, force: true });
  }
}

const times = (many: number | undefined, few: number | undefined) =>
  (many ?? Number.NaN) / (few ?? Number.NaN);

const short = (accounts: number) =>
  accounts >= 1_000_000 ? `${accounts / 1_000_000} M` : `${accounts / 1_000} k`;

function render(sizes: readonly Size[]): string {
  const first = sizes[0];
  const last = sizes.at(-1);
  const rows = (first?.cases ?? []).map(({ id, title, measured: few }) => {
    const of = sizes.map(({ cases }) => cases.find((each) => each.id === id)?.measured);
    const many = of.at(-1);
    const growth = {
      rows: times(many?.rows?.median, few.rows?.median),
      sqldUs: times(many?.sqldUs?.median, few.sqldUs?.median),
    };
    const moreRows = (many?.rows?.median ?? 0) - (few.rows?.median ?? 0);
    const isFlat = !(moreRows > flat.rows) && !(growth.sqldUs > flat.sqldUs);
    const cells = of.flatMap((each) => [
      each?.rows?.median.toFixed(0) ?? '–',
      each?.sqldKib?.median.toFixed(0) ?? '–',
      each?.sqldUs?.median.toFixed(0) ?? '–',
      each?.workerdUs.median.toFixed(0) ?? '–',
      each?.callMs.median.toFixed(1) ?? '–',
    ]);
    const verdict = isFlat
      ? 'flat'
      : `rows × ${growth.rows.toFixed(1)}, sqld × ${growth.sqldUs.toFixed(1)}`;
    return [title, ...cells, verdict];
  });
  const head = sizes.flatMap(({ filled }) =>
    ['rows', 'KiB', 'sqld µs', 'workerd µs', 'ms'].map(
      (what) => `${short(filled.accounts)}: ${what}`,
    ),
  );
  const files = table(
    ['accounts', 'cases', 'rows', 'file, MiB', 'written in, s'],
    sizes.map(({ filled }) => [
      String(filled.accounts),
      String(filled.cases),
      String(filled.rows),
      filled.fileMib.toFixed(0),
      (filled.tookMs / 1000).toFixed(0),
    ]),
  );
  return `The same calls with more accounts in the database, each with a settled case up to a million cases: medians of rows looked at, of what sqld read (from
its file and from the Worker), of CPU and of time. Flat: from ${last === first ? 'one size' : 'the first size to the last'} there are no more than ${flat.rows} rows more, and the CPU
of sqld grows by no more than ${flat.sqldUs} times.

${files}

${table(['case', ...head, ''], rows)}`;
}

/**
 * `pnpm bench growth 10000 1000000 10000000`: an account takes about 4.8 KB of the file and its settled case 2.6 KB. The largest
 * rows are those of account, case, audit and identifiers. Ten million accounts with a million cases take some 51 GB of disk.
 */
export const growthPart = partOf<readonly Size[]>({
  id: 'growth',
  title: 'Growth',
  isUsual: false,
  async measure(context) {
    const sizes: Size[] = [];
    const accounts = context.numbers.length === 0 ? usualSizes : context.numbers;
    for (const each of accounts) sizes.push(await sizeOf(context, each));
    return sizes;
  },
  render,
});
