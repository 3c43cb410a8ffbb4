import { expect, test } from 'vitest';
import { type Measured, spreadOf } from './measure.ts';
import { ratiosOf, ratioTable } from './report.ts';

const measured = (
  name: string,
  rates: readonly number[],
  workerdUs: number,
  sqldUs: number | null,
): Measured => ({
  name,
  perSecond: spreadOf(rates),
  callMs: spreadOf([1]),
  workerdUs: spreadOf([workerdUs]),
  sqldUs: sqldUs === null ? null : spreadOf([sqldUs]),
  sqldKib: null,
  rows: null,
  calls: 3,
});

test('ratios are of medians, above 1 where the product is faster, and each is judged by its own aim', () => {
  const result = {
    id: 'session-check',
    title: 'Session check',
    atOnce: 16,
    aims: { floor: 1, peer: 3 },
    measured: [
      measured('floor', [900, 1000, 5000], 500, 500),
      measured('peer', [100, 300, 200], 2000, 1000),
      measured('peer, otherwise', [700, 700, 700], 900, null),
      measured('ours', [800, 700, 10], 900, null),
    ],
  };
  expect(ratiosOf(result)).toEqual([
    { against: 'floor', rate: 0.7, cpu: 1000 / 900, aim: 1 },
    { against: 'peer', rate: 3.5, cpu: 3000 / 900, aim: 3 },
    { against: 'peer, otherwise', rate: 1, cpu: 1, aim: undefined },
  ]);
  const [, , floor, peer] = ratioTable([result]).split('\n');
  expect(floor).toBe('| Session check | 16 | floor | 0.70 | 1.11 | ≥ 1 **not met** |');
  expect(peer).toBe('| Session check | 16 | peer | 3.50 | 3.33 | ≥ 3 met |');
});
