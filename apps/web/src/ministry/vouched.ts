import type { api } from '../api.ts';

/** Who has arrived from the ministry in this browser. */
export type Arrival = NonNullable<Awaited<ReturnType<typeof api.ministry.arrival.query>>>;

/** What the ministry says of the person who registers. In memory only: it is personal. */
let kept: Arrival | undefined;

export const keepVouched = (arrival: Arrival | undefined): void => {
  kept = arrival;
};
export const vouched = (): Arrival | undefined => kept;
