import { vi } from 'vitest';

/** Waits as `vi.waitFor` does, whose own limit of a second is too short for a machine that has much else to do. */
export const waitFor: typeof vi.waitFor = (callback, options = { timeout: 60_000 }) =>
  vi.waitFor(callback, options);
