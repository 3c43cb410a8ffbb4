import type { Case } from './cases.ts';
import type { Measured, Spread } from './measure.ts';

/** A case with what came of it. */
export interface CaseResult extends Omit<Case, 'contestants'> {
  readonly measured: readonly Measured[];
}

const digits = (value: number) => (value < 10 ? 2 : value < 100 ? 1 : 0);
const spread = ({ median, least, most }: Spread) =>
  `${median.toFixed(digits(median))} (${least.toFixed(digits(median))}–${most.toFixed(digits(median))})`;

/** All the CPU of a call, of workerd and of sqld. */
const cpuUs = ({ workerdUs, sqldUs }: Measured) => workerdUs.median + (sqldUs?.median ?? 0);

const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;

/** A table in Markdown, whose columns but the first are numbers. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const rule = head.map((_, index) => (index === 0 ? '---' : '---:'));
  return [head, rule, ...rows].map(line).join('\n');
}

/** The ratios of a case: ours against the floor, and against each peer. */
export function ratiosOf({ measured, aims }: CaseResult) {
  const ours = measured.at(-1);
  return measured.slice(0, -1).map((other, index) => ({
    against: other.name,
    rate: (ours?.perSecond.median ?? Number.NaN) / other.perSecond.median,
    cpu: ours === undefined ? Number.NaN : cpuUs(other) / cpuUs(ours),
    // A peer with the product's hash can be no slower than the hash, so the aim is about the peer as it comes.
    aim: [aims?.floor, aims?.peer][index],
  }));
}

export function ratioTable(results: readonly CaseResult[]): string {
  return table(
    ['case', 'at once', 'against', 'rate, ours / theirs', 'CPU, theirs / ours', 'aim of the rate'],
    results.flatMap((result) =>
      ratiosOf(result).map(({ against, rate, cpu, aim }) => [
        result.title,
        String(result.atOnce),
        against,
        rate.toFixed(2),
        cpu.toFixed(2),
        aim === undefined ? '' : `≥ ${aim} ${rate >= aim ? 'met' : '**not met**'}`,
      ]),
    ),
  );
}

export function measureTable(results: readonly Pick<CaseResult, 'title' | 'measured'>[]): string {
  return table(
    ['case', 'of', 'a second', 'ms a call', 'workerd, µs CPU', 'sqld, µs CPU', 'calls'],
    results.flatMap(({ title, measured }) =>
      measured.map((each) => [
        title,
        each.name,
        spread(each.perSecond),
        spread(each.callMs),
        spread(each.workerdUs),
        each.sqldUs === null ? '–' : spread(each.sqldUs),
        String(each.calls),
      ]),
    ),
  );
}
