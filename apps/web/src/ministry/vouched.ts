import type { api } from '../api.ts';

/** Who has arrived from the ministry in this browser. */
export type Arrival = NonNullable<Awaited<ReturnType<typeof api.ministry.arrival.query>>>;

/** What the ministry says of the person who registers. In memory only: it is personal. */
let kept: Arrival | undefined;

/** Keeps it until `expiresAtMs` by this browser's clock. */
export const keepVouched = (arrival: Arrival | undefined): void => {
  kept = arrival;
};
/** It, no longer than the server keeps it: whoever comes to the page later is somebody else. */
export const vouched = (): Arrival | undefined =>
  kept && Date.now() < kept.expiresAtMs ? kept : undefined;
