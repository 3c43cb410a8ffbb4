import { expect, test } from 'vitest';
import { tellNext } from './next-step.tsx';

const from = '/services/archive';
const paths = (missing: Parameters<typeof tellNext>[0]['missing']) =>
  tellNext({ next: { step: 'give_identity' }, proved: null, missing }, from).several?.map(
    ({ path }) => path,
  );

test('S-LOG-02: all that is missing is named with its way, in order; one thing is the step itself', () => {
  const next = `?next=${encodeURIComponent(from)}`;
  expect(paths(['identity', 'binding'])).toEqual([
    `/account/identity${next}`,
    `/account/binding${next}`,
  ]);
  expect(paths(['identity'])).toBeUndefined();
});
